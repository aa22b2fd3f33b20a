#include "tests/oracles/middleware/Emulated.h"

#include <QJsonArray>

namespace corscope::oracles {

std::vector<RouteConfig> rackApplication()
{
    // A bare Rack application: what it does not know is a 404, a method too. Some pages take any method.
    std::vector<RouteConfig> routes;
    routes.push_back({"GET", "/items", 200, {}, R"({"items":[1,2,3]})", {}});
    routes.push_back({"HEAD", "/items", 200, {}, {}, {}});
    routes.push_back({"POST", "/items", 201, {}, R"({"ok":true})", "item created"});
    routes.push_back({"PUT", "/items", 200, {}, {}, "item saved"});
    routes.push_back({"PATCH", "/items", 200, {}, {}, "item saved"});
    routes.push_back({"DELETE", "/items", 204, {}, {}, "item deleted"});
    for (const char* method : {"GET", "HEAD"}) {
        routes.push_back({method, "/boom", 500, {}, {}, {}});
        routes.back().raises = true;
        routes.push_back({method, "/vary", 200, {{"Vary", "Accept-Encoding"}}, {}, {}});
        routes.push_back({method, "/varystar", 200, {{"Vary", "*"}}, {}, {}});
        routes.push_back({method, "/varyorigin", 200, {{"Vary", "Origin"}}, {}, {}});
    }
    routes.push_back({"*", "/owncors", 200, {{"Access-Control-Allow-Origin", "*"}}, {}, {}});
    routes.push_back({"*", "/redir", 307, {{"Location", "/items"}}, {}, {}});
    routes.push_back({"*", "/auth", 401, {}, {}, {}});
    routes.push_back({"*", "/*", 404, {}, {}, {}});
    return routes;
}

/// As our settings write it: symbols and strings are the same to rack-cors, but for :any.
static QJsonValue withoutSymbols(const QJsonValue& value)
{
    if (value.isArray()) {
        QJsonArray list;
        for (const auto& item : value.toArray())
            list.append(withoutSymbols(item));
        return list;
    }
    const auto object = value.toObject();
    if (object.contains(QLatin1String("$re")))
        return QJsonObject{{QStringLiteral("regex"), object[QLatin1String("$re")]},
                           {QStringLiteral("flags"), object[QLatin1String("flags")].toString()}};
    return object.contains(QLatin1String("$sym")) ? object[QLatin1String("$sym")] : value;
}

/// {origins, resources: [{path, ..} ..]} as allow blocks of ours, one for each resource: the order is what counts.
static Result<QJsonArray> blocksOf(const RecordedConfig& config, const QJsonObject& recorded)
{
    QJsonArray blocks;
    for (const auto& item : recorded[QLatin1String("resources")].toArray()) {
        QJsonObject block{{QStringLiteral("origins"), withoutSymbols(recorded[QLatin1String("origins")])}};
        auto options = item.toObject();
        block[QStringLiteral("resource")] = withoutSymbols(options.take(QLatin1String("path")));
        for (const auto& name : options.keys()) {
            if (options[name].toObject().contains(QLatin1String("$fn")))
                return InputError{QString::fromUtf8(config.id), QStringLiteral("a setting"),
                                  QStringLiteral("a function as an option")};
            block[name] = withoutSymbols(options[name]);
        }
        blocks.append(block);
    }
    return blocks;
}

Result<Wiring> rackWiring(const RecordedConfig& config, const StageConfig& plain)
{
    auto app = config.app;
    app.remove(QLatin1String("debug")); // names the outcome in a header of its own
    const bool absent = app.take(QLatin1String("cors")).toString() == QLatin1String("absent");
    const bool errorsOutside = app.take(QLatin1String("errors")).toString() == QLatin1String("outside");
    const auto auth = app.take(QLatin1String("auth")).toString();
    if (!app.isEmpty())
        return unknownWiring(config);
    const auto errors = errorHandlerStage();
    if (absent)
        return Wiring{{errors}, {}, {}};

    auto cors = plain;
    cors.settings = {};
    QJsonArray recorded = config.blocks;
    if (recorded.isEmpty())
        recorded.append(plain.settings);
    QJsonArray further;
    for (const auto& item : recorded) {
        const auto blocks = blocksOf(config, item.toObject());
        if (!blocks)
            return blocks.error();
        for (const auto& block : *blocks)
            further.append(block);
    }
    cors.settings = further.takeAt(0).toObject();
    if (!further.isEmpty())
        cors.settings[QStringLiteral("further_blocks")] = further;

    if (errorsOutside)
        return Wiring{{errors, cors}, {}, {}};
    if (auth == QLatin1String("outside"))
        return Wiring{{authStage(), cors, errors}, {}, {}};
    if (auth == QLatin1String("inside"))
        return Wiring{{cors, authStage(), errors}, {}, {}};
    return auth.isEmpty() ? Result<Wiring>(Wiring{{cors, errors}, {}, {}}) : unknownWiring(config);
}

} // namespace corscope::oracles
