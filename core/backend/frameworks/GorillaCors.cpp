#include "core/backend/frameworks/GorillaCors.h"

#include "core/backend/frameworks/GoPackage.h"
#include "core/backend/frameworks/SharedResponse.h"
#include "core/base/Ascii.h"

namespace corscope {

namespace {

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";
constexpr char requestMethod[] = "Access-Control-Request-Method";
constexpr char requestHeaders[] = "Access-Control-Request-Headers";
constexpr qint64 longestMaxAge = 600;

const QList<QByteArray> defaultMethods{"GET", "HEAD", "POST"};
const QList<QByteArray> defaultHeaders{"Accept", "Accept-Language", "Content-Language", "Origin"};

struct Settings
{
    QList<QByteArray> origins; ///< empty: all
    go::OriginFunction validator = go::OriginFunction::None;
    QList<QByteArray> methods;
    QList<QByteArray> headers; ///< with those that are always allowed
    QList<QByteArray> exposed;
    QByteArray maxAge; ///< empty: not sent
    bool credentials = false;
    bool ignoreOptions = false;
    int status = 200;
};

class GorillaCors final : public Stage
{
public:
    GorillaCors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("gorilla-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    bool isOriginAllowed(const RequestMessage& request, const QByteArray& origin, Spec& spec) const;
    /// The status with which the preflight is refused; 0 where it is not.
    int preflight(const RequestMessage& request, SharedResponse& response, Spec& spec) const;

    QString m_title;
    const Settings m_settings;
};

StageAnswer GorillaCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    const auto origin = go::firstLine(request, "Origin");
    const auto ended = [&](const char* number, int status, const SharedResponse& response) {
        const auto answer = response.ended(status);
        const auto granted = response.headers().get(allowOrigin);
        context.decide(number, granted ? Verdict::Success : Verdict::Failure, {{allowOrigin, granted, origin}},
                       answer.response, allowOrigin);
        return answer;
    };

    // 1. Whose origin is not allowed, or who has none, gets no header.
    const bool allowed = isOriginAllowed(request, origin, spec);
    // 2. OPTIONS ends here, unless it is ignored.
    const bool options = spec.ask("2", request.method == "OPTIONS", {{"method", request.method, "OPTIONS"}});
    if (options && spec.ask("2.1", m_settings.ignoreOptions))
        return context.next(request);
    if (!allowed && options)
        return ended("2.2", 200, {});
    if (!allowed) {
        auto result = context.next(request);
        context.decide("7.3", Verdict::Failure, {{allowOrigin, std::nullopt, origin}}, result.response, allowOrigin);
        return result;
    }

    SharedResponse response;
    if (options) {
        if (const int refused = preflight(request, response, spec))
            return ended("3.4", refused, {});
    } else if (!m_settings.exposed.isEmpty()) {
        response.set("Access-Control-Expose-Headers", ascii::join(m_settings.exposed, ","), "6", spec);
    }
    if (m_settings.credentials)
        response.set("Access-Control-Allow-Credentials", "true", "5.1", spec);
    if (m_settings.origins.size() > 1)
        response.set("Vary", "Origin", "5.2", spec);
    const bool everyone = m_settings.origins.contains("*")
        || (m_settings.origins.isEmpty() && m_settings.validator == go::OriginFunction::None);
    response.set(allowOrigin, everyone ? QByteArray("*") : origin, "5", spec);
    if (options)
        return ended("4.4", m_settings.status, response);

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

bool GorillaCors::isOriginAllowed(const RequestMessage& request, const QByteArray& origin, Spec& spec) const
{
    if (!spec.ask("1", !origin.isEmpty(), {{"Origin", request.headers.get("Origin"), std::nullopt}}))
        return false;
    if (m_settings.validator != go::OriginFunction::None)
        return spec.ask("1.1", go::allows(m_settings.validator, request, origin), {{"Origin", origin, std::nullopt}});
    const auto& origins = m_settings.origins;
    return spec.ask("1.2", origins.isEmpty() || origins.contains("*") || origins.contains(origin),
                    {{"Origin", origin, [&] { return ascii::join(origins, ", "); }}});
}

int GorillaCors::preflight(const RequestMessage& request, SharedResponse& response, Spec& spec) const
{
    // 3. What is asked for has to be named, and allowed.
    if (!spec.ask("3", request.headers.contains(requestMethod),
                  {{requestMethod, request.headers.get(requestMethod), std::nullopt}}))
        return 400;
    const auto method = go::firstLine(request, requestMethod);
    if (!spec.ask("3.1", m_settings.methods.contains(method),
                  {{"method", method, [&] { return ascii::join(m_settings.methods, ", "); }}}))
        return 405;
    QList<QByteArray> named;
    for (const auto& part : go::firstLine(request, requestHeaders).split(',')) {
        const auto name = go::canonicalHeaderKey(part.trimmed());
        if (name.isEmpty() || defaultHeaders.contains(name))
            continue;
        if (!spec.ask("3.2", m_settings.headers.contains(name),
                      {{"header", name, [&] { return ascii::join(m_settings.headers, ", "); }}}))
            return 403;
        named.append(name);
    }

    // 4. Only what a browser could not know goes back.
    if (!named.isEmpty())
        response.set("Access-Control-Allow-Headers", ascii::join(named, ","), "4.1", spec);
    if (!m_settings.maxAge.isEmpty())
        response.set("Access-Control-Max-Age", m_settings.maxAge, "4.2", spec);
    if (!defaultMethods.contains(method))
        response.set("Access-Control-Allow-Methods", method, "4.3", spec);
    return 0;
}

/// Trimmed and spelled, each once, empty ones left out; behind those that are there already.
QList<QByteArray> spelled(const QJsonValue& names, QByteArray (*spell)(const QByteArray&),
                          QList<QByteArray> result = {})
{
    for (const auto& item : go::strings(names)) {
        const auto name = spell(item.trimmed());
        if (!name.isEmpty() && !result.contains(name))
            result.append(name);
    }
    return result;
}

} // namespace

Result<std::shared_ptr<const Stage>> makeGorillaCors(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    Settings result;
    result.origins = go::strings(value("AllowedOrigins"));
    if (result.origins.contains("*"))
        result.origins = {"*"};
    result.validator = go::originFunction(value("AllowedOriginValidator"));
    result.methods = spelled(value("AllowedMethods"), [](const QByteArray& method) { return ascii::uppered(method); });
    result.headers = spelled(value("AllowedHeaders"), go::canonicalHeaderKey, defaultHeaders);
    result.exposed = spelled(value("ExposedHeaders"), go::canonicalHeaderKey);
    if (const auto maxAge = std::min(value("MaxAge").toInteger(), longestMaxAge); maxAge > 0)
        result.maxAge = QByteArray::number(maxAge);
    result.credentials = value("AllowCredentials").toBool();
    result.ignoreOptions = value("IgnoreOptions").toBool();
    result.status = value("OptionStatusCode").toInt();
    return std::shared_ptr<const Stage>(std::make_shared<GorillaCors>(settings.title, result));
}

} // namespace corscope
