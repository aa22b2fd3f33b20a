#include "core/backend/frameworks/GinCors.h"

#include "core/backend/frameworks/GinSettings.h"
#include "core/backend/frameworks/SharedResponse.h"
#include "core/base/Ascii.h"

#include <algorithm>

namespace corscope {

namespace {

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";

class GinCors final : public Stage
{
public:
    GinCors(const QString& title, const GinSettings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("gin-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    bool isOriginValid(const RequestMessage& request, const QByteArray& origin, Spec& spec) const;
    StageAnswer preflight(const QByteArray& origin, StageContext& context) const;

    QString m_title;
    const GinSettings m_settings;
};

StageAnswer GinCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    // 1. Without an Origin it is none of its business.
    const auto origin = go::firstLine(request, "Origin");
    if (!spec.ask("1", !origin.isEmpty(), {{"Origin", request.headers.get("Origin"), std::nullopt}}))
        return context.next(request);

    // 2. Nor is a page of this very host, whatever its scheme.
    const auto host = go::hostOf(request, context.server().origin());
    if (spec.ask("2", origin == "http://" + host || origin == "https://" + host, {{"Origin", origin, host}}))
        return context.next(request);

    // 4. Who is not allowed gets nothing at all.
    if (!isOriginValid(request, origin, spec)) {
        const ResponseMessage answer{403, reasonPhrase(403), {}, {}};
        context.decide("4", Verdict::Failure, {{allowOrigin, std::nullopt, origin}}, answer, allowOrigin);
        return {answer};
    }

    // 5. Every OPTIONS counts as a preflight.
    if (spec.ask("5", request.method == "OPTIONS", {{"method", request.method, "OPTIONS"}}))
        return preflight(origin, context);

    SharedResponse response;
    if (m_settings.credentials)
        response.set("Access-Control-Allow-Credentials", "true", "5.1", spec);
    if (!m_settings.exposed.isEmpty())
        response.set("Access-Control-Expose-Headers", m_settings.exposed, "6", spec);
    if (!m_settings.allOrigins)
        response.set("Vary", "Origin", "5.6", spec);
    response.set(allowOrigin, m_settings.allOrigins ? QByteArray("*") : origin, "5.7", spec);

    // 7. The application answers, on the same response.
    spec.step("7");
    auto result = context.next(request);
    if (spec.ask("7.1", result.raised))
        return result;
    response.takeOver(result, "7.2", spec);
    context.decide("7.3", Verdict::Success, {{allowOrigin, result.response.headers.get(allowOrigin), origin}},
                   result.response, allowOrigin);
    return result;
}

bool GinCors::isOriginValid(const RequestMessage& request, const QByteArray& origin, Spec& spec) const
{
    if (spec.ask("3", m_settings.allOrigins))
        return true;
    if (spec.ask("3.1", m_settings.origins.contains(origin),
                 {{"Origin", origin, [&] { return ascii::join(m_settings.origins, ", "); }}}))
        return true;
    const auto text = QString::fromUtf8(origin);
    if (!m_settings.patterns.empty()
        && spec.ask("3.2",
                    std::any_of(m_settings.patterns.begin(), m_settings.patterns.end(),
                                [&](const auto& pattern) { return pattern.match(text).hasMatch(); }),
                    {{"Origin", origin, std::nullopt}}))
        return true;
    // Start and end may overlap.
    if (!m_settings.wildcards.empty()
        && spec.ask("3.3",
                    std::any_of(m_settings.wildcards.begin(), m_settings.wildcards.end(),
                                [&](const auto& wildcard) {
                                    return origin.startsWith(wildcard.prefix) && origin.endsWith(wildcard.suffix);
                                }),
                    {{"Origin", origin, std::nullopt}}))
        return true;
    for (const auto function : {m_settings.function, m_settings.contextFunction})
        if (function != go::OriginFunction::None
            && spec.ask("3.4", go::allows(function, request, origin), {{"Origin", origin, std::nullopt}}))
            return true;
    return false;
}

StageAnswer GinCors::preflight(const QByteArray& origin, StageContext& context) const
{
    auto& spec = context.spec();
    SharedResponse response;
    if (m_settings.credentials)
        response.set("Access-Control-Allow-Credentials", "true", "5.1", spec);
    if (!m_settings.methods.isEmpty())
        response.set("Access-Control-Allow-Methods", m_settings.methods, "5.2", spec);
    if (!m_settings.headers.isEmpty())
        response.set("Access-Control-Allow-Headers", m_settings.headers, "5.3", spec);
    if (!m_settings.maxAge.isEmpty())
        response.set("Access-Control-Max-Age", m_settings.maxAge, "5.4", spec);
    if (m_settings.privateNetwork)
        response.set("Access-Control-Allow-Private-Network", "true", "5.5", spec);
    if (!m_settings.allOrigins)
        for (const char* name : {"Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"})
            response.add("Vary", name, "5.6", spec);
    response.set(allowOrigin, m_settings.allOrigins ? QByteArray("*") : origin, "5.7", spec);
    spec.let("5.8", "status", QByteArray::number(m_settings.status));
    const auto answer = response.ended(m_settings.status);
    context.decide("5.9", Verdict::Success, {{allowOrigin, response.headers().get(allowOrigin), origin}},
                   answer.response, allowOrigin);
    return answer;
}

} // namespace

Result<std::shared_ptr<const Stage>> makeGinCors(const StageSettings& settings)
{
    auto parsed = GinSettings::parse(settings);
    if (!parsed)
        return parsed.error();
    return std::shared_ptr<const Stage>(std::make_shared<GinCors>(settings.title, *parsed));
}

} // namespace corscope
