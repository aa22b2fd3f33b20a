#include "core/backend/frameworks/Jub0bsCors.h"

#include "core/backend/frameworks/Jub0bsSettings.h"
#include "core/backend/frameworks/SharedResponse.h"
#include "core/base/Ascii.h"

#include <algorithm>

namespace corscope {

namespace {

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";
constexpr char requestMethod[] = "Access-Control-Request-Method";
constexpr char requestHeaders[] = "Access-Control-Request-Headers";
constexpr int mostEmptyElements = 16;
constexpr int mostSpaceBytes = 2; ///< around one element

/// As browsers send them: lower case, sorted, each once, with little space and few empty elements.
bool areListed(const QList<QByteArray>& lines, const QList<QByteArray>& allowed)
{
    qsizetype next = 0;
    int empty = 0;
    for (const auto& part : ascii::join(lines, ",").split(',')) {
        const auto name = ascii::trimmedTabOrSpace(part).toByteArray();
        if (part.size() - name.size() > mostSpaceBytes)
            return false;
        if (name.isEmpty()) {
            if (++empty > mostEmptyElements)
                return false;
            continue;
        }
        const auto place = allowed.indexOf(name, next);
        if (place < 0)
            return false;
        next = place + 1;
    }
    return true;
}

class Jub0bsCors final : public Stage
{
public:
    Jub0bsCors(const QString& title, const Jub0bsSettings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("jub0bs-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    bool allows(const QByteArray& origin, Spec& spec) const;
    void setActualHeaders(const std::optional<QByteArray>& origin, bool options, SharedResponse& response,
                          Spec& spec) const;
    StageAnswer preflight(const RequestMessage& request, const QByteArray& origin, StageContext& context) const;
    bool grantsOrigin(const QByteArray& origin, SharedResponse& response, Spec& spec) const;
    bool grantsMethod(const QByteArray& method, SharedResponse& response, Spec& spec) const;
    bool grantsHeaders(const QList<QByteArray>& lines, SharedResponse& response, Spec& spec) const;

    QString m_title;
    const Jub0bsSettings m_settings;
};

StageAnswer Jub0bsCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    const auto origins = request.headers.values("Origin");
    const auto origin = origins.isEmpty() ? std::nullopt : std::optional(origins.first());
    const bool options = request.method == "OPTIONS";

    // 1. Is it a preflight, exactly as the Fetch standard has it?
    if (spec.ask("1", origin && options && request.headers.contains(requestMethod),
                 {{"method", request.method, "OPTIONS"},
                  {"Origin", origin, std::nullopt},
                  {requestMethod, request.headers.get(requestMethod), std::nullopt}}))
        return preflight(request, *origin, context);

    SharedResponse response;
    setActualHeaders(origin, options, response, spec);

    // 7. The application answers, on the same response.
    spec.step("7");
    auto result = context.next(request);
    if (spec.ask("7.1", result.raised))
        return result;
    response.takeOver(result, "7.2", spec);
    context.decide("7.3", response.headers().contains(allowOrigin) ? Verdict::Success : Verdict::Failure,
                   {{allowOrigin, result.response.headers.get(allowOrigin), origin}}, result.response, allowOrigin);
    return result;
}

bool Jub0bsCors::allows(const QByteArray& origin, Spec& spec) const
{
    const bool fits = std::any_of(m_settings.origins.begin(), m_settings.origins.end(),
                                  [&](const auto& pattern) { return pattern.contains(origin); });
    return spec.ask("3.1", fits, {{"Origin", origin, [&] { return ascii::join(m_settings.originTexts, ", "); }}});
}

void Jub0bsCors::setActualHeaders(const std::optional<QByteArray>& origin, bool options, SharedResponse& response,
                                  Spec& spec) const
{
    if (!spec.ask("3", m_settings.anyOrigin)) {
        // 2. No cache keeps answers to OPTIONS.
        if (!options)
            response.add("Vary", "Origin", "2", spec);
        if (!origin || !allows(*origin, spec))
            return;
    }
    response.set(allowOrigin, m_settings.anyOrigin ? QByteArray("*") : *origin, "5", spec);
    if (m_settings.credentialed)
        response.set("Access-Control-Allow-Credentials", "true", "5.1", spec);
    if (!m_settings.responseHeaders.isEmpty())
        response.set("Access-Control-Expose-Headers", m_settings.responseHeaders, "6", spec);
}

StageAnswer Jub0bsCors::preflight(const RequestMessage& request, const QByteArray& origin, StageContext& context) const
{
    auto& spec = context.spec();
    const auto ended = [&](int status, const SharedResponse& response, Verdict verdict) {
        const auto answer = response.ended(status);
        spec.let("4.6", "status", QByteArray::number(status));
        context.decide("4.7", verdict, {{allowOrigin, response.headers().get(allowOrigin), origin}}, answer.response,
                       allowOrigin);
        return answer;
    };

    // 4. Without any method or header that needs permission, no preflight can be meant.
    if (!spec.ask("4", m_settings.allowsAnyPreflight() || m_settings.debug))
        return ended(403, {}, Verdict::Failure);

    SharedResponse response;
    if (!grantsOrigin(origin, response, spec))
        return ended(403, {}, Verdict::Failure);
    if (!grantsMethod(request.headers.values(requestMethod).first(), response, spec)
        || !grantsHeaders(request.headers.values(requestHeaders), response, spec)) {
        // 4.5 With debug mode on, the browser is to see how far it came.
        if (spec.ask("4.5", m_settings.debug))
            return ended(204, response, Verdict::Failure);
        return ended(403, {}, Verdict::Failure);
    }
    if (!m_settings.maxAge.isEmpty())
        response.set("Access-Control-Max-Age", m_settings.maxAge, "5.4", spec);
    return ended(204, response, Verdict::Success);
}

bool Jub0bsCors::grantsOrigin(const QByteArray& origin, SharedResponse& response, Spec& spec) const
{
    const bool any = spec.ask("3", m_settings.anyOrigin);
    if (!any && !allows(origin, spec))
        return false;
    response.set(allowOrigin, any ? QByteArray("*") : origin, "5", spec);
    if (m_settings.credentialed)
        response.set("Access-Control-Allow-Credentials", "true", "5.1", spec);
    return true;
}

bool Jub0bsCors::grantsMethod(const QByteArray& method, SharedResponse& response, Spec& spec) const
{
    // 4.1 What needs no permission is not named.
    if (spec.ask("4.1", method == "GET" || method == "HEAD" || method == "POST", {{"method", method, std::nullopt}}))
        return true;
    const auto allowed = m_settings.anyMethod ? QByteArray("*") : ascii::join(m_settings.methods, ", ");
    if (!spec.ask("4.2", m_settings.anyMethod || m_settings.methods.contains(method), {{"method", method, allowed}}))
        return false;
    const bool star = m_settings.anyMethod && !m_settings.credentialed;
    response.set("Access-Control-Allow-Methods", star ? QByteArray("*") : method, "5.2", spec);
    return true;
}

bool Jub0bsCors::grantsHeaders(const QList<QByteArray>& lines, SharedResponse& response, Spec& spec) const
{
    if (!spec.ask("4.3", !lines.isEmpty(), {{requestHeaders, [&] { return ascii::join(lines, ", "); }, std::nullopt}}))
        return true;
    const bool any = m_settings.anyRequestHeader;
    const bool allowed = any
        || (m_settings.debug ? !m_settings.requestHeadersValue.isEmpty() : areListed(lines, m_settings.requestHeaders));
    if (!spec.ask("4.4", allowed, {{requestHeaders, [&] { return ascii::join(lines, ", "); }, m_settings.requestHeadersValue}}))
        return false;
    if (any ? !m_settings.credentialed : m_settings.debug) {
        response.set("Access-Control-Allow-Headers", m_settings.requestHeadersValue, "5.3", spec);
        return true;
    }
    response.set("Access-Control-Allow-Headers", lines.first(), "5.3", spec);
    for (qsizetype i = 1; i < lines.size(); ++i)
        response.add("Access-Control-Allow-Headers", lines[i], "5.3", spec);
    return true;
}

} // namespace

Result<std::shared_ptr<const Stage>> makeJub0bsCors(const StageSettings& settings)
{
    auto parsed = Jub0bsSettings::parse(settings);
    if (!parsed)
        return parsed.error();
    return std::shared_ptr<const Stage>(std::make_shared<Jub0bsCors>(settings.title, *parsed));
}

} // namespace corscope
