#include "tests/oracles/middleware/Emulated.h"

namespace corscope::oracles {

std::vector<RouteConfig> jettyApplication()
{
    std::vector<RouteConfig> routes;
    for (auto route : goApplication()) {
        // A servlet answers OPTIONS itself, and does not say what is allowed where a method is not.
        if (route.method == "*") {
            const auto methods = route.headers.get("Allow").value_or(QByteArray());
            routes.push_back({"OPTIONS", route.path, 200, {{"Allow", QByteArray(methods + ", OPTIONS")}}, {}, {}});
            route.headers = {};
        }
        routes.push_back(route);
    }
    return routes;
}

Result<Wiring> jettyWiring(const RecordedConfig& config, const StageConfig& plain)
{
    auto cors = plain;
    // In web.xml every value is text.
    for (const char* name : {"allowCredentials", "chainPreflight"})
        if (const auto text = cors.settings.value(QLatin1String(name)); text.isString())
            cors.settings[QLatin1String(name)] = text.toString() == QLatin1String("true");
    if (const auto text = cors.settings.value(QLatin1String("preflightMaxAge")); text.isString())
        cors.settings[QLatin1String("preflightMaxAge")] = text.toString().toInt();

    auto app = config.app;
    const auto auth = app.take(QLatin1String("auth")).toString();
    const bool absent = app.take(QLatin1String("cors")).toString() == QLatin1String("absent");
    if (!app.isEmpty())
        return unknownWiring(config);
    if (absent)
        return Wiring{};
    if (!auth.isEmpty())
        return Wiring{
            auth == QLatin1String("outside") ? std::vector{authStage(), cors} : std::vector{cors, authStage()}, {}, {}};
    return Wiring{{cors}, {}, {}};
}

} // namespace corscope::oracles
