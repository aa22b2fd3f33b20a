#include "core/backend/frameworks/MiddyCors.h"

#include "core/backend/frameworks/JavaScriptPattern.h"
#include "core/backend/frameworks/NodeResponse.h"
#include "core/backend/frameworks/OriginFunction.h"
#include "core/backend/frameworks/OriginOption.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace corscope {

namespace {

struct Settings
{
    OriginOption getOrigin; ///< a function, or null
    QByteArray origin;
    bool listed = false; ///< `origins` has entries, so `origin` is only one more of them
    bool any = false;
    bool many = false;
    QSet<QByteArray> exact;
    std::vector<QRegularExpression> patterns;
    QByteArray credentials;
    QByteArray headers;
    QByteArray methods;
    QByteArray exposeHeaders;
    QByteArray maxAge;
    QByteArray cacheControl;
    QByteArray vary;
    bool answersPreflights = false;
};

class MiddyCors final : public Stage
{
public:
    MiddyCors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("middy-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    void decorate(const RequestMessage& request, HeaderList& headers, Spec& spec) const;
    QByteArray allowedOrigin(const std::optional<QByteArray>& origin, bool credentials, Spec& spec) const;

    QString m_title;
    const Settings m_settings;
};

/// A function's event is an object: it sees a header only in the very letters in which the handler wrote it.
bool hasExactly(const HeaderList& headers, const QByteArray& name)
{
    return std::any_of(headers.begin(), headers.end(), [&](const Header& header) { return header.name == name; });
}

void addPart(HeaderList& headers, const QByteArray& value, const char* number, Spec& spec)
{
    if (value.isEmpty())
        return;
    headers.combine("Vary", value);
    if (spec.listening())
        spec.let(number, "Vary", headers.get("Vary").value_or(QByteArray()));
}

/// Of several lines the gateway hands on the last.
std::optional<QByteArray> lastOrigin(const RequestMessage& request)
{
    const auto lines = request.headers.values("Origin");
    return lines.isEmpty() ? std::nullopt : std::optional(lines.last());
}

StageAnswer MiddyCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    const auto origin = lastOrigin(request);

    // 1. Does the middleware answer OPTIONS by itself? It has to be told to.
    if (spec.ask("1", m_settings.answersPreflights && request.method == "OPTIONS",
                 {{"method", request.method, "OPTIONS"}})) {
        auto answer = ownAnswer(204, {});
        decorate(request, answer.headers, spec);
        decideByOrigin("1.1", origin, answer, context);
        return {answer};
    }

    // 2. The handler.
    spec.step("2");
    auto result = context.next(request);
    // 2.1 Where nobody turned an exception into an answer, there is nothing to put headers on: the function has failed.
    if (spec.ask("2.1", result.raised)) {
        const auto answer = ownAnswer(502, {}, "application/json", R"({"message": "Internal server error"})");
        context.decide("2.2", Verdict::Failure, {{"status", "502", std::nullopt}}, answer);
        return {answer};
    }
    decorate(request, result.response.headers, spec);
    decideByOrigin("4", origin, result.response, context);
    return result;
}

void MiddyCors::decorate(const RequestMessage& request, HeaderList& headers, Spec& spec) const
{
    const auto before = headers;
    // Each header only where the handler has not set it.
    const auto fill = [&](const char* name, const QByteArray& value, const char* number) {
        if (value.isEmpty() || hasExactly(before, name))
            return;
        headers.append(name, value);
        spec.let(number, name, value);
    };

    auto credentials = m_settings.credentials;
    if (hasExactly(before, "Access-Control-Allow-Credentials"))
        credentials = before.get("Access-Control-Allow-Credentials") == "true" ? QByteArray("true") : QByteArray();
    if (!credentials.isEmpty()) {
        headers.set("Access-Control-Allow-Credentials", credentials);
        spec.let("3.1", "Access-Control-Allow-Credentials", credentials);
    }
    fill("Access-Control-Allow-Headers", m_settings.headers, "3.2");
    fill("Access-Control-Allow-Methods", m_settings.methods, "3.3");

    QByteArray origin;
    if (spec.ask("3.4", !hasExactly(before, "Access-Control-Allow-Origin"))) {
        origin = allowedOrigin(lastOrigin(request), !credentials.isEmpty(), spec);
        fill("Access-Control-Allow-Origin", origin, "3.4.6");
    }

    if (before.get("Vary").value_or(QByteArray()).isEmpty())
        addPart(headers, m_settings.vary, "3.5", spec);
    if (spec.ask("3.6", m_settings.many || (m_settings.any && origin != "*") || (origin == "*" && !credentials.isEmpty())))
        addPart(headers, "Origin", "3.6.1", spec);
    fill("Access-Control-Expose-Headers", m_settings.exposeHeaders, "3.7");
    fill("Access-Control-Max-Age", m_settings.maxAge, "3.8");
    if (request.method == "OPTIONS")
        fill("Cache-Control", m_settings.cacheControl, "3.9");
}

QByteArray MiddyCors::allowedOrigin(const std::optional<QByteArray>& origin, bool credentials, Spec& spec) const
{
    if (spec.ask("3.4.1", m_settings.getOrigin.kind == OriginOption::Kind::Function, {{"Origin", origin, std::nullopt}}))
        return askOriginFunction(m_settings.getOrigin.function, origin).origin;
    const auto incoming = origin.value_or(QByteArray());
    if (!spec.ask("3.4.2", m_settings.listed))
        return m_settings.origin == "*" && credentials && !incoming.isEmpty() ? incoming : m_settings.origin;
    if (spec.ask("3.4.3", m_settings.exact.contains(incoming), {{"Origin", origin, std::nullopt}}))
        return incoming;
    if (spec.ask("3.4.4", m_settings.any))
        return credentials ? incoming : QByteArray("*");
    const auto text = QString::fromUtf8(origin.value_or("undefined"));
    for (const auto& pattern : m_settings.patterns)
        if (spec.ask("3.4.5", pattern.match(text).hasMatch(), {{"Origin", origin, pattern.pattern().toUtf8()}}))
            return incoming;
    return {};
}

} // namespace

Result<std::shared_ptr<const Stage>> makeMiddyCors(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    const auto text = [&](const char* name) { return value(name).toString().toUtf8(); };
    Settings result;
    auto function = OriginOption::of(value("getOrigin"), QStringLiteral("getOrigin"));
    if (!function)
        return function.error();
    result.getOrigin = std::move(function).value();
    result.origin = text("origin");

    auto origins = value("origins").toArray();
    result.listed = !origins.isEmpty();
    result.many = origins.size() > 1;
    origins.prepend(value("origin"));
    for (qsizetype i = 0; i < origins.size(); ++i) {
        const auto origin = origins[i].toString();
        if (origin.isEmpty())
            continue;
        if (origin == QLatin1String("*")) {
            result.any = true;
        } else if (!origin.contains(QLatin1Char('*'))) {
            result.exact.insert(origin.toUtf8());
        } else {
            result.many = true;
            auto source = origin;
            source.replace(QLatin1Char('.'), QLatin1String("\\.")).replace(QLatin1Char('*'), QLatin1String("[^.]*"));
            const auto pattern = javaScriptPattern(QLatin1Char('^') + source + QLatin1Char('$'), {});
            if (!pattern)
                return InputError{i == 0 ? QStringLiteral("origin") : QStringLiteral("origins[%1]").arg(i - 1),
                                  pattern.error().expected, pattern.error().found};
            result.patterns.push_back(*pattern);
        }
    }
    const auto credentials = value("credentials");
    result.credentials = credentials.isBool() && credentials.toBool() ? QByteArray("true") : text("credentials");
    result.headers = text("headers");
    result.methods = text("methods");
    result.exposeHeaders = text("exposeHeaders");
    result.maxAge = isTruthy(value("maxAge")) ? writtenNumber(value("maxAge")) : QByteArray();
    result.cacheControl = text("cacheControl");
    result.vary = text("vary");
    result.answersPreflights = !value("disableBeforePreflightResponse").toBool();
    return std::shared_ptr<const Stage>(std::make_shared<MiddyCors>(settings.title, result));
}

} // namespace corscope
