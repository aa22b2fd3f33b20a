#include "tests/oracles/middleware/Emulated.h"

#include <algorithm>

namespace corscope::oracles {

namespace {

const QByteArray value = R"({"v":1})";

RouteConfig route(const QByteArray& method, const QByteArray& path, int status, const QByteArray& body = value,
                  const HeaderList& headers = {})
{
    return {method, path, status, headers, body, {}};
}

/// The handlers of the application, without what a framework does about other methods.
std::vector<RouteConfig> handlers()
{
    std::vector<RouteConfig> routes = {
        route("POST", "/items", 201), route("PUT", "/items", 200), route("PATCH", "/items", 200),
        route("DELETE", "/items", 204, {}),
    };
    const auto get = [&](const QByteArray& path, int status, const HeaderList& headers) {
        for (const char* method : {"GET", "HEAD"})
            routes.push_back(route(method, path, status, status == 307 ? QByteArray() : value, headers));
    };
    get("/items", 200, {});
    get("/boom", 500, {});
    get("/vary", 200, {{"Vary", "Accept-Encoding"}});
    get("/varystar", 200, {{"Vary", "*"}});
    get("/varyorigin", 200, {{"Vary", "Origin"}});
    get("/owncors", 200, {{"Access-Control-Allow-Origin", "*"}});
    get("/redir", 307, {{"Location", "/items"}});
    get("/auth", 401, {});
    for (auto& handler : routes)
        handler.raises = handler.path == "/boom";
    return routes;
}

std::vector<RouteConfig> withNotFound()
{
    auto routes = handlers();
    routes.push_back(route("*", "*", 404));
    return routes;
}

bool isRouted(const std::vector<RouteConfig>& routes, const RequestMessage& request)
{
    return std::any_of(routes.begin(), routes.end(), [&](const RouteConfig& route) {
        return route.path == request.path() && route.method == request.method;
    });
}

} // namespace

std::vector<RouteConfig> fastifyApplication() { return withNotFound(); }
std::vector<RouteConfig> honoApplication() { return withNotFound(); }
std::vector<RouteConfig> h3Application() { return withNotFound(); }
std::vector<RouteConfig> hapiApplication() { return handlers(); }

std::vector<RouteConfig> koaApplication()
{
    // The router answers OPTIONS for /items only, and knows three paths by their methods.
    auto routes = handlers();
    routes.push_back(route("OPTIONS", "/items", 200, {}, {{"Allow", "GET, HEAD, POST, PUT, PATCH, DELETE"}}));
    for (const char* path : {"/boom", "/vary", "/varystar", "/varyorigin"})
        routes.push_back(route("*", path, 405));
    routes.push_back(route("*", "*", 404));
    return routes;
}

std::vector<RouteConfig> middyApplication()
{
    // One function for all methods.
    std::vector<RouteConfig> routes;
    for (const auto& handler : handlers())
        if (handler.method == "GET" || handler.method == "POST") {
            routes.push_back(handler);
            if (handler.method == "GET")
                routes.back().method = "*";
        }
    routes.push_back(route("*", "*", 404));
    return routes;
}

std::vector<RouteConfig> microApplication()
{
    auto routes = middyApplication();
    routes.erase(std::remove_if(routes.begin(), routes.end(),
                                [](const RouteConfig& route) {
                                    return route.path != "/items" && route.path != "/boom" && route.path != "/vary"
                                        && route.path != "*";
                                }),
                 routes.end());
    return routes;
}

Result<Wiring> nodeWiring(const RecordedConfig& config, const StageConfig& cors)
{
    auto app = config.app;
    const auto place = app.take(QLatin1String("place")).toString();
    const bool authFirst = app.take(QLatin1String("auth_first")).toInt() == 1;
    const bool handlesErrors = app.take(QLatin1String("error_handler")).toInt() == 1;
    if (!app.isEmpty())
        return unknownWiring(config);
    if (authFirst)
        return Wiring{{authStage(), cors}, {}, {}};
    if (handlesErrors)
        return Wiring{{cors, errorHandlerStage()}, {}, {}};
    if (place.isEmpty() || place == QLatin1String("slashstar"))
        return Wiring{{cors}, {}, {}};
    if (place == QLatin1String("absent") || place == QLatin1String("path")) // mounted where no request goes
        return Wiring{};
    if (place == QLatin1String("twice"))
        return Wiring{{cors, cors}, {}, {}};
    if (place == QLatin1String("after"))
        return Wiring{{cors}, [](const RequestMessage& request) { return !isRouted(handlers(), request); }, {}};
    return unknownWiring(config);
}

Result<Wiring> fastifyWiring(const RecordedConfig& config, const StageConfig& cors)
{
    auto plain = config;
    plain.app.remove(QLatin1String("vary_set"));
    const auto place = plain.app[QLatin1String("place")].toString();
    if (place == QLatin1String("after")) // a plugin covers what was there before it
        plain.app.remove(QLatin1String("place"));
    if (place == QLatin1String("scoped")) // the routes of a plugin, and its OPTIONS for every path
        return Wiring{{cors},
                      [](const RequestMessage& request) {
                          return request.method == "OPTIONS" || isRouted(handlers(), request);
                      },
                      {}};
    return nodeWiring(plain, cors);
}

QString fastifyOnPurpose(const RecordedConfig& config, const RecordedRequest& request)
{
    if (config.app[QLatin1String("vary_set")].toInt() == 1 && request.message.path() == "/vary")
        return QStringLiteral("a handler that sets Vary, in place of adding to it, replaces the plugin's; here a "
                              "handler always adds");
    return {};
}

QString koaOnPurpose(const RecordedConfig& config, const RecordedRequest& request)
{
    if (config.options[QLatin1String("keepHeadersOnError")] == QJsonValue(false) && request.message.path() == "/auth"
        && request.message.method == "GET")
        return QStringLiteral("a handler that throws its 401 loses the headers; here a status is an ordinary answer");
    return {};
}

Result<Wiring> hapiWiring(const RecordedConfig& config, const StageConfig& cors)
{
    if (config.app[QLatin1String("level")].toString() == QLatin1String("route"))
        return Wiring{{cors},
                      [](const RequestMessage& request) {
                          return request.method == "OPTIONS" || isRouted(handlers(), request);
                      },
                      {}};
    if (config.app[QLatin1String("auth")].toInt() == 1)
        return Wiring{{cors, authStage()}, {}, {}};
    if (config.app[QLatin1String("onRequest401")].toInt() == 1) {
        // Whoever is not known is sent away before a route is looked for, preflights too.
        auto routes = handlers();
        routes.push_back(route("OPTIONS", "*", 404));
        routes.push_back(route("*", "*", 404));
        return Wiring{{cors, authStage()}, {}, {}, routes};
    }
    if (config.app[QLatin1String("place")].toString() == QLatin1String("absent"))
        return Wiring{{}, {}, {}, withNotFound()};
    return config.app.isEmpty() ? Result<Wiring>(Wiring{{cors}, {}, {}}) : unknownWiring(config);
}

QString hapiOnPurpose(const RecordedConfig& config, const RecordedRequest& request)
{
    if (config.app[QLatin1String("level")].toString() == QLatin1String("route")
        && request.message.method != "OPTIONS" && !isRouted(handlers(), request.message))
        return QStringLiteral("hapi says 404 where a path does not take the method; outside of the middleware, our "
                              "routes say 405");
    return {};
}

bool isFastifyBody(const ResponseMessage& recorded) { return recorded.body == "Invalid Preflight Request"; }

bool isHapiBody(const ResponseMessage& recorded)
{
    return recorded.body.contains("\"message\":\"CORS ");
}

} // namespace corscope::oracles
