#include "tests/oracles/middleware/Replay.h"

#include <QJsonArray>

namespace corscope::oracles {

/// The functions that the recorded applications gave their middleware, as settings of ours.
QJsonValue functionSetting(const QString& recorded)
{
    static const QLatin1String app("https://app.example.com");
    static const QLatin1String admin("https://admin.example.com");
    static const QLatin1String suffix(".example.com");
    static const struct
    {
        QLatin1String recorded;
        QLatin1String name;
        QList<QLatin1String> values;
        QLatin1String otherwise;
    } functions[] = {
        {QLatin1String("express_list"), QLatin1String("listed-or-error"), {app, admin}, {}},
        {QLatin1String("express_list_noorigin"), QLatin1String("absent-or-listed-or-error"), {app, admin}, {}},
        {QLatin1String("express_list_false"), QLatin1String("listed"), {app, admin}, {}},
        {QLatin1String("express_reflect"), QLatin1String("echo"), {}, {}},
        {QLatin1String("koa_list"), QLatin1String("listed"), {app, admin}, {}},
        {QLatin1String("koa_reflect"), QLatin1String("echo"), {}, {}},
        {QLatin1String("koa_wrong"), QLatin1String("listed-or"), {app, admin}, app},
        {QLatin1String("hono_list"), QLatin1String("listed"), {app, admin}, {}},
        {QLatin1String("hono_reflect"), QLatin1String("echo"), {}, {}},
        {QLatin1String("hono_suffix"), QLatin1String("ends-with-or"), {suffix}, app},
        {QLatin1String("h3_list"), QLatin1String("listed"), {app, admin}, {}},
        {QLatin1String("h3_suffix"), QLatin1String("ends-with"), {suffix}, {}},
        {QLatin1String("mid_origin"), QLatin1String("listed-or"), {app}, admin},
    };
    for (const auto& function : functions) {
        if (recorded != function.recorded)
            continue;
        QJsonObject setting{{QStringLiteral("function"), function.name}};
        QJsonArray values;
        for (const auto& value : function.values)
            values.append(value);
        if (!values.isEmpty())
            setting[QStringLiteral("values")] = values;
        if (!function.otherwise.isEmpty())
            setting[QStringLiteral("otherwise")] = function.otherwise;
        return setting;
    }
    return QJsonValue(QJsonValue::Undefined);
}

} // namespace corscope::oracles
