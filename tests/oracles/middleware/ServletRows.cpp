#include "tests/oracles/middleware/Emulated.h"

namespace corscope::oracles {

namespace {

/// Where Spring's and Tomcat's filters agree: absent, with authentication outside or inside.
Result<Wiring> filterWiring(const RecordedConfig& config, QJsonObject app, const StageConfig& cors)
{
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

} // namespace

std::vector<RouteConfig> tomcatApplication()
{
    auto routes = jettyApplication();
    for (auto& route : routes)
        route.raises = route.path == "/boom" && route.status == 500;
    return routes;
}

Result<Wiring> springWiring(const RecordedConfig& config, const StageConfig& plain)
{
    auto cors = plain;
    auto app = config.app;
    if (const auto path = app.take(QLatin1String("path")); path.isString())
        cors.settings[QLatin1String("path")] = path;
    // In Java null is as good as false.
    for (const char* name : {"allowCredentials", "allowPrivateNetwork"})
        if (cors.settings.value(QLatin1String(name)).isNull())
            cors.settings.remove(QLatin1String(name));
    // Before the other setters or after them, it fills in what they leave open.
    if (const auto defaults = app.take(QLatin1String("permitDefaults")); !defaults.isUndefined())
        cors.settings[QLatin1String("applyPermitDefaultValues")] = true;
    return filterWiring(config, app, cors);
}

bool isSpringBody(const ResponseMessage& recorded) { return recorded.body == "Invalid CORS request"; }

Result<Wiring> tomcatWiring(const RecordedConfig& config, const StageConfig& plain)
{
    auto cors = plain;
    auto& settings = cors.settings;
    // In web.xml every value is text.
    for (const char* name : {"cors.support.credentials", "cors.request.decorate"})
        if (const auto text = settings.value(QLatin1String(name)); text.isString())
            settings[QLatin1String(name)] = text.toString().compare(QLatin1String("true"), Qt::CaseInsensitive) == 0;
    auto app = config.app;
    const auto pattern = app.take(QLatin1String("pattern")).toString();
    auto wiring = filterWiring(config, app, cors);
    if (!wiring || pattern.isEmpty() || pattern == QLatin1String("/*"))
        return wiring;
    // The url-pattern of a servlet's mapping.
    wiring->covered = [mapped = pattern.toUtf8()](const RequestMessage& request) {
        const auto path = request.path();
        if (mapped.endsWith("/*"))
            return path == mapped.chopped(2) || path.startsWith(mapped.chopped(1));
        return mapped.startsWith("*.") ? path.endsWith(mapped.mid(1)) : path == mapped;
    };
    return wiring;
}

} // namespace corscope::oracles
