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

Result<Wiring> rsCorsWiring(const RecordedConfig& config, const StageConfig& plain)
{
    auto cors = plain;
    auto app = config.app;
    if (app.take(QLatin1String("fn")).isString())
        return InputError{QString::fromUtf8(config.id), QStringLiteral("a setting"),
                          QStringLiteral("a function as an option")};
    if (app.take(QLatin1String("preset")).toString() == QLatin1String("AllowAll")) {
        const QJsonArray all{QStringLiteral("*")};
        cors.settings = {{QStringLiteral("AllowedOrigins"), all},
                         {QStringLiteral("AllowedHeaders"), all},
                         {QStringLiteral("AllowedMethods"),
                          QJsonArray::fromStringList({QStringLiteral("HEAD"), QStringLiteral("GET"),
                                                      QStringLiteral("POST"), QStringLiteral("PUT"),
                                                      QStringLiteral("PATCH"), QStringLiteral("DELETE")})}};
    }
    const auto auth = app.take(QLatin1String("auth")).toString();
    const bool absent = app.take(QLatin1String("cors")).toString() == QLatin1String("absent");
    const bool twice = app.take(QLatin1String("twice")).toInt() == 1;
    if (!app.isEmpty())
        return unknownWiring(config);
    if (absent)
        return Wiring{};
    if (twice)
        return InputError{QString::fromUtf8(config.id), QStringLiteral("one middleware"),
                          QStringLiteral("the middleware twice: a Vary line that is added cannot be told from one "
                                         "that is set in its place")};
    if (!auth.isEmpty())
        return Wiring{auth == QLatin1String("outside") ? std::vector{authStage(), cors} : std::vector{cors, authStage()},
                      {}, {}};
    return Wiring{{cors}, {}, {}};
}

} // namespace corscope::oracles
