#include "core/backend/frameworks/ExpressCors.h"

#include "core/backend/frameworks/JavaScriptPattern.h"
#include "core/backend/frameworks/NodeResponse.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace corscope {

namespace {

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";
constexpr char requestHeaders[] = "Access-Control-Request-Headers";

/// Something that an origin is held against: a string, or a pattern.
struct Candidate
{
    QByteArray text;
    std::optional<QRegularExpression> pattern;

    bool allows(const std::optional<QByteArray>& origin) const
    {
        // A pattern is asked about a missing origin as well, as the word "undefined".
        if (pattern)
            return pattern->match(QString::fromUtf8(origin.value_or("undefined"))).hasMatch();
        return origin == text;
    }
};

/// What a list or a string becomes on the wire; null where the option was not given, which is not the empty text.
std::optional<QByteArray> listText(const QJsonValue& value)
{
    if (value.isString())
        return value.toString().toUtf8();
    if (!value.isArray())
        return std::nullopt;
    QList<QByteArray> items;
    for (const auto& item : value.toArray())
        items.append(item.toString().toUtf8());
    return ascii::join(items, ",");
}

struct Settings
{
    enum class Origin {
        Off,     ///< false, null or ""
        Any,     ///< "*"
        Fixed,   ///< another string
        Reflect, ///< true
        Match,   ///< list or pattern
    };
    Origin origin = Origin::Any;
    QByteArray fixedOrigin;
    std::vector<Candidate> candidates;
    QByteArray methods;
    std::optional<QByteArray> allowedHeaders;
    QByteArray exposedHeaders;
    bool credentials = false;
    QByteArray maxAge;
    bool preflightContinue = false;
    int optionsSuccessStatus = 204;
};

class ExpressCors final : public Stage
{
public:
    ExpressCors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("express-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    void setOrigin(const std::optional<QByteArray>& origin, NodeResponse& response, Spec& spec) const;
    void setPreflightHeaders(const RequestMessage& request, NodeResponse& response, Spec& spec) const;
    bool isAllowed(const std::optional<QByteArray>& origin, Spec& spec) const;
    void decide(const char* number, const std::optional<QByteArray>& origin, const ResponseMessage& answer,
                StageContext& context) const;

    QString m_title;
    const Settings m_settings;
};

StageAnswer ExpressCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    const auto origin = request.headers.get("Origin");
    NodeResponse response;

    // 1. Is the middleware told about any origin? If not, it steps aside.
    if (!spec.ask("1", m_settings.origin != Settings::Origin::Off)) {
        spec.step("1.1");
        return context.next(request);
    }

    // 2. Is it OPTIONS? Every OPTIONS counts as a preflight, whatever else it says.
    const bool preflight =
        spec.ask("2", request.method == "OPTIONS", {{"method", request.method, "OPTIONS"}});

    // 3. to 5. Headers are put on the response before anybody else sees it.
    setOrigin(origin, response, spec);
    if (spec.ask("4", m_settings.credentials))
        response.set("Access-Control-Allow-Credentials", "true", "4.1", spec);
    if (preflight)
        setPreflightHeaders(request, response, spec);
    if (!m_settings.exposedHeaders.isEmpty())
        response.set("Access-Control-Expose-Headers", m_settings.exposedHeaders, "6", spec);

    // 7. A preflight ends here.
    if (preflight && !spec.ask("7", m_settings.preflightContinue)) {
        ResponseMessage answer{m_settings.optionsSuccessStatus, reasonPhrase(m_settings.optionsSuccessStatus),
                               response.headers(), {}};
        answer.headers.append("Content-Length", "0");
        spec.let("7.1", "status", QByteArray::number(answer.status));
        decide("7.2", origin, answer, context);
        return {answer};
    }

    // 8. The application answers, on the same response.
    spec.step("8");
    auto result = context.next(request);
    if (spec.ask("8.1", result.raised))
        return result;
    response.takeOver(result.response, "8.2", spec);
    decide("8.3", origin, result.response, context);
    return result;
}

void ExpressCors::setOrigin(const std::optional<QByteArray>& origin, NodeResponse& response, Spec& spec) const
{
    // 3.1 Everyone?
    if (spec.ask("3.1", m_settings.origin == Settings::Origin::Any)) {
        response.set(allowOrigin, "*", "3.1.1", spec);
        return;
    }
    // 3.2 One string: it is sent to everyone, as it stands.
    if (spec.ask("3.2", m_settings.origin == Settings::Origin::Fixed)) {
        response.set(allowOrigin, m_settings.fixedOrigin, "3.2.1", spec);
    } else if (const bool allowed = isAllowed(origin, spec); allowed && origin && !origin->isEmpty()) {
        response.set(allowOrigin, *origin, "3.5", spec);
    }
    response.vary("Origin", "3.6", spec);
}

bool ExpressCors::isAllowed(const std::optional<QByteArray>& origin, Spec& spec) const
{
    // 3.3 Whoever asks?
    if (spec.ask("3.3", m_settings.origin == Settings::Origin::Reflect, {{"Origin", origin, std::nullopt}}))
        return true;
    // 3.4 One after the other; the first that fits is enough.
    for (const auto& candidate : m_settings.candidates)
        if (spec.ask("3.4", candidate.allows(origin), {{"Origin", origin, candidate.text}}))
            return true;
    return false;
}

void ExpressCors::setPreflightHeaders(const RequestMessage& request, NodeResponse& response, Spec& spec) const
{
    // 5.1 The methods, as configured. What the preflight asks for is not looked at.
    if (!m_settings.methods.isEmpty())
        response.set("Access-Control-Allow-Methods", m_settings.methods, "5.1", spec);

    // 5.2 The headers: the configured ones, or those that were asked for.
    const auto requested = request.headers.get(requestHeaders);
    if (spec.ask("5.2", m_settings.allowedHeaders.has_value(), {{requestHeaders, requested, std::nullopt}})) {
        if (!m_settings.allowedHeaders->isEmpty())
            response.set("Access-Control-Allow-Headers", *m_settings.allowedHeaders, "5.2.1", spec);
    } else {
        response.vary(requestHeaders, "5.2.2", spec);
        if (requested && !requested->isEmpty())
            response.set("Access-Control-Allow-Headers", *requested, "5.2.3", spec);
    }

    // 5.3 How long it holds.
    if (!m_settings.maxAge.isEmpty())
        response.set("Access-Control-Max-Age", m_settings.maxAge, "5.3", spec);
}

/// The middleware has no verdict of its own; what it put on the answer is one.
void ExpressCors::decide(const char* number, const std::optional<QByteArray>& origin, const ResponseMessage& answer,
                         StageContext& context) const
{
    if (!context.spec().listening())
        return;
    const auto allowed = answer.headers.get(allowOrigin);
    const bool granted = allowed && (allowed == "*" || !origin || allowed == origin);
    context.decide(number, granted ? Verdict::Success : Verdict::Failure, {{allowOrigin, allowed, origin}}, answer,
                   allowOrigin);
}

Result<Candidate> candidateOf(const QJsonValue& value)
{
    if (value.isString())
        return Candidate{value.toString().toUtf8(), std::nullopt};
    const auto source = value[QLatin1String("regex")].toString();
    const auto flags = value[QLatin1String("flags")].toString();
    const auto pattern = javaScriptPattern(source, flags);
    if (!pattern)
        return pattern.error();
    return Candidate{QString(QLatin1Char('/') + source + QLatin1Char('/') + flags).toUtf8(), *pattern};
}

} // namespace

Result<std::shared_ptr<const Stage>> makeExpressCors(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    Settings result;

    const auto origin = value("origin");
    if (origin.isBool()) {
        result.origin = origin.toBool() ? Settings::Origin::Reflect : Settings::Origin::Off;
    } else if (origin.isString()) {
        result.fixedOrigin = origin.toString().toUtf8();
        result.origin = result.fixedOrigin == "*" ? Settings::Origin::Any
            : result.fixedOrigin.isEmpty()        ? Settings::Origin::Off
                                                  : Settings::Origin::Fixed;
    } else if (origin.isNull()) {
        result.origin = Settings::Origin::Off;
    } else {
        result.origin = Settings::Origin::Match;
        const auto items = origin.isArray() ? origin.toArray() : QJsonArray{origin};
        for (qsizetype i = 0; i < items.size(); ++i) {
            const auto candidate = candidateOf(items[i]);
            if (!candidate)
                return InputError{origin.isArray() ? QStringLiteral("origin[%1]").arg(i) : QStringLiteral("origin"),
                                  candidate.error().expected, candidate.error().found};
            result.candidates.push_back(*candidate);
        }
    }

    result.methods = listText(value("methods")).value_or(QByteArray());
    // An empty string counts as not given, an empty list does not.
    const auto isGiven = [](const QJsonValue& list) {
        return list.isArray() || (list.isString() && !list.toString().isEmpty());
    };
    const auto headers = isGiven(value("allowedHeaders")) ? value("allowedHeaders") : value("headers");
    if (isGiven(headers))
        result.allowedHeaders = listText(headers);
    result.exposedHeaders = listText(value("exposedHeaders")).value_or(QByteArray());
    result.credentials = value("credentials").isBool() && value("credentials").toBool();
    const auto maxAge = value("maxAge");
    result.maxAge = maxAge.isDouble() ? QByteArray::number(maxAge.toInteger()) : maxAge.toString().toUtf8();
    result.preflightContinue = value("preflightContinue").toBool();
    result.optionsSuccessStatus = value("optionsSuccessStatus").toInt();
    if (result.optionsSuccessStatus < 200 || result.optionsSuccessStatus > 999)
        return InputError{QStringLiteral("optionsSuccessStatus"),
                          QCoreApplication::translate("ExpressCors", "a status from 200 to 999"),
                          QString::number(result.optionsSuccessStatus)};
    return std::shared_ptr<const Stage>(std::make_shared<ExpressCors>(settings.title, result));
}

} // namespace corscope
