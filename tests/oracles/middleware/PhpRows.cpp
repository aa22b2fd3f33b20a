#include "tests/oracles/middleware/Emulated.h"

#include "core/backend/FrameworkDescription.h"

#include <QJsonArray>

namespace corscope::oracles {

std::vector<RouteConfig> phpApplication()
{
    // The router lists the methods of /items for OPTIONS; the other pages take OPTIONS like GET.
    std::vector<RouteConfig> routes;
    routes.push_back({"GET", "/items", 200, {}, R"({"items":[1,2,3]})", {}});
    routes.push_back({"HEAD", "/items", 200, {}, {}, {}});
    routes.push_back({"POST", "/items", 201, {}, R"({"ok":true})", "item created"});
    routes.push_back({"PUT", "/items", 200, {}, {}, "item saved"});
    routes.push_back({"PATCH", "/items", 200, {}, {}, "item saved"});
    routes.push_back({"DELETE", "/items", 204, {}, {}, "item deleted"});
    routes.push_back({"OPTIONS", "/items", 200, {{"Allow", "GET,HEAD,POST,PUT,PATCH,DELETE"}}, {}, {}});
    const auto page = [&](const QByteArray& path, int status, const HeaderList& headers) {
        for (const char* method : {"GET", "HEAD", "OPTIONS"}) {
            routes.push_back({method, path, status, headers, {}, {}});
            routes.back().raises = path == "/boom";
        }
        routes.push_back({"*", path, 405, {{"Allow", "GET, HEAD"}}, {}, {}});
    };
    page("/boom", 500, {});
    page("/vary", 200, {{"Vary", "Accept-Encoding"}});
    page("/varystar", 200, {{"Vary", "*"}});
    page("/varyorigin", 200, {{"Vary", "Origin"}});
    page("/owncors", 200, {{"Access-Control-Allow-Origin", "*"}});
    page("/redir", 307, {{"Location", "/items"}});
    page("/auth", 401, {});
    return routes;
}

Result<Wiring> laravelWiring(const RecordedConfig& config, const StageConfig& plain)
{
    auto app = config.app;
    const auto paths = app.take(QLatin1String("paths"));
    const bool absent = app.take(QLatin1String("cors")).toString() == QLatin1String("absent");
    if (!app.isEmpty())
        return unknownWiring(config);
    if (absent)
        return Wiring{};
    // What is not given is empty in php-cors itself; the lists of "*" come from Laravel's own config/cors.php.
    auto cors = plain;
    for (const auto& option : findFrameworkDescription("laravel")->options) {
        // php-cors takes both spellings, the one without underscores first.
        const auto other = cors.settings.take(QString::fromUtf8(option.alias));
        if (!other.isUndefined())
            cors.settings[QString::fromUtf8(option.name)] = other;
    }
    for (const char* name : {"allowed_methods", "allowed_origins", "allowed_headers"})
        if (!cors.settings.contains(QLatin1String(name)))
            cors.settings[QLatin1String(name)] = QJsonArray();
    cors.settings[QStringLiteral("paths")] = paths.isUndefined() ? QJsonArray{QStringLiteral("*")} : paths;
    return Wiring{{cors}, {}, {}};
}

Result<Wiring> phpWiring(const RecordedConfig& config, const StageConfig& plain)
{
    if (!config.app.isEmpty())
        return unknownWiring(config);
    auto given = plain.settings;
    auto cors = plain;
    cors.settings = {};
    auto headers = given.take(QLatin1String("headers")).toArray();
    const int exit = given.take(QLatin1String("options_exit")).toInt();
    if (exit != 0)
        cors.settings[QStringLiteral("options_exit")] = QString::number(exit);
    if (given.take(QLatin1String("reflect")).toBool()) {
        cors.settings[QStringLiteral("reflect")] = QStringLiteral("always");
        headers.prepend(QStringLiteral("Access-Control-Allow-Credentials: true"));
    }
    cors.settings[QStringLiteral("headers")] = headers;
    if (!given.isEmpty())
        return unknownWiring(config);
    return Wiring{{cors}, {}, {}};
}

} // namespace corscope::oracles
