#include "core/backend/frameworks/AiohttpSettings.h"

#include "core/backend/FrameworkDescription.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace corscope::aiohttp {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("AiohttpCors", text); }

/// The options that belong to an origin, and not to the whole.
constexpr const char* perOrigin[] = {"allow_credentials", "expose_headers", "allow_headers", "max_age", "allow_methods"};

Result<Names> namesOf(const QJsonObject& values, const char* option, bool upper)
{
    const auto value = values[QLatin1String(option)];
    if (value.isString() && value.toString() != QLatin1String("*"))
        return InputError{QLatin1String(option), tr("\"*\" or a list of strings"),
                          QStringLiteral("\"%1\"").arg(value.toString())};
    Names names{value.isString(), {}};
    for (const auto& item : value.toArray()) {
        const auto name = item.toString().toUtf8();
        names.list.append(upper ? ascii::uppered(name) : name);
    }
    return names;
}

Result<ResourceOptions> resourceOptions(const QJsonObject& values)
{
    ResourceOptions options;
    options.allowCredentials = values[QLatin1String("allow_credentials")].toBool();
    const auto expose = namesOf(values, "expose_headers", false);
    const auto headers = namesOf(values, "allow_headers", true);
    const auto methods = namesOf(values, "allow_methods", true);
    for (const auto* names : {&expose, &headers, &methods})
        if (!*names)
            return names->error();
    options.exposeHeaders = *expose;
    options.allowHeaders = *headers;
    if (!values[QLatin1String("allow_methods")].isNull())
        options.allowMethods = *methods;
    const auto maxAge = values[QLatin1String("max_age")];
    if (maxAge.isDouble() && maxAge.toInteger() < 0)
        return InputError{QStringLiteral("max_age"), tr("a whole number, zero or more, or null"),
                          QString::number(maxAge.toInteger())};
    if (maxAge.isDouble())
        options.maxAge = QByteArray::number(maxAge.toInteger());
    return options;
}

std::vector<AddedRoute> addedRoutes(const QJsonArray& list)
{
    std::vector<AddedRoute> routes;
    for (const auto& item : list) {
        const auto text = item.toString().simplified().toUtf8();
        const auto space = text.indexOf(' ');
        if (space < 0)
            routes.push_back({"*", text});
        else
            routes.push_back({ascii::uppered(text.left(space)), text.mid(space + 1)});
    }
    return routes;
}

} // namespace

QByteArray Names::text() const
{
    return all ? QByteArray("*") : ascii::join(list, ", ");
}

const ResourceOptions* Settings::optionsFor(const QByteArray& origin) const
{
    const ResourceOptions* any = nullptr;
    for (const auto& [name, options] : origins) {
        if (name == origin)
            return &options;
        if (name == "*")
            any = &options;
    }
    return any;
}

Result<Settings> settings(const StageSettings& settings)
{
    const auto& values = settings.values;
    const auto given = values[QLatin1String("defaults")];
    Settings result{{},
                    addedRoutes(values[QLatin1String("add")].toArray()),
                    values[QLatin1String("given_with")].toString() == QLatin1String("each route"),
                    {}};
    const auto shared = resourceOptions(values);
    if (!shared)
        return shared.error();
    if (given.isString())
        result.origins.push_back({given.toString().toUtf8(), *shared});
    for (const auto& origin : given.toArray())
        result.origins.push_back({origin.toString().toUtf8(), *shared});

    const auto* description = findFrameworkDescription("aiohttp");
    const auto map = given.toObject();
    for (auto it = map.begin(); it != map.end(); ++it) {
        const auto own = it.value().toObject();
        const auto where = QStringLiteral("defaults[\"%1\"].").arg(it.key());
        auto merged = values;
        for (auto option = own.begin(); option != own.end(); ++option) {
            if (std::none_of(std::begin(perOrigin), std::end(perOrigin),
                             [&](const char* name) { return option.key() == QLatin1String(name); }))
                return InputError{where + option.key(), tr("an option of ResourceOptions"), option.key()};
            const auto checked = description ? description->completed({{option.key(), option.value()}}, settings.version)
                                             : Result<QJsonObject>(own);
            if (!checked)
                return InputError{where + checked.error().where, checked.error().expected, checked.error().found};
            merged[option.key()] = option.value();
        }
        const auto options = resourceOptions(merged);
        if (!options)
            return InputError{where + options.error().where, options.error().expected, options.error().found};
        result.origins.push_back({it.key().toUtf8(), *options});
    }
    QList<QByteArray> names;
    for (const auto& entry : result.origins)
        names.append(entry.first);
    result.originList = ascii::join(names, ", ");
    return result;
}

} // namespace corscope::aiohttp
