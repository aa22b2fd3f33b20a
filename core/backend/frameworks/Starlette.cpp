#include "core/backend/frameworks/Starlette.h"

#include "core/backend/frameworks/PythonPattern.h"
#include "core/backend/frameworks/PythonSequence.h"

#include <QVersionNumber>

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace corscope {

namespace {

constexpr char allowOrigin[] = "access-control-allow-origin";

/// The first value of a header, as Starlette reads a header that came more than once.
std::optional<QByteArray> first(const RequestMessage& request, QByteArrayView name)
{
    return request.headers.first(name);
}

QByteArray maxAgeText(const QJsonValue& value)
{
    if (value.isNull())
        return "None";
    return value.isString() ? value.toString().toUtf8() : QByteArray::number(value.toInteger());
}

struct Settings
{
    PythonSequence allowOrigins;
    std::optional<QRegularExpression> allowOriginRegex;
    QByteArray regexText;
    PythonSequence allowMethods;    ///< after `*` was replaced by all it knows
    QList<QByteArray> allowHeaders; ///< lower case, with the safelisted ones
    QByteArray allowHeadersValue;   ///< as sent
    bool allowAllOrigins = false;
    bool allowAllHeaders = false;
    bool allowCredentials = false;
    PythonSequence exposeHeaders;
    QByteArray maxAge;
    bool allowPrivateNetwork = false;

    // what versions differ in
    bool knowsPrivateNetwork = false;
    bool cookieDecides = false; ///< with all origins: an answer names the origin only where the request has a Cookie
};

class Starlette final : public Stage
{
public:
    Starlette(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("starlette-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    ResponseMessage preflight(const RequestMessage& request, const QByteArray& origin, const QByteArray& method,
                              StageContext& context) const;
    StageAnswer actual(const RequestMessage& request, const QByteArray& origin, StageContext& context) const;
    bool isAllowedOrigin(const QByteArray& origin, Spec& spec) const;
    bool areAllowedHeaders(const QByteArray& requested, Spec& spec) const;
    std::vector<Input> originInputs(const QByteArray& origin) const;

    QString m_title;
    const Settings m_settings;
};

void set(ResponseMessage& answer, const QByteArray& name, const QByteArray& value, const char* number, Spec& spec)
{
    answer.headers.set(name, value);
    if (spec.listening())
        spec.let(number, name.constData(), value);
}

/// Where the answer to a preflight shows that something was not granted; nothing failed: that the origin may ask.
QByteArray headerFor(const QByteArray& failure)
{
    return failure.isEmpty() || failure == "origin" ? QByteArray(allowOrigin)
        : failure == "method"                       ? QByteArray("access-control-allow-methods")
                                                    : QByteArray("access-control-allow-" + failure);
}

void appendVary(ResponseMessage& answer, const char* number, Spec& spec)
{
    const auto before = answer.headers.first("Vary");
    set(answer, "vary"_ba, before ? QByteArray(*before + ", Origin") : "Origin"_ba, number, spec);
}

StageAnswer Starlette::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();

    // 1. Is there an Origin? Without one nothing here applies.
    const auto origin = first(request, "Origin");
    if (!spec.ask("1", origin.has_value(), {{"Origin", origin, std::nullopt}})) {
        spec.step("1.1");
        return context.next(request);
    }

    // 2. Is it a preflight? It is then answered here and goes no further.
    const auto method = first(request, "Access-Control-Request-Method");
    if (spec.ask("2", request.method == "OPTIONS" && method,
                 {{"method", request.method, "OPTIONS"}, {"Access-Control-Request-Method", method, std::nullopt}}))
        return {preflight(request, *origin, *method, context)};
    return actual(request, *origin, context);
}

ResponseMessage Starlette::preflight(const RequestMessage& request, const QByteArray& origin, const QByteArray& method,
                                     StageContext& context) const
{
    auto& spec = context.spec();
    const bool namesOrigin = !m_settings.allowAllOrigins || m_settings.allowCredentials;
    ResponseMessage answer;
    QList<QByteArray> failures;

    // 3.1 What every preflight gets, whatever it asks for.
    if (namesOrigin)
        set(answer, "vary"_ba, "Origin"_ba, "3.1", spec);
    else
        set(answer, "access-control-allow-origin"_ba, "*"_ba, "3.1", spec);
    set(answer, "access-control-allow-methods"_ba, m_settings.allowMethods.joined(), "3.1", spec);
    set(answer, "access-control-max-age"_ba, m_settings.maxAge, "3.1", spec);
    if (!m_settings.allowAllHeaders)
        set(answer, "access-control-allow-headers"_ba, m_settings.allowHeadersValue, "3.1", spec);
    if (m_settings.allowCredentials)
        set(answer, "access-control-allow-credentials"_ba, "true"_ba, "3.1", spec);

    // 3.2 Is the origin allowed?
    const bool allowed = isAllowedOrigin(origin, spec);
    if (spec.ask("3.2", allowed, {{"Origin", origin, std::nullopt}})) {
        if (namesOrigin)
            set(answer, "access-control-allow-origin"_ba, origin, "3.2.1", spec);
    } else {
        failures.append("origin"_ba);
    }

    // 3.3 Is the method in allow_methods, letter for letter?
    if (!spec.ask("3.3", m_settings.allowMethods.contains(method),
                  {{"Access-Control-Request-Method", method, std::nullopt},
                   {"allow_methods", m_settings.allowMethods.joined(), std::nullopt}}))
        failures.append("method"_ba);

    // 3.4 Are the headers allowed?
    const auto headers = first(request, "Access-Control-Request-Headers");
    if (spec.ask("3.4", headers.has_value(), {{"Access-Control-Request-Headers", headers, std::nullopt}})) {
        if (spec.ask("3.4.1", m_settings.allowAllHeaders))
            set(answer, "access-control-allow-headers"_ba, *headers, "3.4.2", spec);
        else if (!areAllowedHeaders(*headers, spec))
            failures.append("headers"_ba);
    }

    // 3.5 Does it ask for a private network? Any value asks, also "false".
    const auto privateNetwork = first(request, "Access-Control-Request-Private-Network");
    if (m_settings.knowsPrivateNetwork
        && spec.ask("3.5", privateNetwork.has_value(),
                    {{"Access-Control-Request-Private-Network", privateNetwork, std::nullopt}})) {
        if (spec.ask("3.5.1", m_settings.allowPrivateNetwork))
            set(answer, "access-control-allow-private-network"_ba, "true"_ba, "3.5.2", spec);
        else
            failures.append("private-network");
    }

    // 3.6 The verdict, with every reason against it.
    answer.headers.append("content-type"_ba, "text/plain; charset=utf-8"_ba);
    answer.status = failures.isEmpty() ? 200 : 400;
    answer.reason = reasonPhrase(answer.status);
    answer.body = failures.isEmpty() ? "OK"_ba : QByteArray("Disallowed CORS " + ascii::join(failures, ", "));
    if (spec.listening()) {
        context.decide("3.6", failures.isEmpty() ? Verdict::Success : Verdict::Failure,
                       {{"reasons against", failures.isEmpty() ? "none" : ascii::join(failures, ", "), std::nullopt},
                        {allowOrigin, answer.headers.get(allowOrigin), origin}},
                       answer, headerFor(failures.value(0)));
    }
    return answer;
}

StageAnswer Starlette::actual(const RequestMessage& request, const QByteArray& origin, StageContext& context) const
{
    auto& spec = context.spec();
    // 4.1 The application answers first, whoever asked.
    spec.step("4.1");
    auto result = context.next(request);

    // 4.2 An exception passes by: there is no answer to put headers on.
    if (spec.ask("4.2", result.raised))
        return result;
    auto& answer = result.response;

    // 4.3 Headers that every answer gets, also one to an origin that is not allowed.
    if (m_settings.allowAllOrigins)
        set(answer, "access-control-allow-origin"_ba, "*"_ba, "4.3", spec);
    if (m_settings.allowCredentials)
        set(answer, "access-control-allow-credentials"_ba, "true"_ba, "4.3", spec);
    if (!m_settings.exposeHeaders.items().isEmpty())
        set(answer, "access-control-expose-headers"_ba, m_settings.exposeHeaders.joined(), "4.3", spec);

    bool granted = true;
    if (spec.ask("4.4", m_settings.allowAllOrigins)) {
        // 4.4.1 Every origin is allowed; where credentials are concerned `*` would not do, so the origin is named.
        const auto cookie = first(request, "Cookie");
        const bool name = m_settings.cookieDecides ? cookie.has_value() : m_settings.allowCredentials;
        if (spec.ask("4.4.1", name,
                     m_settings.cookieDecides
                         ? std::vector<Input>{{"Cookie", cookie, std::nullopt}}
                         : std::vector<Input>{
                             {"allow_credentials", m_settings.allowCredentials ? "True" : "False", std::nullopt}})) {
            set(answer, "access-control-allow-origin"_ba, origin, "4.6", spec);
            appendVary(answer, "4.7", spec);
        }
    } else {
        // 4.5 Is the origin allowed?
        granted = isAllowedOrigin(origin, spec);
        if (spec.ask("4.5", granted, {{"Origin", origin, std::nullopt}})) {
            set(answer, "access-control-allow-origin"_ba, origin, "4.6", spec);
            appendVary(answer, "4.7", spec);
        }
    }

    // 4.8 The verdict.
    if (spec.listening())
        context.decide("4.8", granted ? Verdict::Success : Verdict::Failure,
                       {{allowOrigin, answer.headers.get(allowOrigin), origin}}, answer, allowOrigin);
    return result;
}

bool Starlette::isAllowedOrigin(const QByteArray& origin, Spec& spec) const
{
    // 5.1 Are all origins allowed?
    if (spec.ask("5.1", m_settings.allowAllOrigins))
        return true;
    // 5.2 Does the whole origin match the pattern?
    if (m_settings.allowOriginRegex) {
        const bool matches = m_settings.allowOriginRegex->match(QString::fromLatin1(origin)).hasMatch();
        if (spec.ask("5.2", matches, {{"Origin", origin, m_settings.regexText}}))
            return true;
    }
    // 5.3 Is it in allow_origins, byte for byte? (In a plain string: is it a part of it?)
    const bool contained = m_settings.allowOrigins.contains(origin);
    if (spec.listening())
        spec.ask(m_settings.allowOrigins.isString() ? "5.4" : "5.3", contained, originInputs(origin));
    return contained;
}

std::vector<Input> Starlette::originInputs(const QByteArray& origin) const
{
    if (m_settings.allowOrigins.isString())
        return {{"Origin", origin, m_settings.allowOrigins.text()}};
    std::vector<Input> inputs;
    for (const auto& item : m_settings.allowOrigins.items())
        inputs.push_back({"Origin"_ba, origin, item});
    if (inputs.empty())
        inputs.push_back({"Origin", origin, std::nullopt});
    return inputs;
}

bool Starlette::areAllowedHeaders(const QByteArray& requested, Spec& spec) const
{
    // 3.4.3 One name after the other, lower-cased and trimmed; the first that is missing ends it. The empty name
    // between two commas is in no list.
    for (const auto& part : requested.split(',')) {
        const auto name = ascii::lowered(part).trimmed();
        const bool allowed = m_settings.allowHeaders.contains(name);
        if (spec.listening())
            spec.ask("3.4.3", allowed, {{"header", name, std::nullopt},
                                       {"allow_headers", ascii::join(m_settings.allowHeaders, ", "), std::nullopt}});
        if (!allowed)
            return false;
    }
    return true;
}

} // namespace

Result<std::shared_ptr<const Stage>> makeStarlette(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    const auto version = QVersionNumber::fromString(QString::fromLatin1(settings.version));

    std::optional<QRegularExpression> regex;
    if (value("allow_origin_regex").isString()) {
        auto compiled = pythonFullMatch(value("allow_origin_regex").toString());
        if (!compiled)
            return InputError{QStringLiteral("allow_origin_regex"), compiled.error().expected, compiled.error().found};
        regex = *compiled;
    }

    PythonSequence methods(value("allow_methods"));
    if (methods.contains("*"))
        methods = PythonSequence(QJsonArray::fromStringList(
            {QStringLiteral("DELETE"), QStringLiteral("GET"), QStringLiteral("HEAD"), QStringLiteral("OPTIONS"),
             QStringLiteral("PATCH"), QStringLiteral("POST"), QStringLiteral("PUT")}));

    // Sorted by bytes and without duplicates, the safelisted names always among them.
    const PythonSequence headers(value("allow_headers"));
    std::set<QByteArray> sorted{"Accept", "Accept-Language", "Content-Language", "Content-Type"};
    sorted.insert(headers.items().begin(), headers.items().end());
    const QList<QByteArray> names(sorted.begin(), sorted.end());
    QList<QByteArray> lowered;
    std::transform(names.begin(), names.end(), std::back_inserter(lowered),
                   [](const auto& n) { return ascii::lowered(n); });

    const PythonSequence origins(value("allow_origins"));
    return std::shared_ptr<const Stage>(std::make_shared<Starlette>(
        settings.title,
        Settings{origins, regex, value("allow_origin_regex").toString().toUtf8(), methods, lowered,
                 ascii::join(names, ", "), origins.contains("*"), headers.contains("*"),
                 value("allow_credentials").toBool(), PythonSequence(value("expose_headers")),
                 maxAgeText(value("max_age")), value("allow_private_network").toBool(),
                 version >= QVersionNumber(0, 51), version < QVersionNumber(1, 0)}));
}

} // namespace corscope
