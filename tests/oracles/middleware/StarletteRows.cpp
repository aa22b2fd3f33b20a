#include "tests/oracles/middleware/Emulated.h"

namespace corscope::oracles {

namespace {

/// Behind the middleware as recorded: FastAPI and Starlette differ in what they do with other methods.
std::vector<RouteConfig> application(bool fastApi)
{
    std::vector<RouteConfig> routes;
    const auto refuseOthers = [&](const QByteArray& path, const QByteArray& allow) {
        routes.push_back({"*", path, 405, {{"allow", allow}}, {}, {}});
    };
    routes.push_back({"GET", "/items", 200, {}, R"({"items":[1,2,3]})", {}});
    routes.push_back({"POST", "/items", 201, {}, R"({"ok":true})", "item created"});
    routes.push_back({"PUT", "/items", 200, {}, {}, "item saved"});
    routes.push_back({"PATCH", "/items", 200, {}, {}, "item saved"});
    routes.push_back({"DELETE", "/items", 204, {}, {}, "item deleted"});
    if (!fastApi) { // Starlette answers HEAD wherever it answers GET, and names all methods of a path
        routes.push_back({"HEAD", "/items", 200, {}, {}, {}});
        refuseOthers("/items", "GET, HEAD, POST, PUT, PATCH, DELETE");
    }
    const auto get = [&](const QByteArray& path, int status, const HeaderList& headers) {
        for (const char* method : {"GET", "HEAD"}) {
            routes.push_back({method, path, status, headers, {}, {}});
            routes.back().raises = path == "/boom";
        }
        refuseOthers(path, "GET, HEAD");
    };
    get("/boom", 200, {});
    get("/vary", 200, {{"vary", "Accept-Encoding"}});
    get("/varystar", 200, {{"vary", "*"}});
    get("/varyorigin", 200, {{"vary", "Origin"}});
    get("/owncors", 200, {{"access-control-allow-origin", "*"}});
    get("/redir", 307, {{"location", "/items"}});
    if (fastApi)
        routes.push_back({"GET", "/auth", 403, {}, {}, {}});
    else
        get("/auth", 401, {{"www-authenticate", "Bearer"}});
    return routes;
}

} // namespace

std::vector<RouteConfig> starletteApplication() { return application(false); }
std::vector<RouteConfig> fastApiApplication() { return application(true); }

Result<Wiring> starletteWiring(const RecordedConfig& config, const StageConfig& cors)
{
    const auto auth = authStage();
    const auto errors = errorHandlerStage();
    if (config.app.isEmpty())
        return Wiring{{cors}, {}, {}};
    if (config.app.size() != 1)
        return unknownWiring(config);
    const auto key = config.app.begin().key();
    const auto value = config.app.begin().value().toString();
    if (key == QLatin1String("cors") && value == QLatin1String("absent"))
        return Wiring{};
    if (key == QLatin1String("wrap") && value == QLatin1String("outer"))
        return Wiring{{cors, errors}, {}, {}};
    if (key == QLatin1String("exc_handler"))
        return Wiring{{errors, cors}, {}, {}};
    if (key == QLatin1String("auth_mw"))
        return Wiring{value == QLatin1String("outside_cors") ? std::vector{auth, cors} : std::vector{cors, auth},
                      {}, {}};
    if (key == QLatin1String("twice"))
        return Wiring{{cors, cors}, {}, {}};
    return unknownWiring(config);
}

bool isStarletteBody(const ResponseMessage& recorded)
{
    return recorded.body == "OK" || recorded.body.startsWith("Disallowed CORS");
}

} // namespace corscope::oracles
