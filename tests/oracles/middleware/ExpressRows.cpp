#include "tests/oracles/middleware/Emulated.h"

namespace corscope::oracles {

std::vector<RouteConfig> expressApplication()
{
    std::vector<RouteConfig> routes;
    // Express answers OPTIONS with the methods of the path, HEAD like GET, and any other method with 404.
    const auto others = [&](const QByteArray& path, const QByteArray& methods) {
        routes.push_back({"OPTIONS", path, 200, {{"Allow", methods}}, methods, {}});
        routes.push_back({"*", path, 404, {}, {}, {}});
    };
    routes.push_back({"GET", "/items", 200, {}, R"({"items":[1,2,3]})", {}});
    routes.push_back({"HEAD", "/items", 200, {}, {}, {}});
    routes.push_back({"POST", "/items", 201, {}, R"({"ok":true})", "item created"});
    routes.push_back({"PUT", "/items", 200, {}, R"({"ok":true})", "item saved"});
    routes.push_back({"PATCH", "/items", 200, {}, R"({"ok":true})", "item saved"});
    routes.push_back({"DELETE", "/items", 204, {}, {}, "item deleted"});
    others("/items", "DELETE, GET, HEAD, PATCH, POST, PUT");
    const auto get = [&](const QByteArray& path, int status, const HeaderList& headers) {
        for (const char* method : {"GET", "HEAD"}) {
            routes.push_back({method, path, status, headers, {}, {}});
            routes.back().raises = path == "/boom";
        }
        others(path, "GET, HEAD");
    };
    get("/boom", 500, {});
    get("/vary", 200, {{"Vary", "Accept-Encoding"}});
    get("/varystar", 200, {{"Vary", "*"}});
    get("/varyorigin", 200, {{"Vary", "Origin"}});
    get("/owncors", 200, {{"Access-Control-Allow-Origin", "*"}});
    get("/redir", 307, {{"Location", "/items"}, {"Vary", "Accept"}});
    get("/auth", 401, {});
    return routes;
}

/// Whether one of the application's own handlers takes the request.
static bool isRouted(const RequestMessage& request)
{
    if (request.method == "OPTIONS")
        return false;
    for (const auto& route : expressApplication())
        if (route.path == request.path() && route.method == request.method)
            return true;
    return false;
}

Result<Wiring> expressWiring(const RecordedConfig& config, const StageConfig& cors)
{
    // The application has a handler for errors, which writes JSON; one configuration leaves them to Express.
    const auto errors = errorHandlerStage();
    auto app = config.app;
    const auto place = app.take(QLatin1String("place")).toString();
    const bool ownMiddleware = app.take(QLatin1String("own_middleware")).toInt() == 1;
    const bool defaultErrors = app.take(QLatin1String("default_error")).toInt() == 1;
    if (!app.isEmpty())
        return unknownWiring(config);

    std::vector<StageConfig> inside;
    if (!defaultErrors)
        inside = {errors};
    auto withCors = inside;
    withCors.insert(withCors.begin(), cors);

    if (ownMiddleware) {
        // A handwritten middleware further in, as in many answers on the web.
        const Header allowed{"Access-Control-Allow-Headers", "Origin, X-Requested-With, Content-Type, Accept"};
        const auto own = rawHeadersStage({{"Access-Control-Allow-Origin", "*"}, allowed});
        // On this path the route sets the same origin header again: in Express that is one line.
        const auto isOwnCors = [](const RequestMessage& request) { return request.path() == "/owncors"; };
        const auto onlyHeaders = rawHeadersStage({allowed});
        if (place == QLatin1String("none"))
            return Wiring{{own, errors}, [=](const auto& request) { return !isOwnCors(request) || request.method == "OPTIONS"; },
                          {onlyHeaders, errors}};
        return Wiring{{cors, own, errors}, [=](const auto& request) { return !isOwnCors(request); },
                      {cors, onlyHeaders, errors}};
    }
    if (place.isEmpty())
        return Wiring{withCors, {}, {}};
    if (place == QLatin1String("none") || place == QLatin1String("path")) // mounted where no request goes
        return Wiring{inside, {}, {}};
    if (place == QLatin1String("route"))
        return Wiring{withCors, isRouted, inside};
    if (place == QLatin1String("route_options")) // OPTIONS of the routes as well
        return Wiring{withCors,
                      [](const RequestMessage& request) {
                          auto asked = request;
                          if (asked.method == "OPTIONS")
                              asked.method = "GET";
                          return isRouted(asked);
                      },
                      inside};
    if (place == QLatin1String("after_routes"))
        return Wiring{withCors, [](const RequestMessage& request) { return !isRouted(request); }, inside};
    return unknownWiring(config);
}

QString expressOnPurpose(const RecordedConfig& config, const RecordedRequest&)
{
    const auto flags = config.options[QLatin1String("origin")][QLatin1String("$re")].isString()
        ? config.options[QLatin1String("origin")][QLatin1String("flags")].toString()
        : QString();
    if (flags.contains(QLatin1Char('g')) || flags.contains(QLatin1Char('y')))
        return QStringLiteral("a pattern with the flag g or y remembers where it stopped, from one request to the next; "
                              "here every request is tried from the start");
    return {};
}

} // namespace corscope::oracles
