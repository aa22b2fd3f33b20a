#include "core/backend/frameworks/RsCors.h"

#include "core/backend/frameworks/GoPackage.h"
#include "core/backend/frameworks/SharedResponse.h"
#include "core/base/Ascii.h"

#include <QJsonArray>
#include <QVersionNumber>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace corscope {

namespace {

constexpr char allowOrigin[] = "Access-Control-Allow-Origin";
constexpr char requestMethod[] = "Access-Control-Request-Method";
constexpr char requestHeaders[] = "Access-Control-Request-Headers";

/// Which of the two packages it is: chi's began as a copy of rs/cors 1.7 and stayed there.
enum class Package { Rs, Chi };

/// How 1.7 takes the requested names apart: at commas and spaces, other strange bytes left out.
QList<QByteArray> oldHeaderList(const QByteArray& value, Package package)
{
    QList<QByteArray> names;
    QByteArray name;
    bool upper = true;
    for (qsizetype i = 0; i < value.size(); ++i) {
        const char c = value[i];
        if (ascii::isAlpha(c))
            name += upper ? ascii::toUpper(c) : ascii::toLower(c);
        else if (c == '-' || c == '_' || c == '.' || ascii::isDigit(c))
            name += c;
        const bool separates = c == ' ' || c == ',' || i == value.size() - 1;
        if (separates && !name.isEmpty()) {
            names.append(name);
            name.clear();
            upper = true;
        } else if (!separates) {
            upper = c == '-' || (c == '_' && package == Package::Rs);
        }
    }
    return names;
}

struct Settings
{
    Package package = Package::Rs;
    go::OriginFunction function = go::OriginFunction::None; ///< decides in place of the origins
    QByteArray varyOfFunction;
    bool allOrigins = false;
    QList<QByteArray> origins; ///< lower case; may hold one `*` each
    QList<QByteArray> methods;
    bool allHeaders = false;
    QList<QByteArray> headers; ///< lower case, sorted
    QByteArray exposedHeaders;
    bool credentials = false;
    bool privateNetwork = false;
    QByteArray maxAge;
    bool passthrough = false;
    int status = 204;
    bool old = false; ///< 1.7: before requested headers were taken as browsers send them
};

bool originFits(const QByteArray& allowed, const QByteArray& origin)
{
    const auto star = allowed.indexOf('*');
    if (star < 0)
        return allowed == origin;
    return origin.size() >= allowed.size() - 1 && origin.startsWith(allowed.left(star))
        && origin.endsWith(allowed.mid(star + 1));
}

class RsCors final : public Stage
{
public:
    RsCors(const QString& title, const Settings& settings) : m_title(title), m_settings(settings) {}
    QString title() const override { return m_title; }
    Algorithm algorithm() const override
    {
        return m_settings.package == Package::Chi ? Algorithm("chi-cors") : Algorithm("rs-cors");
    }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    void varyOfFunction(SharedResponse& response, Spec& spec) const
    {
        if (!m_settings.varyOfFunction.isEmpty())
            response.add("Vary"_ba, m_settings.varyOfFunction, "2", spec);
    }
    bool grants(const RequestMessage& request, const QByteArray& origin, const QByteArray& method, Spec& spec) const;
    bool areHeadersAllowed(const QList<QByteArray>& lines, Spec& spec) const;
    void setOrigin(const RequestMessage& request, SharedResponse& response, Spec& spec) const;
    void setPreflightHeaders(const RequestMessage& request, SharedResponse& response, Spec& spec) const;

    QString m_title;
    const Settings m_settings;
};

StageAnswer RsCors::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    const auto origin = go::firstLine(request, "Origin");
    const auto method = go::firstLine(request, requestMethod);
    SharedResponse response;
    bool granted = false;

    // 1. Is it a preflight? An Origin is not asked for.
    const bool preflight = spec.ask("1", request.method == "OPTIONS" && !method.isEmpty(),
                                    {{"method", request.method, "OPTIONS"}, {requestMethod, method, std::nullopt}});
    if (preflight) {
        // 2. Caches are told, whatever follows.
        response.add("Vary"_ba,
                     m_settings.old ? "Origin"_ba
                     : m_settings.privateNetwork
                         ? "Origin, Access-Control-Request-Method, Access-Control-Request-Headers, "
                           "Access-Control-Request-Private-Network"_ba
                         : "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"_ba,
                     "2", spec);
        if (m_settings.old) {
            response.add("Vary"_ba, requestMethod, "2", spec);
            response.add("Vary"_ba, requestHeaders, "2", spec);
        }
        varyOfFunction(response, spec);
        granted =
            grants(request, origin, method, spec) && areHeadersAllowed(request.headers.values(requestHeaders), spec);
        if (granted)
            setPreflightHeaders(request, response, spec);
        // 5. It ends here.
        if (!spec.ask("5", m_settings.passthrough)) {
            const auto answer = response.ended(m_settings.status);
            spec.let("5.1", "status", m_settings.status);
            context.decide("5.2", granted ? Verdict::Success : Verdict::Failure,
                           {{allowOrigin, [&] { return response.headers().get(allowOrigin); }, origin}}, answer.response,
                           "Access-Control-Allow-Origin"_ba);
            return answer;
        }
    } else {
        response.add("Vary"_ba, "Origin"_ba, "2", spec);
        varyOfFunction(response, spec);
        granted = grants(request, origin, request.method, spec);
        if (granted) {
            setOrigin(request, response, spec);
            if (!m_settings.exposedHeaders.isEmpty())
                response.set("Access-Control-Expose-Headers"_ba, m_settings.exposedHeaders, "6", spec);
            if (m_settings.credentials)
                response.set("Access-Control-Allow-Credentials"_ba, "true"_ba, "4.4", spec);
        }
    }

    // 7. The application answers, on the same response.
    spec.step("7");
    auto result = context.next(request);
    if (spec.ask("7.1", result.raised))
        return result;
    response.takeOver(result, "7.2", spec);
    context.decide("7.3", granted ? Verdict::Success : Verdict::Failure,
                   {{allowOrigin, [&] { return result.response.headers.get(allowOrigin); }, origin}}, result.response,
                   "Access-Control-Allow-Origin"_ba);
    return result;
}

bool RsCors::grants(const RequestMessage& request, const QByteArray& origin, const QByteArray& method, Spec& spec) const
{
    if (!spec.ask("3", !origin.isEmpty(), {{"Origin", [&] { return request.headers.get("Origin"); }, std::nullopt}}))
        return false;
    if (m_settings.function != go::OriginFunction::None) {
        if (!spec.ask("3.5", go::allows(m_settings.function, request, origin), {{"Origin", origin, std::nullopt}}))
            return false;
    } else if (!spec.ask("3.1", m_settings.allOrigins)) {
        const auto lowered = ascii::lowered(origin);
        const bool fits = std::any_of(m_settings.origins.begin(), m_settings.origins.end(),
                                      [&](const auto& allowed) { return originFits(allowed, lowered); });
        if (!spec.ask("3.2", fits, {{"Origin", origin, [&] { return ascii::join(m_settings.origins, ", "); }}}))
            return false;
    }
    const auto compared = m_settings.old ? ascii::uppered(method) : method;
    return spec.ask("3.3", compared == "OPTIONS" || m_settings.methods.contains(compared),
                    {{"method", method, [&] { return ascii::join(m_settings.methods, ", "); }}});
}

bool RsCors::areHeadersAllowed(const QList<QByteArray>& lines, Spec& spec) const
{
    bool allowed = m_settings.allHeaders || lines.isEmpty();
    if (!allowed && m_settings.old) {
        const auto names = oldHeaderList(lines.first(), m_settings.package);
        allowed = std::all_of(names.begin(), names.end(),
                              [&](const auto& name) { return m_settings.headers.contains(ascii::lowered(name)); });
    } else if (!allowed) {
        // As browsers send them: lower case, sorted, each once, at most one space or tab on either side.
        allowed = true;
        qsizetype last = -1;
        int empty = 0;
        const auto joined = ascii::join(lines, ",");
        for (qsizetype start = 0; start <= joined.size();) {
            const auto comma = joined.indexOf(',', start);
            const auto part = QByteArrayView(joined).sliced(start, (comma < 0 ? joined.size() : comma) - start);
            start += part.size() + 1;
            const auto name = ascii::trimmedTabOrSpace(part);
            const auto lead = name.data() - part.data();
            const bool tight = name.isEmpty() ? part.size() <= 2 : lead <= 1 && part.size() - lead - name.size() <= 1;
            if (name.isEmpty() && tight && ++empty <= 16)
                continue;
            const auto found = std::find(m_settings.headers.begin(), m_settings.headers.end(), name);
            const auto place = found == m_settings.headers.end() ? -1 : found - m_settings.headers.begin();
            allowed = allowed && tight && place > last;
            last = std::max(last, place);
        }
    }
    return spec.ask("3.4", allowed,
                    {{requestHeaders, [&] { return ascii::join(lines, ", "); },
                      [&] { return ascii::join(m_settings.headers, ", "); }}});
}

void RsCors::setOrigin(const RequestMessage& request, SharedResponse& response, Spec& spec) const
{
    const auto lines = request.headers.values("Origin");
    response.set("Access-Control-Allow-Origin"_ba, m_settings.allOrigins ? "*"_ba : lines.value(0), "4", spec);
    // Since 1.11 the lines go back as they came, however many.
    for (qsizetype i = 1; i < lines.size() && !m_settings.allOrigins && !m_settings.old; ++i)
        response.add("Access-Control-Allow-Origin"_ba, lines[i], "4", spec);
}

void RsCors::setPreflightHeaders(const RequestMessage& request, SharedResponse& response, Spec& spec) const
{
    setOrigin(request, response, spec);
    const auto method = go::firstLine(request, requestMethod);
    response.set("Access-Control-Allow-Methods"_ba, m_settings.old ? ascii::uppered(method) : method, "4.1", spec);
    const auto lines = request.headers.values(requestHeaders);
    if (m_settings.old) {
        const auto names = oldHeaderList(lines.value(0), m_settings.package);
        if (!names.isEmpty())
            response.set("Access-Control-Allow-Headers"_ba, ascii::join(names, ", "), "4.2", spec);
    } else {
        for (const auto& line : lines)
            if (!line.isEmpty())
                response.add("Access-Control-Allow-Headers"_ba, line, "4.2", spec);
    }
    if (m_settings.credentials)
        response.set("Access-Control-Allow-Credentials"_ba, "true"_ba, "4.4", spec);
    if (m_settings.privateNetwork && request.headers.get("Access-Control-Request-Private-Network") == "true")
        response.set("Access-Control-Allow-Private-Network"_ba, "true"_ba, "4.5", spec);
    if (!m_settings.maxAge.isEmpty())
        response.set("Access-Control-Max-Age"_ba, m_settings.maxAge, "4.3", spec);
}

Result<std::shared_ptr<const Stage>> make(const StageSettings& settings, Package package)
{
    const auto value = [&](const char* name) { return settings.values[QLatin1String(name)]; };
    const auto version = QVersionNumber::fromString(QString::fromLatin1(settings.version));
    Settings result;
    result.package = package;
    result.old = package == Package::Chi || version < QVersionNumber(1, 8);

    // The function that is told most decides.
    for (const char* name : {"AllowOriginVaryRequestFunc", "AllowOriginRequestFunc", "AllowOriginFunc"}) {
        if (result.function != go::OriginFunction::None)
            break;
        result.function = go::originFunction(value(name));
        if (result.function == go::OriginFunction::SessionCookie && name == QByteArray("AllowOriginVaryRequestFunc"))
            result.varyOfFunction = "Cookie";
    }
    const bool hasFunction = result.function != go::OriginFunction::None;

    for (const auto& origin : go::strings(value("AllowedOrigins")))
        result.origins.append(ascii::lowered(origin));
    // Before 1.8 a "*" in the list is still what is sent where a function decides.
    result.allOrigins = hasFunction ? result.old && result.origins.contains("*")
                                    : result.origins.isEmpty() || result.origins.contains("*");

    for (const auto& method : go::strings(value("AllowedMethods")))
        result.methods.append(result.old ? ascii::uppered(method) : method);
    if (result.methods.isEmpty())
        result.methods = {"GET", "POST", "HEAD"};

    auto headers = go::strings(value("AllowedHeaders"));
    if (headers.isEmpty() && package == Package::Chi)
        headers = {"accept", "content-type"};
    else if (headers.isEmpty())
        headers = {"accept", "content-type", "x-requested-with"};
    if (result.old)
        headers.append("origin"); // always among them, in 1.7
    for (const auto& header : headers)
        result.headers.append(ascii::lowered(header));
    std::sort(result.headers.begin(), result.headers.end());
    result.allHeaders = result.headers.contains("*");

    QList<QByteArray> exposed;
    for (const auto& header : go::strings(value("ExposedHeaders")))
        exposed.append(go::canonicalHeaderKey(header));
    result.exposedHeaders = ascii::join(exposed, ", ");
    result.credentials = value("AllowCredentials").toBool();
    result.privateNetwork = value("AllowPrivateNetwork").toBool();
    const auto maxAge = value("MaxAge").toInteger();
    result.maxAge = maxAge > 0      ? QByteArray::number(maxAge)
        : maxAge < 0 && !result.old ? QByteArray("0")
                                    : QByteArray();
    result.passthrough = value("OptionsPassthrough").toBool();
    const int status = value("OptionsSuccessStatus").toInt();
    result.status = status ? status : result.old ? 200 : 204;
    return std::shared_ptr<const Stage>(std::make_shared<RsCors>(settings.title, result));
}

} // namespace

Result<std::shared_ptr<const Stage>> makeRsCors(const StageSettings& settings) { return make(settings, Package::Rs); }
Result<std::shared_ptr<const Stage>> makeChiCors(const StageSettings& settings) { return make(settings, Package::Chi); }

} // namespace corscope
