#include "core/backend/frameworks/FastifyCors.h"

#include "core/backend/frameworks/NodeResponse.h"
#include "core/backend/frameworks/OriginFunction.h"
#include "core/backend/frameworks/OriginOption.h"
#include "core/backend/stages/RoutePath.h"

#include <QCoreApplication>

#include <algorithm>

namespace corscope {

namespace {

constexpr char requestHeaders[] = "Access-Control-Request-Headers";
constexpr char json[] = "application/json; charset=utf-8";

struct Settings
{
    OriginOption origin;
    QByteArray methods;
    std::optional<QByteArray> allowedHeaders;
    std::optional<QByteArray> exposedHeaders;
    std::optional<QByteArray> maxAge;
    QByteArray cacheControl;
    bool credentials = false;
    bool preflight = true;
    bool strictPreflight = true;
    bool preflightContinue = false;
    int optionsSuccessStatus = 204;
    bool afterHandler = false;   ///< the hook runs once the handler has answered
    bool onPayloadsOnly = false; ///< and only where there is something to serialise
};

class FastifyCors final : public Stage
{
public:
    FastifyCors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("fastify-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    /// What becomes of a request in the hook.
    struct HookResult
    {
        std::optional<ResponseMessage> answer; ///< it ends here
        bool preflightEnabled = false;         ///< the plugin's own route may answer
    };
    HookResult hook(const RequestMessage& request, NodeResponse& response, StageContext& context) const;
    bool resolvedOrigin(const std::optional<QByteArray>& origin, OriginOption& option, Spec& spec) const;
    bool isAllowed(const OriginOption& option, const std::optional<QByteArray>& origin, Spec& spec) const;
    void setPreflightHeaders(const RequestMessage& request, NodeResponse& response, Spec& spec) const;
    StageAnswer afterHandler(const RequestMessage& request, StageContext& context) const;

    QString m_title;
    const Settings m_settings;
};

/// Fastify's own page for an error, on the reply as it stands.
ResponseMessage errorPage(const NodeResponse& response)
{
    return ownAnswer(500, response.headers(), json, R"({"statusCode":500,"error":"Internal Server Error"})");
}

bool hasOwnOptionsRoute(const ServerConfig& server, const QByteArray& path)
{
    return std::any_of(server.routes.begin(), server.routes.end(), [&](const RouteConfig& route) {
        return route.method == "OPTIONS" && routeTakesPath(route, path);
    });
}

StageAnswer FastifyCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    const bool isOptions = request.method == "OPTIONS";

    // 1. Some hooks run when the handler has answered. For OPTIONS the plugin has a handler of its own.
    if (spec.ask("1", m_settings.afterHandler && !isOptions))
        return afterHandler(request, context);

    // 2. to 7. The hook.
    NodeResponse response;
    const auto hooked = hook(request, response, context);
    if (hooked.answer)
        return {*hooked.answer};

    // 8. Whatever the path, OPTIONS has a route: the one that the plugin has added.
    if (spec.ask("8", isOptions && !hasOwnOptionsRoute(context.server(), request.path()),
                 {{"method", request.method, "OPTIONS"}})) {
        const QByteArray missing = "{\"message\":\"Route OPTIONS:" + request.path()
            + " not found\",\"error\":\"Not Found\",\"statusCode\":404}";
        const auto answer = spec.ask("8.1", hooked.preflightEnabled) ? ownAnswer(200, response.headers())
                                                                     : ownAnswer(404, response.headers(), json, missing);
        decideByOrigin("8.2", request.headers.get("Origin"), answer, context);
        return {answer};
    }

    // 9. The handler, on the same reply.
    spec.step("9");
    auto result = context.next(request);
    if (spec.ask("9.1", result.raised))
        result = {errorPage(response)};
    else
        response.takeOver(result.response, "9.2", spec, NodeResponse::HandlerVary::Combined);
    decideByOrigin("9.3", request.headers.get("Origin"), result.response, context);
    return result;
}

StageAnswer FastifyCors::afterHandler(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    // 1.1 The handler first.
    spec.step("1.1");
    auto result = context.next(request);
    const bool payload = !result.raised && !result.response.body.isEmpty();
    if (result.raised)
        result = {errorPage(NodeResponse())};

    // 1.2 Nothing is serialised for an empty answer or an error page, so the hook is left out.
    if (spec.ask("1.2", m_settings.onPayloadsOnly && !payload, {{"body", result.response.body, std::nullopt}}))
        return result;

    NodeResponse response(result.response.headers);
    auto hooked = hook(request, response, context);
    if (hooked.answer)
        return {*hooked.answer};
    result.response.headers = response.headers();
    decideByOrigin("9.3", request.headers.get("Origin"), result.response, context);
    return result;
}

FastifyCors::HookResult FastifyCors::hook(const RequestMessage& request, NodeResponse& response,
                                          StageContext& context) const
{
    auto& spec = context.spec();
    const auto origin = request.headers.get("Origin");
    auto option = m_settings.origin;

    // 2. Only a string and false are the same for everyone.
    const bool isString = option.kind == OriginOption::Kind::Text || option.kind == OriginOption::Kind::Empty;
    if (spec.ask("2", !isString && option.kind != OriginOption::Kind::False))
        response.vary("Origin", "2.1", spec);

    // 3. A function is asked for the option's value.
    if (!resolvedOrigin(origin, option, spec)) {
        const auto answer = errorPage(response);
        context.decide("3.3", Verdict::Failure, {{"Origin", origin, std::nullopt}}, answer);
        return {answer, false};
    }

    // 4. Off?
    if (spec.ask("4", option.kind == OriginOption::Kind::False))
        return {};

    // 5. Null and the empty string are no way to switch it off, but an error, for every request.
    if (spec.ask("5", option.isFalsy())) {
        const auto answer = errorPage(response);
        context.decide("5.1", Verdict::Failure, {{"origin", option.text, std::nullopt}}, answer);
        return {answer, false};
    }

    // 6. Headers for every answer.
    if (spec.ask("6.1", option.kind == OriginOption::Kind::Text))
        response.set("Access-Control-Allow-Origin", option.text, "6.2", spec);
    else if (isAllowed(option, origin, spec) && origin && !origin->isEmpty())
        response.set("Access-Control-Allow-Origin", *origin, "6.5", spec);
    if (m_settings.credentials)
        response.set("Access-Control-Allow-Credentials", "true", "6.6", spec);
    if (m_settings.exposedHeaders)
        response.set("Access-Control-Expose-Headers", *m_settings.exposedHeaders, "6.7", spec);

    // 7. A preflight?
    if (!spec.ask("7", request.method == "OPTIONS" && m_settings.preflight, {{"method", request.method, "OPTIONS"}}))
        return {};
    const auto method = request.headers.get("Access-Control-Request-Method");
    const bool complete = !origin.value_or(QByteArray()).isEmpty() && !method.value_or(QByteArray()).isEmpty();
    if (spec.ask("7.1", m_settings.strictPreflight && !complete,
                 {{"Origin", origin, std::nullopt}, {"Access-Control-Request-Method", method, std::nullopt}})) {
        const auto answer = ownAnswer(400, response.headers(), "text/plain", "Invalid Preflight Request");
        context.decide("7.1.1", Verdict::Failure, {{"Access-Control-Request-Method", method, std::nullopt}}, answer);
        return {answer, false};
    }
    setPreflightHeaders(request, response, spec);
    if (spec.ask("7.6", m_settings.preflightContinue))
        return {std::nullopt, true};
    auto answer = ownAnswer(m_settings.optionsSuccessStatus, response.headers());
    answer.headers.append("Content-Length", "0");
    spec.let("7.7", "status", QByteArray::number(answer.status));
    decideByOrigin("7.8", origin, answer, context);
    return {answer, false};
}

/// \returns false where the function ends in an error
bool FastifyCors::resolvedOrigin(const std::optional<QByteArray>& origin, OriginOption& option, Spec& spec) const
{
    if (!spec.ask("3", option.kind == OriginOption::Kind::Function, {{"Origin", origin, std::nullopt}}))
        return true;
    const bool handsOriginOn = option.function.name == "echo";
    const auto given = askOriginFunction(option.function, origin);
    if (spec.ask("3.1", given.kind == OriginAnswer::Kind::Error))
        return false;
    option = {};
    if (given.kind == OriginAnswer::Kind::Yes)
        option.kind = OriginOption::Kind::True;
    else if (given.kind == OriginAnswer::Kind::Origin)
        option = {OriginOption::Kind::Text, given.origin, {}, {}};
    else if (!handsOriginOn)
        option.kind = OriginOption::Kind::False; // the list says false; an origin that is missing is nothing at all
    spec.let("3.2", "origin", option.text);
    return true;
}

bool FastifyCors::isAllowed(const OriginOption& option, const std::optional<QByteArray>& origin, Spec& spec) const
{
    if (spec.ask("6.3", option.kind == OriginOption::Kind::True, {{"Origin", origin, std::nullopt}}))
        return true;
    for (const auto& candidate : option.candidates)
        if (spec.ask("6.4", candidate.allows(origin), {{"Origin", origin, candidate.text}}))
            return true;
    return false;
}

void FastifyCors::setPreflightHeaders(const RequestMessage& request, NodeResponse& response, Spec& spec) const
{
    response.set("Access-Control-Allow-Methods", m_settings.methods, "7.2", spec);
    const auto requested = request.headers.get(requestHeaders);
    if (spec.ask("7.3", m_settings.allowedHeaders.has_value(), {{requestHeaders, requested, std::nullopt}})) {
        response.set("Access-Control-Allow-Headers", *m_settings.allowedHeaders, "7.3.1", spec);
    } else {
        response.vary(requestHeaders, "7.3.2", spec);
        if (requested)
            response.set("Access-Control-Allow-Headers", *requested, "7.3.3", spec);
    }
    if (m_settings.maxAge)
        response.set("Access-Control-Max-Age", *m_settings.maxAge, "7.4", spec);
    if (!m_settings.cacheControl.isEmpty())
        response.set("Cache-Control", m_settings.cacheControl, "7.5", spec);
}

} // namespace

Result<std::shared_ptr<const Stage>> makeFastifyCors(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    const auto given = [&](const char* name) { return !value(name).isNull(); };
    Settings result;
    auto origin = OriginOption::of(value("origin"), QStringLiteral("origin"));
    if (!origin)
        return origin.error();
    result.origin = std::move(origin).value();
    if (result.origin.lists("*"))
        result.origin = {OriginOption::Kind::Text, "*", {}, {}};
    result.methods = joinedList(value("methods"), ", ").value_or(QByteArray());
    result.allowedHeaders = joinedList(value("allowedHeaders"), ", ");
    result.exposedHeaders = joinedList(value("exposedHeaders"), ", ");
    if (given("maxAge"))
        result.maxAge = writtenNumber(value("maxAge"));
    const auto cacheControl = value("cacheControl");
    result.cacheControl = cacheControl.isDouble() ? QByteArray("max-age=" + writtenNumber(cacheControl))
                                                  : cacheControl.toString().toUtf8();
    result.credentials = isTruthy(value("credentials"));
    result.preflight = value("preflight").toBool();
    result.strictPreflight = value("strictPreflight").toBool();
    result.preflightContinue = value("preflightContinue").toBool();
    const auto hook = value("hook").toString();
    result.onPayloadsOnly = hook == QLatin1String("preSerialization");
    result.afterHandler = result.onPayloadsOnly || hook == QLatin1String("onSend");
    result.optionsSuccessStatus = value("optionsSuccessStatus").toInt();
    if (result.optionsSuccessStatus < 200 || result.optionsSuccessStatus > 599)
        return InputError{QStringLiteral("optionsSuccessStatus"),
                          QCoreApplication::translate("FastifyCors", "a status from 200 to 599"),
                          QString::number(result.optionsSuccessStatus)};
    return std::shared_ptr<const Stage>(std::make_shared<FastifyCors>(settings.title, result));
}

} // namespace corscope
