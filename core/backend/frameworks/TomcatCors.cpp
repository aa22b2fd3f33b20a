#include "core/backend/frameworks/TomcatCors.h"

#include "core/backend/frameworks/JavaHashOrder.h"
#include "core/backend/frameworks/JavaUri.h"
#include "core/backend/frameworks/ServletRequest.h"
#include "core/backend/frameworks/SharedResponse.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>

#include <algorithm>

namespace corscope {

namespace {

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";
constexpr char requestMethod[] = "Access-Control-Request-Method";
constexpr char requestHeaders[] = "Access-Control-Request-Headers";

QString tr(const char* text) { return QCoreApplication::translate("TomcatCors", text); }

struct Settings
{
    bool anyOrigin = false;
    // In the order in which the filter's sets hand them out.
    QList<QByteArray> origins;
    QList<QByteArray> methods;
    QList<QByteArray> headers; ///< lower case
    QList<QByteArray> exposed;
    bool credentials = false;
    qint64 maxAge = 0;
};

/// As Java splits at commas: empty items stay, but not at the end.
QList<QByteArray> splitAtCommas(const QByteArray& text)
{
    if (text.isEmpty())
        return {};
    auto items = text.split(',');
    while (!items.isEmpty() && items.last().isEmpty())
        items.removeLast();
    return items;
}

/// The filter reads every list into a set, and copies that into another.
QList<QByteArray> parsedSet(const QByteArray& text)
{
    QList<QByteArray> items;
    for (const auto& item : splitAtCommas(text))
        items.append(servlet::trimmed(item));
    return javaHashOrder(items);
}

bool isSameOrigin(const RequestMessage& request, const ServerConfig& server, const QByteArray& origin)
{
    const auto address = servlet::addressOf(request, server);
    const QByteArray own = address.scheme + "://" + address.host;
    const bool plain = origin == own && address.port == servlet::defaultPort(address.scheme);
    return plain || origin == own + ':' + QByteArray::number(address.port);
}

/// One line that names it beside what is there already, which turns to lower case.
void addToVary(SharedResponse& response, const QByteArray& name, const char* number, Spec& spec)
{
    const auto before = response.headers().get("vary");
    if (!before) {
        response.add("vary", name, number, spec);
        return;
    }
    auto names = ascii::lowered(*before).split(',');
    if (!names.contains(name))
        names.append(name);
    response.set("vary", ascii::join(names, ","), number, spec);
}

class TomcatCors final : public Stage
{
public:
    TomcatCors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("tomcat-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    StageAnswer refused(const QByteArray& origin, StageContext& context) const;
    StageAnswer passedOn(const RequestMessage& request, SharedResponse& response, const char* verdict,
                         StageContext& context) const;
    bool isOriginAllowed(const QByteArray& origin, Spec& spec) const;
    bool areHeadersAllowed(const RequestMessage& request, Spec& spec) const;
    void addStandardHeaders(const RequestMessage& request, const QByteArray& origin, SharedResponse& response,
                            Spec& spec) const;

    QString m_title;
    const Settings m_settings;
};

StageAnswer TomcatCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    SharedResponse response;
    const auto line = servlet::firstLine(request, "Origin");
    const auto origin = line.value_or(QByteArray());

    // 1. Is it a request of another origin at all?
    const bool named = spec.ask("1", line.has_value(), {{"Origin", line, std::nullopt}});
    if (named) {
        const bool valid =
            !origin.contains('%') && (origin == "null" || origin.startsWith("file://") || isJavaUriWithScheme(origin));
        if (!spec.ask("1.1", valid, {{"Origin", origin, std::nullopt}}))
            return refused(origin, context);
    }
    if (!named
        || spec.ask("1.2", isSameOrigin(request, context.server(), origin),
                    {{"Origin", origin, request.headers.get("Host")}})) {
        if (!m_settings.anyOrigin)
            addToVary(response, "Origin", "1.3", spec);
        return passedOn(request, response, nullptr, context);
    }

    // 2. Is it a preflight? One that asks for no method by name is refused.
    const auto asked = servlet::firstLine(request, requestMethod);
    const bool preflight = request.method == "OPTIONS" && asked;
    if (spec.ask("2", preflight, {{"method", request.method, "OPTIONS"}, {requestMethod, asked, std::nullopt}})
        && asked->isEmpty())
        return refused(origin, context);

    // 3. Are origin, method and, for a preflight, headers allowed?
    const auto method = preflight ? servlet::trimmed(*asked) : request.method;
    const bool allowed = isOriginAllowed(origin, spec)
        && spec.ask("4", m_settings.methods.contains(method),
                    {{"method", method, [&] { return ascii::join(m_settings.methods, ", "); }}})
        && (!preflight || areHeadersAllowed(request, spec));
    if (!allowed)
        return refused(origin, context);

    addStandardHeaders(request, origin, response, spec);
    if (!preflight)
        return passedOn(request, response, "8.3", context);

    // 7. The application does not see a preflight.
    const auto answer = response.ended(200);
    context.decide("7", Verdict::Success, {{allowOrigin, answer.response.headers.get(allowOrigin), origin}},
                   answer.response, allowOrigin);
    return answer;
}

bool TomcatCors::isOriginAllowed(const QByteArray& origin, Spec& spec) const
{
    return spec.ask("3", m_settings.anyOrigin)
        || spec.ask("3.1", m_settings.origins.contains(origin),
                    {{"Origin", origin, [&] { return ascii::join(m_settings.origins, ", "); }}});
}

bool TomcatCors::areHeadersAllowed(const RequestMessage& request, Spec& spec) const
{
    const auto line = servlet::firstLine(request, requestHeaders);
    const auto names = splitAtCommas(servlet::trimmed(line.value_or(QByteArray())));
    const bool allowed = std::all_of(names.begin(), names.end(), [this](const QByteArray& name) {
        return m_settings.headers.contains(ascii::lowered(servlet::trimmed(name)));
    });
    return spec.ask("5", allowed, {{requestHeaders, line, [&] { return ascii::join(m_settings.headers, ", "); }}});
}

void TomcatCors::addStandardHeaders(const RequestMessage& request, const QByteArray& origin, SharedResponse& response,
                                    Spec& spec) const
{
    if (!m_settings.anyOrigin)
        addToVary(response, "Origin", "6", spec);
    response.add(allowOrigin, m_settings.anyOrigin ? QByteArray("*") : origin, "6.1", spec);
    if (m_settings.credentials)
        response.add("Access-Control-Allow-Credentials", "true", "6.2", spec);
    if (!m_settings.exposed.isEmpty())
        response.add("Access-Control-Expose-Headers", ascii::join(m_settings.exposed, ","), "6.3", spec);
    if (!spec.ask("6.4", request.method == "OPTIONS", {{"method", request.method, "OPTIONS"}}))
        return;
    addToVary(response, requestMethod, "6.5", spec);
    addToVary(response, requestHeaders, "6.5", spec);
    if (m_settings.maxAge > 0)
        response.add("Access-Control-Max-Age", QByteArray::number(m_settings.maxAge), "6.6", spec);
    if (!m_settings.methods.isEmpty())
        response.add("Access-Control-Allow-Methods", ascii::join(m_settings.methods, ","), "6.7", spec);
    if (!m_settings.headers.isEmpty())
        response.add("Access-Control-Allow-Headers", ascii::join(m_settings.headers, ","), "6.8", spec);
}

StageAnswer TomcatCors::refused(const QByteArray& origin, StageContext& context) const
{
    const ResponseMessage answer{403, reasonPhrase(403), {{"Content-Type", "text/plain"}}, {}};
    context.decide("9", Verdict::Failure, {{allowOrigin, std::nullopt, origin}}, answer, allowOrigin);
    return {answer};
}

/// \param verdict number of the rule that says how it ended; null where it was none of the filter's business
StageAnswer TomcatCors::passedOn(const RequestMessage& request, SharedResponse& response, const char* verdict,
                                 StageContext& context) const
{
    auto& spec = context.spec();
    // 8. The application answers, on the same response; the container does if it fails.
    spec.step("8");
    auto result = context.next(request);
    if (spec.ask("8.1", result.raised))
        result = response.ended(500);
    else
        response.takeOver(result, "8.2", spec);
    if (verdict)
        context.decide(verdict, Verdict::Success,
                       {{allowOrigin, result.response.headers.get(allowOrigin), request.headers.get("Origin")}},
                       result.response, allowOrigin);
    return result;
}

/// Null where it is no number of Java's.
std::optional<qint64> parsedMaxAge(const QJsonValue& value)
{
    if (!value.isString())
        return value.toInteger();
    const auto text = value.toString().toUtf8();
    if (text.isEmpty())
        return 0;
    bool ok = !QChar::isSpace(uchar(text.front())) && !QChar::isSpace(uchar(text.back()));
    const auto number = ok ? text.toLongLong(&ok) : 0;
    return ok ? std::optional(number) : std::nullopt;
}

} // namespace

Result<std::shared_ptr<const Stage>> makeTomcatCors(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    const auto text = [&](const char* name) { return value(name).toString().toUtf8(); };
    const auto refusal = [](const char* option, const QString& expected, const char* complaint, const QString& found) {
        return InputError{QLatin1String(option), tr("%1 (Tomcat says: %2)").arg(expected, QLatin1String(complaint)),
                          found};
    };
    Settings result;
    result.anyOrigin = servlet::trimmed(text("cors.allowed.origins")) == "*";
    if (!result.anyOrigin)
        result.origins = javaHashOrder(parsedSet(text("cors.allowed.origins")));
    result.methods = javaHashOrder(parsedSet(text("cors.allowed.methods")));
    QList<QByteArray> lowered;
    for (const auto& name : parsedSet(text("cors.allowed.headers")))
        lowered.append(ascii::lowered(name));
    result.headers = javaHashOrder(javaHashOrder(lowered));
    result.exposed = javaHashOrder(parsedSet(text("cors.exposed.headers")));
    result.credentials = value("cors.support.credentials").toBool();
    if (result.credentials && result.anyOrigin)
        return refusal("cors.support.credentials", tr("false where every origin is allowed"),
                       "It is not allowed to configure supportsCredentials=[true] when allowedOrigins=[*]",
                       QStringLiteral("true"));
    const auto maxAge = parsedMaxAge(value("cors.preflight.maxage"));
    if (!maxAge)
        return refusal("cors.preflight.maxage", tr("a whole number"), "Unable to parse preflightMaxAge",
                       value("cors.preflight.maxage").toString());
    result.maxAge = *maxAge;
    return std::shared_ptr<const Stage>(std::make_shared<TomcatCors>(settings.title, result));
}

} // namespace corscope
