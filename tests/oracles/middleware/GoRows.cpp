#include "tests/oracles/middleware/Emulated.h"

#include <QJsonArray>

namespace corscope::oracles {

std::vector<RouteConfig> goApplication()
{
    std::vector<RouteConfig> routes;
    const auto others = [&](const QByteArray& path, const QByteArray& methods) {
        routes.push_back({"*", path, 405, {{"Allow", methods}}, {}, {}});
    };
    routes.push_back({"GET", "/items", 200, {}, R"({"items":[1,2,3]})", {}});
    routes.push_back({"HEAD", "/items", 200, {}, {}, {}});
    routes.push_back({"POST", "/items", 201, {}, R"({"ok":true})", "item created"});
    routes.push_back({"PUT", "/items", 200, {}, {}, "item saved"});
    routes.push_back({"PATCH", "/items", 200, {}, {}, "item saved"});
    routes.push_back({"DELETE", "/items", 204, {}, {}, "item deleted"});
    others("/items", "GET, HEAD, POST, PUT, PATCH, DELETE");
    const auto get = [&](const QByteArray& path, int status, const HeaderList& headers) {
        for (const char* method : {"GET", "HEAD"})
            routes.push_back({method, path, status, headers, {}, {}});
        others(path, "GET, HEAD");
    };
    get("/boom", 500, {});
    get("/vary", 200, {{"Vary", "Accept-Encoding"}});
    get("/varystar", 200, {{"Vary", "*"}});
    get("/varyorigin", 200, {{"Vary", "Origin"}});
    get("/owncors", 200, {{"Access-Control-Allow-Origin", "*"}});
    get("/redir", 307, {{"Location", "/items"}});
    get("/auth", 401, {});
    return routes;
}

namespace {

QString taken(QJsonObject& app, const char* name) { return app.take(QLatin1String(name)).toString(); }

/// The recorder's name of a function as what is chosen in our form.
QString functionNamed(const QString& name)
{
    return name == QLatin1String("suffix") ? QStringLiteral("origins under .example.com")
        : name == QLatin1String("cookie")  ? QStringLiteral("requests with a session cookie")
                                           : QString();
}

InputError unknownFunction(const RecordedConfig& config, const QString& name)
{
    return {QString::fromUtf8(config.id), QStringLiteral("a function that can be chosen"),
            QStringLiteral("a function as an option (%1)").arg(name)};
}

QJsonArray list(const QStringList& items) { return QJsonArray::fromStringList(items); }

/// Where all packages for net/http agree: absent, twice, with authentication outside or inside.
Result<Wiring> goWiring(const RecordedConfig& config, QJsonObject app, const StageConfig& cors)
{
    const auto auth = taken(app, "auth");
    const bool absent = taken(app, "cors") == QLatin1String("absent");
    const bool twice = app.take(QLatin1String("twice")).toInt() == 1;
    if (!app.isEmpty())
        return unknownWiring(config);
    if (absent)
        return Wiring{};
    if (twice)
        return Wiring{{cors, cors}, {}, {}};
    if (!auth.isEmpty())
        return Wiring{
            auth == QLatin1String("outside") ? std::vector{authStage(), cors} : std::vector{cors, authStage()}, {}, {}};
    return Wiring{{cors}, {}, {}};
}

} // namespace

Result<Wiring> rsCorsWiring(const RecordedConfig& config, const StageConfig& plain)
{
    auto cors = plain;
    auto app = config.app;
    if (const auto function = taken(app, "fn"); !function.isEmpty()) {
        if (functionNamed(function).isEmpty())
            return unknownFunction(config, function);
        const bool ofRequest = cors.framework == "rs-cors" && function == QLatin1String("cookie");
        cors.settings[ofRequest ? QLatin1String("AllowOriginRequestFunc") : QLatin1String("AllowOriginFunc")] =
            functionNamed(function);
    }
    if (taken(app, "preset") == QLatin1String("AllowAll"))
        cors.settings = {{QStringLiteral("AllowedOrigins"), list({QStringLiteral("*")})},
                         {QStringLiteral("AllowedHeaders"), list({QStringLiteral("*")})},
                         {QStringLiteral("AllowedMethods"),
                          list({QStringLiteral("HEAD"), QStringLiteral("GET"), QStringLiteral("POST"),
                                QStringLiteral("PUT"), QStringLiteral("PATCH"), QStringLiteral("DELETE")})}};
    if (cors.framework == "chi-cors") // it has no such field, the recorder left it out
        cors.settings.remove(QStringLiteral("OptionsSuccessStatus"));
    return goWiring(config, app, cors);
}

Result<Wiring> gorillaWiring(const RecordedConfig& config, const StageConfig& plain)
{
    auto cors = plain;
    if (const auto validator = cors.settings.take(QLatin1String("Validator")).toString(); !validator.isEmpty()) {
        if (functionNamed(validator).isEmpty())
            return unknownFunction(config, validator);
        cors.settings[QLatin1String("AllowedOriginValidator")] = functionNamed(validator);
    }
    return goWiring(config, config.app, cors);
}

Result<Wiring> jub0bsWiring(const RecordedConfig& config, const StageConfig& plain)
{
    auto cors = plain;
    auto app = config.app;
    if (app.take(QLatin1String("debug")).toInt() == 1)
        cors.settings[QLatin1String("SetDebug")] = true;
    return goWiring(config, app, cors);
}

std::vector<RouteConfig> ginApplication()
{
    auto routes = goApplication();
    for (auto& route : routes)
        if (route.method == "*") { // Gin does not look at other methods
            route.status = 404;
            route.headers = {};
        }
    return routes;
}

Result<Wiring> ginWiring(const RecordedConfig& config, const StageConfig& plain)
{
    auto cors = plain;
    auto app = config.app;
    auto& settings = cors.settings;
    if (const auto seconds = settings.take(QLatin1String("MaxAgeSeconds")); !seconds.isUndefined())
        settings[QLatin1String("MaxAge")] = seconds;
    const auto preset = taken(app, "preset");
    if (preset == QLatin1String("Default"))
        settings = {{QStringLiteral("AllowAllOrigins"), true}};
    if (taken(app, "base") == QLatin1String("default") || !preset.isEmpty()) {
        const QJsonObject base{
            {QStringLiteral("AllowMethods"),
             list({QStringLiteral("GET"), QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
                   QStringLiteral("DELETE"), QStringLiteral("HEAD"), QStringLiteral("OPTIONS")})},
            {QStringLiteral("AllowHeaders"),
             list({QStringLiteral("Origin"), QStringLiteral("Content-Length"), QStringLiteral("Content-Type")})},
            {QStringLiteral("MaxAge"), 43200}};
        for (auto it = base.begin(); it != base.end(); ++it)
            if (!settings.contains(it.key()))
                settings[it.key()] = it.value();
    }
    if (const auto function = taken(app, "fn"); !function.isEmpty()) {
        if (functionNamed(function).isEmpty())
            return unknownFunction(config, function);
        settings[function == QLatin1String("cookie") ? QLatin1String("AllowOriginWithContextFunc")
                                                     : QLatin1String("AllowOriginFunc")] = functionNamed(function);
    }
    const auto place = taken(app, "place");
    auto wiring = goWiring(config, app, cors);
    if (!wiring || place.isEmpty())
        return wiring;
    // On a group it stands before the group's routes; behind all routes only before what no route takes.
    const auto isRouted = [](const RequestMessage& request) {
        const auto routes = ginApplication();
        return std::any_of(routes.begin(), routes.end(), [&](const auto& route) {
            return route.path == request.path() && route.method == request.method;
        });
    };
    if (place == QLatin1String("group"))
        wiring->covered = isRouted;
    else if (place == QLatin1String("after"))
        wiring->covered = [isRouted](const RequestMessage& request) { return !isRouted(request); };
    else
        return unknownWiring(config);
    return wiring;
}

std::vector<RouteConfig> echoApplication()
{
    auto routes = goApplication();
    for (auto& route : routes)
        if (route.method == "*") // 405, and what is allowed is not said
            route.headers = {};
    return routes;
}

Result<Wiring> echoWiring(const RecordedConfig& config, const StageConfig& plain)
{
    auto cors = plain;
    auto app = config.app;
    app.remove(QLatin1String("pre"));    // before the router or behind it: the same here
    app.remove(QLatin1String("preset")); // its defaults are the preset
    if (const auto function = taken(app, "fn"); !function.isEmpty()) {
        const auto named =
            function.startsWith(QLatin1String("err")) ? QStringLiteral("an error") : functionNamed(function);
        if (named.isEmpty())
            return unknownFunction(config, function);
        cors.settings[QLatin1String("AllowOriginFunc")] = named;
    }
    return goWiring(config, app, cors);
}

} // namespace corscope::oracles
