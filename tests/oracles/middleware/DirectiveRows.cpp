#include "tests/oracles/middleware/Emulated.h"

namespace corscope::oracles {

namespace {

/// A static folder with three files, as nginx serves it: nothing but GET and HEAD.
std::vector<RouteConfig> staticFiles()
{
    std::vector<RouteConfig> routes;
    for (const char* path : {"/items", "/vary", "/auth"})
        for (const char* method : {"GET", "HEAD"})
            routes.push_back({method, path, 200, {}, {}, {}});
    routes.push_back({"GET", "*", 404, {}, {}, {}});
    routes.push_back({"HEAD", "*", 404, {}, {}, {}});
    routes.push_back({"*", "*", 405, {}, {}, {}});
    return routes;
}

/// The application with headers of its own on every answer, unrouted paths included. What /owncors says of itself is
/// left alone.
std::vector<RouteConfig> applicationSetting(const HeaderList& headers)
{
    auto routes = goApplication();
    routes.push_back({"*", "*", 404, {}, {}, {}});
    for (auto& route : routes) {
        if (route.path == "/owncors" && route.method == "*")
            continue;
        for (const auto& header : headers)
            route.headers.set(header.name, header.value);
    }
    return routes;
}

/// An application that allows whoever asks, credentials included, and answers preflights.
std::vector<RouteConfig> reflectingApplication(const RequestMessage& request)
{
    if (!request.headers.contains("Origin"))
        return goApplication();
    const HeaderList headers{{"Access-Control-Allow-Origin", request.headers.values("Origin").last()},
                             {"Access-Control-Allow-Credentials", "true"},
                             {"Vary", "Origin"}};
    if (!request.isCorsPreflight())
        return applicationSetting(headers);
    const auto asked = request.headers.values("Access-Control-Request-Headers");
    HeaderList granted{{"Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE"},
                       {"Access-Control-Allow-Headers", asked.isEmpty() ? QByteArray() : asked.last()}};
    for (const auto& header : headers)
        granted.append(header.name, header.value);
    return {{"*", "*", 204, granted, {}, {}}};
}

} // namespace

void wireUpstream(const QString& upstream, Wiring& wiring)
{
    if (upstream == QLatin1String("star"))
        wiring.application = applicationSetting({{"Access-Control-Allow-Origin", "*"}});
    else if (upstream == QLatin1String("reflect"))
        wiring.applicationFor = reflectingApplication;
}

Result<Wiring> nginxWiring(const RecordedConfig& config, const StageConfig& plain)
{
    auto snippets = config.app;
    const auto take = [&](const char* name) { return snippets.take(QLatin1String(name)).toString(); };
    const QString text = take("http") + QStringLiteral("\nserver {\n") + take("server")
        + QStringLiteral("\nlocation / {\n") + take("location") + QStringLiteral("\n}\n}\n");
    const auto upstream = take("upstream");
    const bool files = snippets.take(QLatin1String("static")).toInt() == 1;
    snippets.remove(QLatin1String("no_body"));
    if (!snippets.isEmpty())
        return unknownWiring(config);
    auto nginx = plain;
    nginx.settings = {{QStringLiteral("config"), text}};
    if (upstream == QLatin1String("down"))
        nginx.settings[QStringLiteral("upstream")] = QStringLiteral("unreachable");
    Wiring wiring{{nginx}, {}, {}};
    wireUpstream(upstream, wiring);
    if (files) // in place of an application behind
        wiring.application = staticFiles();
    return wiring;
}

} // namespace corscope::oracles
