#include "core/backend/frameworks/EchoCors.h"

#include "core/backend/frameworks/GoPackage.h"
#include "core/backend/frameworks/SharedResponse.h"
#include "core/base/Ascii.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace corscope {

namespace {

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";
constexpr qsizetype longestAuthority = 253;

struct Settings
{
    QList<QByteArray> origins;
    std::vector<QRegularExpression> patterns; ///< of the origins: `*` any text, `?` any character
    go::OriginFunction function = go::OriginFunction::None;
    QByteArray methods;
    QByteArray headers;
    QByteArray exposed;
    QByteArray maxAge; ///< empty: not sent
    bool credentials = false;
};

QRegularExpression globbed(const QByteArray& origin)
{
    QString pattern;
    for (const QChar c : QString::fromUtf8(origin))
        pattern += c == QLatin1Char('*') ? QStringLiteral(".*")
            : c == QLatin1Char('?')      ? QStringLiteral(".")
                                         : QRegularExpression::escape(QString(c));
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern));
}

/// Label by label from the right; a label `*` takes whatever is left, and there has to be something left.
bool matchesSubdomain(const QByteArray& origin, const QByteArray& allowed)
{
    const auto originScheme = origin.indexOf("://");
    const auto allowedScheme = allowed.indexOf("://");
    if (originScheme < 0 || allowedScheme < 0 || origin.left(origin.indexOf(':')) != allowed.left(allowed.indexOf(':'))
        || origin.size() - originScheme - 3 > longestAuthority)
        return false;
    auto labels = origin.mid(originScheme + 3).split('.');
    auto wanted = allowed.mid(allowedScheme + 3).split('.');
    while (!labels.isEmpty() && !wanted.isEmpty()) {
        const auto label = wanted.takeLast();
        if (label == "*")
            return true;
        if (label != labels.takeLast())
            return false;
    }
    return false;
}

class EchoCors final : public Stage
{
public:
    EchoCors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("echo-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    QByteArray allowedOrigin(const RequestMessage& request, const QByteArray& origin, Spec& spec) const;
    void setPreflightHeaders(const RequestMessage& request, SharedResponse& response, Spec& spec) const;

    QString m_title;
    const Settings m_settings;
};

StageAnswer EchoCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    const auto origin = go::firstLine(request, "Origin");
    SharedResponse response;
    // 1. Caches are told, whatever follows.
    response.add("Vary", "Origin", "1", spec);

    // 2. Does it carry an Origin?
    QByteArray granted;
    if (spec.ask("2", !origin.isEmpty(), {{"Origin", request.headers.get("Origin"), std::nullopt}})) {
        if (m_settings.function == go::OriginFunction::Error) {
            spec.step("3.5");
            const auto answer = response.ended(500, R"({"message":"Internal Server Error"})");
            context.decide("3.6", Verdict::Failure, {}, answer.response, allowOrigin);
            return answer;
        }
        granted = allowedOrigin(request, origin, spec);
    }

    // 4. Every OPTIONS counts as a preflight and ends here.
    if (spec.ask("4", request.method == "OPTIONS", {{"method", request.method, "OPTIONS"}})) {
        if (!granted.isEmpty()) {
            response.add("Vary", "Access-Control-Request-Method", "1", spec);
            response.add("Vary", "Access-Control-Request-Headers", "1", spec);
            response.set(allowOrigin, granted, "5", spec);
            setPreflightHeaders(request, response, spec);
        }
        const auto answer = response.ended(204);
        context.decide("4.1", granted.isEmpty() ? Verdict::Failure : Verdict::Success,
                       {{allowOrigin, response.headers().get(allowOrigin), origin}}, answer.response, allowOrigin);
        return answer;
    }
    if (!granted.isEmpty()) {
        response.set(allowOrigin, granted, "5", spec);
        if (m_settings.credentials)
            response.set("Access-Control-Allow-Credentials", "true", "5.1", spec);
        if (!m_settings.exposed.isEmpty())
            response.set("Access-Control-Expose-Headers", m_settings.exposed, "6", spec);
    }

    // 7. The application answers, on the same response.
    spec.step("7");
    auto result = context.next(request);
    if (spec.ask("7.1", result.raised))
        return result;
    response.takeOver(result, "7.2", spec);
    context.decide("7.3", granted.isEmpty() ? Verdict::Failure : Verdict::Success,
                   {{allowOrigin, result.response.headers.get(allowOrigin), origin}}, result.response, allowOrigin);
    return result;
}

QByteArray EchoCors::allowedOrigin(const RequestMessage& request, const QByteArray& origin, Spec& spec) const
{
    if (m_settings.function != go::OriginFunction::None)
        return spec.ask("3.4", go::allows(m_settings.function, request, origin), {{"Origin", origin, std::nullopt}})
            ? origin
            : QByteArray();
    const auto list = ascii::join(m_settings.origins, ", ");
    // 3.1 One entry after the other, as it stands or with `*` for the labels on its left.
    for (const auto& allowed : m_settings.origins) {
        QByteArray granted;
        if (allowed == "*")
            granted = m_settings.credentials ? origin : allowed;
        else if (allowed == origin || matchesSubdomain(origin, allowed))
            granted = origin;
        if (!granted.isEmpty()) {
            spec.ask("3.1", true, {{"Origin", origin, list}});
            return granted;
        }
    }
    spec.ask("3.1", false, {{"Origin", origin, list}});

    // 3.2 And once more as patterns.
    const auto scheme = origin.indexOf("://");
    const bool shaped = scheme >= 0 && origin.size() - scheme - 3 <= longestAuthority;
    const auto text = QString::fromUtf8(origin);
    const bool fits = shaped
        && std::any_of(m_settings.patterns.begin(), m_settings.patterns.end(),
                       [&](const auto& pattern) { return pattern.match(text).hasMatch(); });
    return spec.ask("3.2", fits, {{"Origin", origin, list}}) ? origin : QByteArray();
}

void EchoCors::setPreflightHeaders(const RequestMessage& request, SharedResponse& response, Spec& spec) const
{
    response.set("Access-Control-Allow-Methods", m_settings.methods, "5.2", spec);
    if (m_settings.credentials)
        response.set("Access-Control-Allow-Credentials", "true", "5.1", spec);
    const auto requested = go::firstLine(request, "Access-Control-Request-Headers");
    if (!m_settings.headers.isEmpty())
        response.set("Access-Control-Allow-Headers", m_settings.headers, "5.3", spec);
    else if (!requested.isEmpty())
        response.set("Access-Control-Allow-Headers", requested, "5.4", spec);
    if (!m_settings.maxAge.isEmpty())
        response.set("Access-Control-Max-Age", m_settings.maxAge, "5.5", spec);
}

} // namespace

Result<std::shared_ptr<const Stage>> makeEchoCors(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    const auto joined = [&](const char* name) { return ascii::join(go::strings(value(name)), ","); };
    Settings result;
    result.origins = go::strings(value("AllowOrigins"));
    if (result.origins.isEmpty())
        result.origins = {"*"};
    for (const auto& origin : result.origins)
        result.patterns.push_back(globbed(origin));
    result.function = go::originFunction(value("AllowOriginFunc"));
    result.methods = joined("AllowMethods");
    if (value("AllowMethods").toArray().isEmpty())
        result.methods = "GET,HEAD,PUT,PATCH,POST,DELETE";
    result.headers = joined("AllowHeaders");
    result.exposed = joined("ExposeHeaders");
    result.credentials = value("AllowCredentials").toBool();
    if (const auto maxAge = value("MaxAge").toInteger(); maxAge > 0)
        result.maxAge = QByteArray::number(maxAge);
    return std::shared_ptr<const Stage>(std::make_shared<EchoCors>(settings.title, result));
}

} // namespace corscope
