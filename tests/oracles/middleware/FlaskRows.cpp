#include "tests/oracles/middleware/Emulated.h"

#include "core/backend/FrameworkDescription.h"

#include <QJsonArray>

namespace corscope::oracles {

std::vector<RouteConfig> flaskApplication()
{
    std::vector<RouteConfig> routes;
    // Flask answers OPTIONS with the methods of the path, HEAD like GET, and any other method with 405.
    const auto others = [&](const QByteArray& path, const QByteArray& methods) {
        routes.push_back({"OPTIONS", path, 200, {{"Allow", methods}}, {}, {}});
        routes.push_back({"*", path, 405, {{"Allow", methods}}, {}, {}});
    };
    routes.push_back({"GET", "/items", 200, {}, R"({"items":[1,2,3]})", {}});
    routes.push_back({"HEAD", "/items", 200, {}, {}, {}});
    routes.push_back({"POST", "/items", 201, {}, R"({"ok":true})", "item created"});
    routes.push_back({"PUT", "/items", 200, {}, {}, "item saved"});
    routes.push_back({"PATCH", "/items", 200, {}, {}, "item saved"});
    routes.push_back({"DELETE", "/items", 204, {}, {}, "item deleted"});
    others("/items", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
    const auto get = [&](const QByteArray& path, int status, const HeaderList& headers) {
        for (const char* method : {"GET", "HEAD"}) {
            routes.push_back({method, path, status, headers, {}, {}});
            routes.back().raises = path == "/boom";
        }
        others(path, "GET, HEAD, OPTIONS");
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

/// Whether a view of the application takes the request; OPTIONS counts, since Flask answers it in the view's place.
static bool isRouted(const RequestMessage& request)
{
    for (const auto& route : flaskApplication())
        if (route.path == request.path() && route.method == request.method)
            return true;
    return false;
}

/// The recorded options as settings of ours.
static QJsonObject flaskSettings(const RecordedConfig& config, QJsonObject settings)
{
    // An unknown option costs Flask-CORS one line in its log, and is refused by our settings.
    const auto& description = *findFrameworkDescription("flask");
    for (const auto& name : settings.keys())
        if (!description.option(name.toUtf8()))
            settings.remove(name);
    // A timedelta is written as its seconds.
    const auto maxAge = settings[QLatin1String("max_age")].toObject();
    if (!maxAge.isEmpty())
        settings[QStringLiteral("max_age")] =
            maxAge[QLatin1String("minutes")].toInt() * 60 + maxAge[QLatin1String("seconds")].toInt();
    // CORS_ORIGINS in app.config is the option origins.
    const auto configured = config.app[QLatin1String("config")].toObject();
    for (auto it = configured.begin(); it != configured.end(); ++it)
        settings[it.key().mid(5).toLower()] = it.value();
    return settings;
}

Result<Wiring> flaskWiring(const RecordedConfig& config, const StageConfig& plain)
{
    auto cors = plain;
    cors.settings = flaskSettings(config, plain.settings);
    auto app = config.app;
    app.remove(QLatin1String("config"));
    const auto scope = app.take(QLatin1String("cors")).toString();
    const bool errorHandler = app.take(QLatin1String("errorhandler")).toInt() == 1;
    const bool hook = app.take(QLatin1String("after_request_cors")).toInt() == 1;
    const auto auth = app.take(QLatin1String("before_request_auth")).toString();
    if (!app.isEmpty() || (!auth.isEmpty() && auth != QLatin1String("all")))
        return unknownWiring(config);

    const auto errors = errorHandlerStage();
    std::vector<StageConfig> inside;
    if (!auth.isEmpty())
        inside.push_back(authStage());
    if (errorHandler)
        inside.push_back(errors);
    auto whole = inside;
    whole.insert(whole.begin(), cors);

    if (scope == QLatin1String("absent"))
        return Wiring{inside, {}, {}};

    const auto star = rawHeadersStage({{"Access-Control-Allow-Origin", "*"}});
    if (scope == QLatin1String("decorator")) {
        // On views only: neither exceptions nor unknown paths, and OPTIONS only where the decorator takes it over.
        const bool options = config.options[QLatin1String("automatic_options")].toBool(true);
        const auto onView = [options](const RequestMessage& request) {
            return isRouted(request) && (request.path() != "/boom" || request.method == "OPTIONS")
                && (options || request.method != "OPTIONS");
        };
        if (hook) // runs last, and adds to whatever is there
            return Wiring{{star, cors}, onView, {star, errors}};
        return Wiring{whole, onView, inside};
    }
    if (scope == QLatin1String("blueprint"))
        return Wiring{whole, isRouted, inside};
    if (!scope.isEmpty())
        return unknownWiring(config);
    if (hook) {
        // A view's answer passes the hook first, and the middleware then finds the header set; what Flask refuses by
        // itself passes the middleware first.
        return Wiring{{cors, star, errors}, isRouted, {star, cors}};
    }
    if (errorHandler) {
        // It is there for every exception, and in Flask a missing page or method is one.
        auto routes = flaskApplication();
        for (auto& route : routes)
            route.raises = route.raises || route.status == 405;
        routes.push_back({"*", "/*", 404, {}, {}, {}});
        routes.back().raises = true;
        return Wiring{whole, {}, {}, routes};
    }
    return Wiring{whole, {}, {}};
}

QString flaskOnPurpose(const RecordedConfig& config, const RecordedRequest& request)
{
    if (config.app[QLatin1String("cors")].toString() == QLatin1String("decorator")
        && request.message.path() == "/owncors")
        return QStringLiteral("@cross_origin adds its header beside the view's own; what is emulated is CORS(app)");
    return {};
}

} // namespace corscope::oracles
