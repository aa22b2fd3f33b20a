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

/// A folder in which every path but these is missing, as Caddy serves it: whatever the method.
std::vector<RouteConfig> caddyFiles()
{
    std::vector<RouteConfig> routes;
    for (const char* path : {"/items", "/vary", "/auth"})
        routes.push_back({"*", path, 200, {}, {}, {}});
    routes.push_back({"*", "*", 404, {}, {}, {}});
    return routes;
}

/// Three files as Apache serves them: OPTIONS it answers for any path.
std::vector<RouteConfig> apacheFiles()
{
    std::vector<RouteConfig> routes;
    for (const char* path : {"/items", "/vary", "/auth"}) {
        for (const char* method : {"GET", "HEAD", "POST"})
            routes.push_back({method, path, 200, {}, {}, {}});
    }
    const HeaderList allow{{"Allow", "GET,POST,OPTIONS,HEAD"}};
    routes.push_back({"OPTIONS", "*", 200, allow, {}, {}});
    for (const char* path : {"/items", "/vary", "/auth"})
        routes.push_back({"*", path, 405, allow, {}, {}});
    routes.push_back({"*", "*", 404, {}, {}, {}});
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

/// The pieces of text of a recorded configuration, taken out one by one.
class Snippets
{
public:
    explicit Snippets(const RecordedConfig& config) : m_config(config), m_left(config.app) {}
    QString take(const char* name) { return m_left.take(QLatin1String(name)).toString(); }
    bool takeFlag(const char* name) { return m_left.take(QLatin1String(name)).toInt() == 1; }

    /// The server with that text in front of what was recorded as its upstream. Every other piece has to be taken by now.
    Result<Wiring> wiring(const StageConfig& plain, const QString& text)
    {
        const auto upstream = take("upstream");
        if (!m_left.isEmpty())
            return unknownWiring(m_config);
        auto server = plain;
        server.settings = {{QStringLiteral("config"), text}};
        if (upstream == QLatin1String("down"))
            server.settings[QStringLiteral("upstream")] = QStringLiteral("unreachable");
        Wiring wiring{{server}, {}, {}};
        if (upstream == QLatin1String("star"))
            wiring.application = applicationSetting({{"Access-Control-Allow-Origin", "*"}});
        else if (upstream == QLatin1String("reflect"))
            wiring.applicationFor = reflectingApplication;
        return wiring;
    }

private:
    const RecordedConfig& m_config;
    QJsonObject m_left;
};

} // namespace

Result<Wiring> nginxWiring(const RecordedConfig& config, const StageConfig& plain)
{
    Snippets snippets(config);
    const QString text = snippets.take("http") + QStringLiteral("\nserver {\n") + snippets.take("server")
        + QStringLiteral("\nlocation / {\n") + snippets.take("location") + QStringLiteral("\n}\n}\n");
    const bool files = snippets.takeFlag("static");
    snippets.take("no_body");
    auto wiring = snippets.wiring(plain, text);
    if (wiring && files) // in place of an application behind
        wiring.value().application = staticFiles();
    return wiring;
}

Result<Wiring> haproxyWiring(const RecordedConfig& config, const StageConfig& plain)
{
    Snippets snippets(config);
    const QString text = QStringLiteral("frontend web\n") + snippets.take("frontend") + QStringLiteral("\nbackend app\n")
        + snippets.take("backend") + QStringLiteral("\n");
    return snippets.wiring(plain, text);
}

Result<Wiring> caddyWiring(const RecordedConfig& config, const StageConfig& plain)
{
    Snippets snippets(config);
    const auto site = snippets.take("site");
    const QString text = snippets.take("global") + QStringLiteral("\n:80 {\n") + site + QStringLiteral("\n}\n");
    auto wiring = snippets.wiring(plain, text);
    if (wiring && site.contains(QLatin1String("file_server")))
        wiring.value().application = caddyFiles();
    return wiring;
}

Result<Wiring> apacheWiring(const RecordedConfig& config, const StageConfig& plain)
{
    Snippets snippets(config);
    const QString text = snippets.take("server") + QStringLiteral("\n<Location \"/\">\n") + snippets.take("location")
        + QStringLiteral("\n</Location>\n");
    const bool files = snippets.takeFlag("static");
    auto wired = snippets.wiring(plain, text);
    if (!wired)
        return wired;
    auto& wiring = wired.value();
    if (wiring.applicationFor) // what stands behind Apache sees the lines of one name as one
        wiring.applicationFor = [](RequestMessage request) {
            HeaderList combined;
            for (const auto& header : request.headers)
                combined.combine(header.name, header.value);
            request.headers = combined;
            return reflectingApplication(request);
        };
    if (files) {
        wiring.pipeline[0].settings[QStringLiteral("upstream")] = QStringLiteral("files");
        wiring.application = apacheFiles();
    }
    return wired;
}

} // namespace corscope::oracles
