#include "core/backend/FunctionSetting.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace corscope {

std::optional<FunctionSetting> FunctionSetting::of(const QJsonValue& value)
{
    const auto object = value.toObject();
    const auto values = object[QLatin1String("values")];
    const auto otherwise = object[QLatin1String("otherwise")];
    const int known = 1 + (values.isArray() ? 1 : 0) + (otherwise.isString() ? 1 : 0);
    if (!object[QLatin1String("function")].isString() || object.size() != known)
        return std::nullopt;
    FunctionSetting setting{object[QLatin1String("function")].toString().toUtf8(), {}, otherwise.toString().toUtf8()};
    for (const auto& item : values.toArray()) {
        if (!item.isString())
            return std::nullopt;
        setting.values.append(item.toString().toUtf8());
    }
    return setting;
}

std::optional<FunctionSetting> FunctionSetting::read(const QString& text)
{
    static const QRegularExpression form(QStringLiteral("^([a-z-]+)\\(([^()]*)\\)(?: else (\\S+))?$"));
    const auto match = form.match(text.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    FunctionSetting setting{match.captured(1).toUtf8(), {}, match.captured(3).toUtf8()};
    for (const auto& value : match.captured(2).split(QLatin1Char(' '), Qt::SkipEmptyParts))
        setting.values.append(value.toUtf8());
    return setting;
}

QString FunctionSetting::text() const
{
    const QByteArray call = name + '(' + values.join(' ') + ')';
    return QString::fromUtf8(otherwise.isEmpty() ? call : QByteArray(call + " else " + otherwise));
}

QJsonObject FunctionSetting::json() const
{
    QJsonObject object{{QStringLiteral("function"), QString::fromUtf8(name)}};
    QJsonArray list;
    for (const auto& value : values)
        list.append(QString::fromUtf8(value));
    if (!list.isEmpty())
        object[QStringLiteral("values")] = list;
    if (!otherwise.isEmpty())
        object[QStringLiteral("otherwise")] = QString::fromUtf8(otherwise);
    return object;
}

} // namespace corscope
