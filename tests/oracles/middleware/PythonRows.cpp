#include "tests/oracles/middleware/Emulated.h"

#include "core/backend/FrameworkDescription.h"

#include <QJsonArray>

namespace corscope::oracles {

namespace {

struct Page
{
    const char* path;
    int status;
    HeaderList headers;
};

/// What is there for GET, beside /items.
QList<Page> pages()
{
    return {{"/boom", 500, {}},
            {"/vary", 200, {{"Vary", "Accept-Encoding"}, {"Set-Cookie", "v=1"}, {"X-Request-Id", "1"}}},
            {"/varystar", 200, {{"Vary", "*"}}},
            {"/varyorigin", 200, {{"Vary", "Origin"}}},
            {"/owncors", 200, {{"Access-Control-Allow-Origin", "*"}}},
            {"/redir", 307, {{"Location", "/items"}}},
            {"/auth", 401, {}}};
}

void addItems(std::vector<RouteConfig>& routes)
{
    routes.push_back({"GET", "/items", 200, {}, R"({"items":[1,2,3]})", {}});
    routes.push_back({"POST", "/items", 201, {}, R"({"ok":true})", "item created"});
    routes.push_back({"PUT", "/items", 200, {}, {}, "item saved"});
    routes.push_back({"PATCH", "/items", 200, {}, {}, "item saved"});
    routes.push_back({"DELETE", "/items", 204, {}, {}, "item deleted"});
}

} // namespace

std::vector<RouteConfig> djangoApplication()
{
    // /items is a class, which answers HEAD like GET and OPTIONS with its methods. The others are functions: those that
    // set Vary take GET and HEAD only, the rest whatever comes.
    std::vector<RouteConfig> routes;
    addItems(routes);
    routes.push_back({"HEAD", "/items", 200, {}, {}, {}});
    const QByteArray methods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    routes.push_back({"OPTIONS", "/items", 200, {{"Allow", methods}}, {}, {}});
    for (const auto& page : pages()) {
        const bool getOnly = page.headers.contains("Vary");
        for (const char* method : getOnly ? QList<const char*>{"GET", "HEAD"} : QList<const char*>{"*"}) {
            routes.push_back({method, page.path, page.status, page.headers, {}, {}});
            routes.back().raises = page.status == 500;
        }
        if (getOnly)
            routes.push_back({"*", page.path, 405, {{"Allow", "GET, HEAD"}}, {}, {}});
    }
    return routes;
}

/// A middleware further in adds Accept-Language to Vary, in Django's way.
static std::vector<RouteConfig> withLanguages(std::vector<RouteConfig> routes)
{
    routes.push_back({"*", "/*", 404, {}, {}, {}});
    for (auto& route : routes) {
        route.raises = false; // Django has written its page by then
        const auto vary = route.headers.get("Vary");
        if (vary != "*")
            route.headers.combine("Vary", "Accept-Language");
    }
    return routes;
}

Result<Wiring> djangoWiring(const RecordedConfig& config, const StageConfig& plain)
{
    auto cors = plain;
    auto& settings = cors.settings;
    const auto& description = *findFrameworkDescription("django");
    for (const auto& option : description.options) {
        // The older name of a setting holds where the newer one is absent.
        const auto name = QString::fromUtf8(option.name);
        const auto older = settings.take(QString::fromUtf8(option.alias));
        if (!older.isUndefined() && !settings.contains(name))
            settings[name] = older;
    }
    // A compiled pattern is written as its source.
    const auto source = [](const QJsonValue& value) -> QJsonValue {
        const auto pattern = value.toObject();
        const auto flags = pattern[QLatin1String("flags")].toString();
        return !pattern.contains(QLatin1String("regex")) ? value
            : QJsonValue((flags.isEmpty() ? QString() : QStringLiteral("(?%1)").arg(flags))
                         + pattern[QLatin1String("regex")].toString());
    };
    QJsonArray patterns;
    for (const auto& pattern : settings.value(QLatin1String("CORS_ALLOWED_ORIGIN_REGEXES")).toArray())
        patterns.append(source(pattern));
    if (!patterns.isEmpty())
        settings[QStringLiteral("CORS_ALLOWED_ORIGIN_REGEXES")] = patterns;
    if (settings.contains(QLatin1String("CORS_URLS_REGEX")))
        settings[QStringLiteral("CORS_URLS_REGEX")] = source(settings.value(QLatin1String("CORS_URLS_REGEX")));
    // settings.py may hold anything, and Django 3 knows nothing of later settings.
    for (const auto& name : settings.keys()) {
        const auto* option = description.option(name.toUtf8());
        if (!option || !description.knows(*option, cors.version))
            settings.remove(name);
    }
    // It was served by a WSGI server, which runs no system checks.
    QJsonArray silenced;
    for (int i = 1; i <= 15; ++i)
        silenced.append(QStringLiteral("corsheaders.E%1").arg(i, 3, 10, QLatin1Char('0')));
    settings[QStringLiteral("SILENCED_SYSTEM_CHECKS")] = silenced;

    auto app = config.app;
    const auto position = app.take(QLatin1String("position")).toString();
    if (app.take(QLatin1String("signal")).toInt() == 1) // a receiver that allows /items
        settings[QStringLiteral("check_request_enabled")] = QJsonArray{QStringLiteral("/items")};
    const bool absent = app.take(QLatin1String("cors")).toString() == QLatin1String("absent");
    if (!app.isEmpty())
        return unknownWiring(config);
    if (absent || position == QLatin1String("absent"))
        return Wiring{};
    if (position == QLatin1String("gzip_vary"))
        return Wiring{{cors}, {}, {}, withLanguages(djangoApplication())};
    if (position == QLatin1String("after_auth"))
        return Wiring{{authStage(), cors}, {}, {}};
    if (position == QLatin1String("before_auth"))
        return Wiring{{cors, authStage()}, {}, {}};
    // Where the others write no answers of their own, its place among them makes no difference.
    if (position.isEmpty() || position == QLatin1String("top") || position == QLatin1String("bottom"))
        return Wiring{{cors}, {}, {}};
    return unknownWiring(config);
}

std::vector<RouteConfig> aiohttpApplication()
{
    std::vector<RouteConfig> routes;
    addItems(routes);
    for (const auto& page : pages()) {
        routes.push_back({"GET", page.path, page.status, page.headers, {}, {}});
        routes.back().raises = page.status == 500;
    }
    return routes;
}

Result<Wiring> aiohttpWiring(const RecordedConfig& config, const StageConfig& plain)
{
    auto cors = plain;
    cors.settings = {{QStringLiteral("defaults"), plain.settings}};
    auto app = config.app;
    const auto scope = app.take(QLatin1String("cors")).toString();
    const auto mode = app.take(QLatin1String("mode")).toString();
    if (!app.isEmpty() || !(scope.isEmpty() || scope == QLatin1String("absent")))
        return unknownWiring(config);

    // Where the middleware is not, aiohttp itself names the methods of the path.
    auto bare = aiohttpApplication();
    bare.push_back({"*", "/items", 405, {{"Allow", "DELETE,GET,PATCH,POST,PUT"}}, {}, {}});
    for (const auto& page : pages())
        bare.push_back({"*", page.path, 405, {{"Allow", "GET"}}, {}, {}});
    if (scope == QLatin1String("absent"))
        return Wiring{{}, {}, {}, bare};
    if (mode.isEmpty())
        return Wiring{{cors}, {}, {}};
    if (mode != QLatin1String("per_route") && mode != QLatin1String("get_only"))
        return unknownWiring(config);
    cors.settings[QStringLiteral("add")] = QJsonArray{QStringLiteral("GET /items")};
    if (mode == QLatin1String("per_route"))
        cors.settings[QStringLiteral("given_with")] = QStringLiteral("each route");
    auto routes = aiohttpApplication();
    for (const auto& page : pages())
        routes.push_back({"*", page.path, 405, {{"Allow", "GET"}}, {}, {}});
    return Wiring{{cors}, {}, {}, routes};
}

bool isAiohttpBody(const ResponseMessage& recorded) { return recorded.body.startsWith("CORS preflight request failed"); }

std::vector<RouteConfig> falconApplication()
{
    // Falcon answers OPTIONS with the methods of the resource, and negotiates its pages for errors.
    std::vector<RouteConfig> routes;
    addItems(routes);
    routes.push_back({"HEAD", "/items", 200, {}, {}, {}});
    routes.push_back({"OPTIONS", "/items", 200, {{"allow", "DELETE, GET, HEAD, PATCH, POST, PUT"}}, {}, {}});
    for (auto page : pages()) {
        if (page.status >= 400)
            page.headers.append("vary", "Accept");
        routes.push_back({"GET", page.path, page.status, page.headers, {}, {}});
        routes.back().raises = page.status == 500;
        routes.push_back({"OPTIONS", page.path, 200, {{"allow", "GET"}}, {}, {}});
        routes.push_back({"*", page.path, 405, {{"allow", "GET, OPTIONS"}, {"vary", "Accept"}}, {}, {}});
    }
    routes.push_back({"*", "/*", 404, {{"vary", "Accept"}}, {}, {}});
    return routes;
}

Result<Wiring> falconWiring(const RecordedConfig& config, const StageConfig& cors)
{
    auto app = config.app;
    app.remove(QLatin1String("cors_enable")); // falcon.App(cors_enable=True) is the middleware as it is
    if (app.take(QLatin1String("cors")).toString() == QLatin1String("absent")) {
        auto routes = falconApplication();
        for (auto& route : routes)
            if (route.raises)
                route = {route.method, route.path, 500, {{"vary", "Accept"}}, {}, {}};
        return Wiring{{}, {}, {}, routes};
    }
    if (!app.isEmpty())
        return unknownWiring(config);
    return Wiring{{cors}, {}, {}};
}

} // namespace corscope::oracles
