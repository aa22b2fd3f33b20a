#include "core/backend/frameworks/JettyCors.h"

#include "core/backend/frameworks/SharedResponse.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace corscope {

namespace {

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";
constexpr char requestMethod[] = "Access-Control-Request-Method";
constexpr char requestHeaders[] = "Access-Control-Request-Headers";

struct Origins
{
    bool any = false;
    QList<QByteArray> exact;
    std::vector<QRegularExpression> patterns;
    QByteArray text; ///< as it was set
};

struct Settings
{
    Origins origins;
    Origins timingOrigins;
    QList<QByteArray> methods;
    bool anyHeader = false;
    QList<QByteArray> headers;
    QList<QByteArray> exposed;
    qint64 maxAge = 0;
    bool credentials = true;
    bool chainPreflight = true;
};

/// The items of a list in one text: trimmed; those in quotes as they stand; no empty one at the end.
QList<QByteArray> csvSplit(const QByteArray& text)
{
    QList<QByteArray> items;
    for (qsizetype at = 0; at < text.size();) {
        while (at < text.size() && QChar::isSpace(uchar(text[at])))
            ++at;
        if (at == text.size())
            break;
        QByteArray item;
        if (text[at] == '"') {
            for (++at; at < text.size() && text[at] != '"'; ++at) {
                if (text[at] == '\\' && at + 1 < text.size())
                    ++at;
                item += text[at];
            }
            items.append(item);
            const auto comma = text.indexOf(',', at);
            at = comma < 0 ? text.size() : comma + 1;
            continue;
        }
        const auto comma = text.indexOf(',', at);
        const auto end = comma < 0 ? text.size() : comma;
        items.append(text.mid(at, end - at).trimmed());
        at = end + 1;
    }
    return items;
}

Result<Origins> parsedOrigins(const char* option, const QByteArray& text)
{
    Origins result;
    result.text = text;
    for (const auto& origin : csvSplit(text)) {
        if (origin == "*") {
            result = Origins();
            result.any = true;
            result.text = text;
            return result;
        }
        if (!origin.contains('*')) {
            if (!origin.isEmpty())
                result.exact.append(origin);
            continue;
        }
        // Only the full stop is escaped: everything else that means something in a pattern does.
        auto pattern = QString::fromUtf8(origin);
        pattern.replace(QLatin1String("."), QLatin1String("\\.")).replace(QLatin1String("*"), QLatin1String(".*"));
        const QRegularExpression expression(QRegularExpression::anchoredPattern(pattern));
        if (!expression.isValid())
            return InputError{QLatin1String(option),
                              QCoreApplication::translate("JettyCors", "a regular expression that Java takes"),
                              pattern};
        result.patterns.push_back(expression);
    }
    return result;
}

/// An Origin header may name several, with spaces between them; one that is allowed is enough.
bool matches(const Origins& allowed, const QByteArray& origins)
{
    const auto list = origins.split(' ');
    return std::any_of(list.begin(), list.end(), [&](const QByteArray& origin) {
        const auto text = QString::fromUtf8(origin);
        return !origin.isEmpty()
            && (allowed.exact.contains(origin)
                || std::any_of(allowed.patterns.begin(), allowed.patterns.end(),
                               [&](const auto& pattern) { return pattern.match(text).hasMatch(); }));
    });
}

class JettyCors final : public Stage
{
public:
    JettyCors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override { return Algorithm("jetty-cors"); }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    void setActualHeaders(const QByteArray& origin, SharedResponse& response, Spec& spec) const;
    void setPreflightHeaders(const RequestMessage& request, const QByteArray& origin, SharedResponse& response,
                             Spec& spec) const;

    QString m_title;
    const Settings m_settings;
};

StageAnswer JettyCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    SharedResponse response;
    const auto lines = request.headers.values("Origin");
    const auto origin = lines.value(0);
    const auto upgrade = request.headers.get("Upgrade").value_or(QByteArray());
    const bool webSocket = ascii::equalIgnoringCase(upgrade, "websocket")
        && ascii::equalIgnoringCase(request.headers.get("Connection").value_or(QByteArray()), "upgrade");

    // 1. Does it carry an Origin, even an empty one, and is it no WebSocket?
    if (spec.ask("1", !lines.isEmpty() && !webSocket, {{"Origin", request.headers.get("Origin"), std::nullopt}})) {
        // 2. Is the origin allowed?
        const bool any = spec.ask("2", m_settings.origins.any);
        if (any
            || spec.ask("2.1", matches(m_settings.origins, origin), {{"Origin", origin, m_settings.origins.text}})) {
            // 3. Is it a preflight?
            const bool preflight = request.method == "OPTIONS" && request.headers.contains(requestMethod);
            if (spec.ask("3", preflight,
                         {{"method", request.method, "OPTIONS"},
                          {requestMethod, request.headers.get(requestMethod), std::nullopt}})) {
                setPreflightHeaders(request, origin, response, spec);
                // 6. It goes on to the application all the same, unless that was switched off.
                if (!spec.ask("6", m_settings.chainPreflight)) {
                    const auto granted = response.headers().get(allowOrigin);
                    const auto answer = response.ended(200);
                    context.decide("6.1", granted ? Verdict::Success : Verdict::Failure,
                                   {{allowOrigin, granted, origin}}, answer.response, allowOrigin);
                    return answer;
                }
            } else {
                setActualHeaders(origin, response, spec);
            }
            if (m_settings.timingOrigins.any || matches(m_settings.timingOrigins, origin))
                response.set("Timing-Allow-Origin", origin, "5.6", spec);
        }
    }

    // 7. The application answers, on the same response.
    spec.step("7");
    const auto granted = response.headers().contains(allowOrigin);
    auto result = context.next(request);
    if (spec.ask("7.1", result.raised))
        return result;
    response.takeOver(result, "7.2", spec);
    context.decide("7.3", granted ? Verdict::Success : Verdict::Failure,
                   {{allowOrigin, result.response.headers.get(allowOrigin), origin}}, result.response, allowOrigin);
    return result;
}

void JettyCors::setActualHeaders(const QByteArray& origin, SharedResponse& response, Spec& spec) const
{
    response.set(allowOrigin, origin, "5", spec);
    response.add("Vary", "Origin", "5.1", spec);
    if (m_settings.credentials)
        response.set("Access-Control-Allow-Credentials", "true", "5.2", spec);
    if (!m_settings.exposed.isEmpty())
        response.set("Access-Control-Expose-Headers", ascii::join(m_settings.exposed, ","), "5.7", spec);
}

void JettyCors::setPreflightHeaders(const RequestMessage& request, const QByteArray& origin, SharedResponse& response,
                                    Spec& spec) const
{
    const auto method = request.headers.values(requestMethod).value(0);
    if (!spec.ask("4", m_settings.methods.contains(method),
                  {{"method", method, [&] { return ascii::join(m_settings.methods, ", "); }}}))
        return;
    QList<QByteArray> requested;
    for (const auto& name : csvSplit(request.headers.values(requestHeaders).value(0)))
        if (!name.isEmpty())
            requested.append(name);
    const bool allowed =
        m_settings.anyHeader || std::all_of(requested.begin(), requested.end(), [this](const QByteArray& name) {
            return std::any_of(m_settings.headers.begin(), m_settings.headers.end(),
                               [&](const auto& header) { return ascii::equalIgnoringCase(header, name); });
        });
    if (!spec.ask("4.1", allowed,
                  {{requestHeaders, ascii::join(requested, ", "),
                    m_settings.anyHeader ? QByteArray("*") : ascii::join(m_settings.headers, ", ")}}))
        return;

    response.set(allowOrigin, origin, "5", spec);
    if (!m_settings.origins.any)
        response.add("Vary", "Origin", "5.1", spec);
    if (m_settings.credentials)
        response.set("Access-Control-Allow-Credentials", "true", "5.2", spec);
    if (m_settings.maxAge > 0)
        response.set("Access-Control-Max-Age", QByteArray::number(m_settings.maxAge), "5.3", spec);
    response.set("Access-Control-Allow-Methods", ascii::join(m_settings.methods, ","), "5.4", spec);
    response.set("Access-Control-Allow-Headers",
                 ascii::join(m_settings.anyHeader ? requested : m_settings.headers, ","), "5.5", spec);
}

} // namespace

Result<std::shared_ptr<const Stage>> makeJettyCors(const StageSettings& settings)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    const auto text = [&](const char* name) { return value(name).toString().toUtf8(); };
    Settings result;
    const auto origins = parsedOrigins("allowedOrigins", text("allowedOrigins"));
    const auto timing = parsedOrigins("allowedTimingOrigins", text("allowedTimingOrigins"));
    if (!origins || !timing)
        return (origins ? timing : origins).error();
    result.origins = *origins;
    result.timingOrigins = *timing;
    result.methods = csvSplit(text("allowedMethods"));
    result.anyHeader = text("allowedHeaders") == "*";
    result.headers = csvSplit(text("allowedHeaders"));
    result.exposed = csvSplit(text("exposedHeaders"));
    result.maxAge = value("preflightMaxAge").toInteger();
    result.credentials = value("allowCredentials").toBool();
    result.chainPreflight = value("chainPreflight").toBool();
    return std::shared_ptr<const Stage>(std::make_shared<JettyCors>(settings.title, result));
}

} // namespace corscope
