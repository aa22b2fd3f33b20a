#include "core/backend/frameworks/SpringCors.h"

#include "core/backend/frameworks/ServletRequest.h"
#include "core/backend/frameworks/SharedResponse.h"
#include "core/backend/frameworks/SpringConfiguration.h"
#include "core/base/Ascii.h"

#include <algorithm>

namespace corscope {

namespace {

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";
constexpr char requestMethod[] = "Access-Control-Request-Method";
constexpr char requestHeaders[] = "Access-Control-Request-Headers";
constexpr char requestPrivateNetwork[] = "Access-Control-Request-Private-Network";

bool hasText(const QByteArray& text) { return !servlet::trimmed(text).isEmpty(); }

/// The names in all lines of that header, without empty ones.
QList<QByteArray> requestedNames(const RequestMessage& request)
{
    QList<QByteArray> names;
    for (const auto& line : request.headers.values(requestHeaders))
        for (const auto& item : line.split(','))
            if (hasText(item))
                names.append(servlet::trimmed(item));
    return names;
}

/// What a proxy says of the address that was asked for. Spring 4 goes by it, later versions leave it to a filter.
void adaptToForwarding(const RequestMessage& request, servlet::Address& address)
{
    const auto first = [&](const char* name) {
        const auto line = servlet::firstLine(request, name).value_or(QByteArray());
        return servlet::trimmed(line.left(line.indexOf(',') < 0 ? line.size() : line.indexOf(',')));
    };
    const auto adaptHost = [&](const QByteArray& host) {
        const auto colon = host.indexOf(':', host.lastIndexOf(']') + 1);
        address.host = colon < 0 ? host : host.left(colon);
        address.port = colon < 0 ? -1 : host.mid(colon + 1).toInt();
    };
    auto scheme = first("X-Forwarded-Proto");
    auto host = first("X-Forwarded-Host");
    auto port = first("X-Forwarded-Port");
    if (const auto forwarded = first("Forwarded"); !forwarded.isEmpty()) {
        scheme = host = port = {};
        for (const auto& pair : forwarded.split(';')) {
            const auto name = ascii::lowered(servlet::trimmed(pair.left(pair.indexOf('='))));
            const auto value = servlet::trimmed(pair.mid(pair.indexOf('=') + 1).replace('"', QByteArray()));
            if (name == "proto")
                scheme = value;
            else if (name == "host")
                host = value;
        }
    }
    if (!scheme.isEmpty()) {
        address.scheme = scheme;
        address.port = -1;
    }
    if (!host.isEmpty())
        adaptHost(host);
    if (!port.isEmpty())
        address.port = port.toInt();
}

class SpringCors final : public Stage
{
public:
    SpringCors(const QString& title, const spring::Configuration& configuration)
        : m_title(title), m_configuration(configuration)
    {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("spring-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    enum class Finding { NotCors, Refused, Failed, Checked };
    bool isCovered(const RequestMessage& request, const char* number, Spec& spec) const;
    bool isSameOrigin(const RequestMessage& request, const QByteArray& origin, const ServerConfig& server) const;
    Finding checkOrigin(const QByteArray& origin, QByteArray& granted, Spec& spec) const;
    bool checkMethod(const QByteArray& method, Spec& spec) const;
    bool checkHeaders(const QList<QByteArray>& requested, QList<QByteArray>& allowed, Spec& spec) const;
    StageAnswer refused(const SharedResponse& response, const QByteArray& origin, StageContext& context) const;
    StageAnswer passedOn(const RequestMessage& request, const SharedResponse& response, const char* verdict,
                         StageContext& context) const;

    QString m_title;
    const spring::Configuration m_configuration;
};

StageAnswer SpringCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    const auto& configuration = m_configuration;
    SharedResponse response;
    // 1. Three lines of Vary, since version 5 whatever comes.
    if (!configuration.before5)
        for (const char* name : {"Origin", requestMethod, requestHeaders})
            response.add("Vary", name, "1", spec);

    // 2. Does it carry an Origin?
    const auto line = servlet::firstLine(request, "Origin");
    const auto origin = line.value_or(QByteArray());
    if (!spec.ask("2", line.has_value(), {{"Origin", line, std::nullopt}}))
        return passedOn(request, response, nullptr, context);
    if (configuration.before5 && !isCovered(request, "2.1", spec))
        return passedOn(request, response, nullptr, context);

    // 3. Is it another origin than the request's own?
    if (!configuration.before5 && spec.ask("3", spring::isMalformedOrigin(origin), {{"Origin", origin, std::nullopt}}))
        return refused(response, origin, context);
    const auto asked = servlet::firstLine(request, requestMethod);
    const bool preflight = request.method == "OPTIONS" && asked;
    const bool sameOrigin = spec.ask("3.1", isSameOrigin(request, origin, context.server()),
                                     {{"Origin", origin, request.headers.get("Host")}});
    const std::vector<Input> looksLike{{"method", request.method, "OPTIONS"}, {requestMethod, asked, std::nullopt}};
    if (sameOrigin && !spec.ask("3.2", preflight, looksLike))
        return passedOn(request, response, nullptr, context);
    if (sameOrigin) {
        const auto answer = response.ended(200);
        context.decide("3.3", Verdict::Failure, {{allowOrigin, std::nullopt, origin}}, answer.response, allowOrigin);
        return answer;
    }

    // 4. Is there a configuration for the path, and is it a preflight?
    const bool covered = configuration.before5 || isCovered(request, "4", spec);
    spec.ask("4.1", preflight, looksLike);
    if (!covered)
        return preflight ? refused(response, origin, context) : passedOn(request, response, nullptr, context);

    // 5. to 7. Are origin, method and headers allowed?
    QByteArray granted;
    const auto finding = checkOrigin(origin, granted, spec);
    if (finding == Finding::Failed) {
        const auto answer = response.ended(500);
        context.decide("12", Verdict::Failure, {{allowOrigin, std::nullopt, origin}}, answer.response, allowOrigin);
        return answer;
    }
    const auto method = preflight ? *asked : request.method;
    QList<QByteArray> allowedHeaders;
    if (finding == Finding::Refused || !checkMethod(method, spec)
        || (preflight && !checkHeaders(requestedNames(request), allowedHeaders, spec)))
        return refused(response, origin, context);

    // 8. The headers.
    response.set(allowOrigin, granted, "8", spec);
    if (configuration.before5)
        response.add("Vary", "Origin", "8.1", spec);
    if (preflight)
        response.set("Access-Control-Allow-Methods",
                     configuration.anyMethod ? method : ascii::join(configuration.methods, ","), "8.2", spec);
    if (!allowedHeaders.isEmpty())
        response.set("Access-Control-Allow-Headers", ascii::join(allowedHeaders, ", "), "8.3", spec);
    if (!configuration.exposed.isEmpty())
        response.set("Access-Control-Expose-Headers", ascii::join(configuration.exposed, ", "), "8.4", spec);
    if (configuration.credentials)
        response.set("Access-Control-Allow-Credentials", "true", "8.5", spec);
    if (configuration.privateNetwork
        && ascii::equalIgnoringCase(servlet::firstLine(request, requestPrivateNetwork).value_or(QByteArray()), "true"))
        response.set("Access-Control-Allow-Private-Network", "true", "8.6", spec);
    if (preflight && configuration.maxAge)
        response.set("Access-Control-Max-Age", QByteArray::number(*configuration.maxAge), "8.7", spec);
    if (!preflight)
        return passedOn(request, response, "10.3", context);

    // 9. The application does not see a preflight.
    const auto answer = response.ended(200);
    context.decide("9", Verdict::Success, {{allowOrigin, granted, origin}}, answer.response, allowOrigin);
    return answer;
}

bool SpringCors::isCovered(const RequestMessage& request, const char* number, Spec& spec) const
{
    return spec.ask(number, m_configuration.path.matches(request.path()),
                    {{"path", request.path(), m_configuration.pathText}});
}

bool SpringCors::isSameOrigin(const RequestMessage& request, const QByteArray& origin, const ServerConfig& server) const
{
    auto address = servlet::addressOf(request, server);
    if (m_configuration.before5)
        adaptToForwarding(request, address);
    const auto parts = spring::originParts(origin);
    const auto port = [](const QByteArray& scheme, int number) {
        return number < 0 ? servlet::defaultPort(scheme) : number;
    };
    // Since version 6.2 schemes are read in lower case.
    const auto scheme =
        parts.scheme && !m_configuration.before5 ? std::optional(ascii::lowered(*parts.scheme)) : parts.scheme;
    return scheme == address.scheme && parts.host == address.host
        && port(*scheme, parts.port) == port(address.scheme, address.port);
}

SpringCors::Finding SpringCors::checkOrigin(const QByteArray& origin, QByteArray& granted, Spec& spec) const
{
    const auto& configuration = m_configuration;
    if (!spec.ask("5", hasText(origin), {{"Origin", origin, std::nullopt}}))
        return Finding::Refused;
    granted = origin;
    if (spec.ask("5.1", configuration.anyOrigin)) {
        // Before version 5.3 nobody minded: with credentials the origin was named.
        const bool named = spec.ask("5.2", configuration.credentials);
        if (configuration.before5 && named)
            return Finding::Checked;
        if (named || (!configuration.before5 && spec.ask("5.3", configuration.privateNetwork)))
            return Finding::Failed;
        granted = "*";
        return Finding::Checked;
    }
    const auto compared = configuration.before5 ? origin : spring::withoutTrailingSlash(origin);
    const bool listed = std::any_of(configuration.origins.begin(), configuration.origins.end(),
                                    [&](const auto& allowed) { return ascii::equalIgnoringCase(compared, allowed); });
    if (spec.ask("5.4", listed, {{"Origin", compared, [&] { return ascii::join(configuration.origins, ", "); }}}))
        return Finding::Checked;
    if (configuration.before5)
        return Finding::Refused;
    const bool fits = std::any_of(configuration.patterns.begin(), configuration.patterns.end(),
                                  [&](const auto& pattern) { return pattern.matches(compared); });
    return spec.ask("5.5", fits, {{"Origin", compared, [&] { return ascii::join(configuration.patternTexts, ", "); }}})
        ? Finding::Checked
        : Finding::Refused;
}

bool SpringCors::checkMethod(const QByteArray& method, Spec& spec) const
{
    const auto& configuration = m_configuration;
    const std::vector<Input> inputs{{"method", method, ascii::join(configuration.methods, ", ")}};
    if (configuration.before5 && !spec.ask("6", spring::isKnownMethod(method), inputs))
        return false;
    return spec.ask("6.1", configuration.anyMethod || configuration.methods.contains(method), inputs);
}

bool SpringCors::checkHeaders(const QList<QByteArray>& requested, QList<QByteArray>& allowed, Spec& spec) const
{
    const auto& headers = m_configuration.headers;
    for (const auto& name : requested)
        if (m_configuration.anyHeader || std::any_of(headers.begin(), headers.end(), [&](const auto& header) {
                return ascii::equalIgnoringCase(header, name);
            }))
            allowed.append(name);
    return spec.ask("7", requested.isEmpty() || !allowed.isEmpty(),
                    {{requestHeaders, [&] { return ascii::join(requested, ", "); }, [&] { return ascii::join(headers, ", "); }}});
}

StageAnswer SpringCors::refused(const SharedResponse& response, const QByteArray& origin, StageContext& context) const
{
    const auto answer = response.ended(403, "Invalid CORS request");
    context.decide("11", Verdict::Failure, {{allowOrigin, std::nullopt, origin}}, answer.response, allowOrigin);
    return answer;
}

/// \param verdict number of the rule that says how it ended; null where it was none of the filter's business
StageAnswer SpringCors::passedOn(const RequestMessage& request, const SharedResponse& response, const char* verdict,
                                 StageContext& context) const
{
    auto& spec = context.spec();
    // 10. The application answers, on the same response; the container does if it fails.
    spec.step("10");
    auto result = context.next(request);
    if (spec.ask("10.1", result.raised))
        result = response.ended(500);
    else
        response.takeOver(result, "10.2", spec);
    if (verdict)
        context.decide(verdict, Verdict::Success,
                       {{allowOrigin, result.response.headers.get(allowOrigin), request.headers.get("Origin")}},
                       result.response, allowOrigin);
    return result;
}

} // namespace

Result<std::shared_ptr<const Stage>> makeSpringCors(const StageSettings& settings)
{
    const auto configuration = spring::configurationOf(settings);
    if (!configuration)
        return configuration.error();
    return std::shared_ptr<const Stage>(std::make_shared<SpringCors>(settings.title, *configuration));
}

} // namespace corscope
