#include "core/backend/frameworks/KoaCors.h"

#include "core/backend/frameworks/NodeResponse.h"
#include "core/backend/frameworks/OriginFunction.h"
#include "core/backend/frameworks/OriginOption.h"

#include <QJsonArray>

namespace corscope {

namespace {

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";

struct Settings
{
    OriginOption origin;
    QByteArray methods;
    QByteArray allowHeaders;
    QByteArray exposeHeaders;
    QByteArray maxAge;
    bool credentials = false;
    bool keepHeadersOnError = true;
    bool secureContext = false;
    bool privateNetworkAccess = false;
};

class KoaCors final : public Stage
{
public:
    KoaCors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("koa-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    StageAnswer handOn(const RequestMessage& request, const NodeResponse& response, bool keep,
                       StageContext& context) const;
    std::optional<QList<QByteArray>> allowedOrigins(const QByteArray& origin, Spec& spec) const;
    void setOrigins(const QList<QByteArray>& origins, const char* number, NodeResponse& response, Spec& spec) const;
    void setSecureContext(const char* number, NodeResponse& response, Spec& spec) const;
    ResponseMessage preflightAnswer(const RequestMessage& request, NodeResponse& response, Spec& spec) const;

    QString m_title;
    const Settings m_settings;
};

StageAnswer KoaCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    const auto origin = request.headers.get("Origin").value_or(QByteArray());
    NodeResponse response;

    // 1. Before anything is decided.
    response.vary("Origin", "1", spec);

    // 2. Which origins the answer will name. A function may say none.
    auto origins = allowedOrigins(origin, spec);
    if (!origins)
        return handOn(request, response, false, context);

    // 3. Everyone, and with credentials: that is the origin that asks.
    if (spec.ask("3", m_settings.credentials && origins->size() == 1 && origins->first() == "*"
                     && m_settings.origin.kind != OriginOption::Kind::Match)) {
        origins = {origin};
        spec.let("3.1", "origin", origin);
    }

    // 4. An actual request.
    if (spec.ask("4", request.method != "OPTIONS", {{"method", request.method, "OPTIONS"}})) {
        setOrigins(*origins, "4.1", response, spec);
        if (m_settings.credentials)
            response.set("Access-Control-Allow-Credentials", "true", "4.2", spec);
        if (!m_settings.exposeHeaders.isEmpty())
            response.set("Access-Control-Expose-Headers", m_settings.exposeHeaders, "4.3", spec);
        setSecureContext("4.4", response, spec);
        return handOn(request, response, m_settings.keepHeadersOnError, context);
    }

    // 5. OPTIONS, but no preflight?
    const auto method = request.headers.get("Access-Control-Request-Method");
    if (spec.ask("5", method.value_or(QByteArray()).isEmpty(),
                 {{"Access-Control-Request-Method", method, std::nullopt}}))
        return handOn(request, response, false, context);

    // 6. A preflight.
    setOrigins(*origins, "6.1", response, spec);
    const auto answer = preflightAnswer(request, response, spec);
    decideByOrigin("6.8", request.headers.get("Origin"), answer, context);
    return {answer};
}

StageAnswer KoaCors::handOn(const RequestMessage& request, const NodeResponse& response, bool keep,
                            StageContext& context) const
{
    auto& spec = context.spec();
    // 7. The rest of the application, on the same response.
    spec.step("7");
    auto result = context.next(request);
    if (spec.ask("7.1", result.raised)) {
        // 7.2 Koa takes all headers off for an error, except for those that the error carries.
        if (spec.ask("7.2", keep)) {
            for (const auto& header : response.headers())
                result.response.headers.remove(header.name);
            for (const auto& header : response.headers())
                result.response.headers.append(header.name, header.value);
        }
        return result;
    }
    response.takeOver(result.response, "7.3", spec, NodeResponse::HandlerVary::Combined);
    decideByOrigin("7.4", request.headers.get("Origin"), result.response, context);
    return result;
}

std::optional<QList<QByteArray>> KoaCors::allowedOrigins(const QByteArray& origin, Spec& spec) const
{
    const auto& option = m_settings.origin;
    if (spec.ask("2", option.kind == OriginOption::Kind::Function, {{"Origin", origin, std::nullopt}})) {
        const auto given = askOriginFunction(option.function, origin);
        if (!spec.ask("2.1", given.kind == OriginAnswer::Kind::Origin))
            return std::nullopt;
        spec.let("2.2", "origin", given.origin);
        return QList<QByteArray>{given.origin};
    }
    QList<QByteArray> origins;
    for (const auto& candidate : option.candidates)
        origins.append(candidate.text);
    if (option.kind != OriginOption::Kind::Match)
        origins = {option.isFalsy() ? QByteArray("*") : option.text};
    return origins;
}

void KoaCors::setOrigins(const QList<QByteArray>& origins, const char* number, NodeResponse& response,
                         Spec& spec) const
{
    for (const auto& origin : origins)
        response.append(allowOrigin, origin, number, spec);
}

void KoaCors::setSecureContext(const char* number, NodeResponse& response, Spec& spec) const
{
    if (!m_settings.secureContext)
        return;
    response.set("Cross-Origin-Opener-Policy", "same-origin", number, spec);
    response.set("Cross-Origin-Embedder-Policy", "require-corp", number, spec);
}

ResponseMessage KoaCors::preflightAnswer(const RequestMessage& request, NodeResponse& response, Spec& spec) const
{
    if (m_settings.credentials)
        response.set("Access-Control-Allow-Credentials", "true", "6.2", spec);
    if (!m_settings.maxAge.isEmpty())
        response.set("Access-Control-Max-Age", m_settings.maxAge, "6.3", spec);
    const auto network = request.headers.get("Access-Control-Request-Private-Network").value_or(QByteArray());
    if (m_settings.privateNetworkAccess && !network.isEmpty())
        response.set("Access-Control-Allow-Private-Network", "true", "6.4", spec);
    if (!m_settings.methods.isEmpty())
        response.set("Access-Control-Allow-Methods", m_settings.methods, "6.5", spec);
    setSecureContext("6.6", response, spec);
    const auto requested = request.headers.get("Access-Control-Request-Headers");
    const bool given = spec.ask("6.7", !m_settings.allowHeaders.isEmpty(),
                                {{"Access-Control-Request-Headers", requested, std::nullopt}});
    const auto headers = given ? m_settings.allowHeaders : requested.value_or(QByteArray());
    if (!headers.isEmpty())
        response.set("Access-Control-Allow-Headers", headers, given ? "6.7.1" : "6.7.2", spec);
    return ownAnswer(204, response.headers());
}

} // namespace

Result<std::shared_ptr<const Stage>> makeKoaCors(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    const auto joined = [&](const char* name) { return joinedList(value(name), ",").value_or(QByteArray()); };
    auto origin = OriginOption::of(value("origin"), QStringLiteral("origin"));
    if (!origin)
        return origin.error();
    Settings result;
    result.origin = std::move(origin).value();
    result.methods = joined("allowMethods");
    result.allowHeaders = joined("allowHeaders");
    result.exposeHeaders = joined("exposeHeaders");
    result.maxAge = isTruthy(value("maxAge")) ? writtenNumber(value("maxAge")) : QByteArray();
    result.credentials = isTruthy(value("credentials"));
    result.keepHeadersOnError = value("keepHeadersOnError").toBool();
    result.secureContext = value("secureContext").toBool();
    result.privateNetworkAccess = value("privateNetworkAccess").toBool();
    return std::shared_ptr<const Stage>(std::make_shared<KoaCors>(settings.title, result));
}

} // namespace corscope
