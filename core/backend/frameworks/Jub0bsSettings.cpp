#include "core/backend/frameworks/Jub0bsSettings.h"

#include "core/backend/frameworks/GoPackage.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>

#include <algorithm>

namespace corscope {

namespace {

using jub0bs::OriginPattern;

constexpr qint64 longestMaxAge = 86400;

QString tr(const char* text) { return QCoreApplication::translate("Jub0bsCors", text); }

/// Collects what is wrong, as the package does before it gives up.
class Errors
{
public:
    void add(const QString& where, const QByteArray& says, const QString& found)
    {
        if (m_says.isEmpty())
            m_first = {where, {}, found};
        m_says.append(QString::fromUtf8(says));
    }
    bool isEmpty() const { return m_says.isEmpty(); }
    InputError error() const
    {
        auto error = m_first;
        error.expected =
            tr("settings that NewMiddleware takes (it says \"%1\")").arg(m_says.join(QStringLiteral("; ")));
        return error;
    }

private:
    InputError m_first;
    QStringList m_says;
};

QByteArray quoted(const QByteArray& text) { return QByteArray('"' + text + '"'); }

bool isForbiddenRequestHeader(const QByteArray& name)
{
    static const QList<QByteArray> forbidden{"accept-charset",
                                             "accept-encoding",
                                             "access-control-request-headers",
                                             "access-control-request-method",
                                             "connection",
                                             "content-length",
                                             "cookie",
                                             "cookie2",
                                             "date",
                                             "dnt",
                                             "expect",
                                             "host",
                                             "keep-alive",
                                             "origin",
                                             "referer",
                                             "set-cookie",
                                             "te",
                                             "trailer",
                                             "transfer-encoding",
                                             "upgrade",
                                             "via"};
    return forbidden.contains(name) || name.startsWith("proxy-") || name.startsWith("sec-");
}

/// Names of headers that only the other side sends.
const QList<QByteArray> answerOnly{"access-control-allow-origin",  "access-control-allow-credentials",
                                   "access-control-allow-methods", "access-control-allow-headers",
                                   "access-control-max-age",       "access-control-expose-headers"};
const QList<QByteArray> preflightOnly{"origin",
                                      "access-control-request-method",
                                      "access-control-request-headers",
                                      "access-control-allow-methods",
                                      "access-control-allow-headers",
                                      "access-control-max-age"};
const QList<QByteArray> alwaysVisible{"cache-control", "content-language", "content-length", "content-type",
                                      "expires",       "last-modified",    "pragma"};
const QList<QByteArray> simpleMethods{"GET", "HEAD", "POST"};
const QList<QByteArray> normalizedMethods{"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"};
const QList<QByteArray> forbiddenMethods{"CONNECT", "TRACE", "TRACK"};

QList<QByteArray> sortedOnce(QList<QByteArray> names)
{
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

class Parser
{
public:
    explicit Parser(const StageSettings& settings) : m_settings(settings) {}

    Result<Jub0bsSettings> parse()
    {
        m_result.credentialed = flag("Credentialed");
        m_result.debug = flag("SetDebug");
        readOrigins();
        each("Methods", [this](const QString& where, const QByteArray& name) { readMethod(where, name); });
        each("RequestHeaders",
             [this](const QString& where, const QByteArray& name) { readRequestHeader(where, name); });
        readMaxAge();
        each("ResponseHeaders",
             [this](const QString& where, const QByteArray& name) { readResponseHeader(where, name); });
        if (!m_errors.isEmpty())
            return m_errors.error();
        finish();
        return m_result;
    }

private:
    bool flag(const char* name) const { return m_settings.values[QLatin1String(name)].toBool(); }

    template<typename Read>
    void each(const char* option, Read read)
    {
        int i = 0;
        for (const auto& name : go::strings(m_settings.values[QLatin1String(option)]))
            read(QStringLiteral("%1[%2]").arg(QLatin1String(option)).arg(i++), name);
    }

    void readOrigins()
    {
        const auto list = go::strings(m_settings.values[QLatin1String("Origins")]);
        if (list.isEmpty())
            m_errors.add(QStringLiteral("Origins"), "cors: at least one origin must be allowed", tr("an empty list"));
        each("Origins", [this](const QString& where, const QByteArray& text) { readOrigin(where, text); });
    }

    void readOrigin(const QString& where, const QByteArray& text)
    {
        const auto refuse = [&](const QByteArray& says) {
            m_errors.add(where, QByteArray("cors: " + says), QString::fromUtf8(quoted(text)));
        };
        if (text == "*" && m_result.credentialed)
            return refuse("for security reasons, you cannot both allow all origins and enable credentialed access");
        if (text == "*") {
            m_result.anyOrigin = true;
            return;
        }
        auto problem = OriginPattern::Problem::None;
        const auto pattern = OriginPattern::parse(text, problem);
        if (problem != OriginPattern::Problem::None)
            return refuse(QByteArray((problem == OriginPattern::Problem::Invalid ? "invalid" : "prohibited")
                                     + QByteArray(" origin pattern ") + quoted(text)));
        if (m_result.credentialed && !flag("DangerouslyTolerateInsecureOrigins") && pattern.isDeemedInsecure())
            return refuse(QByteArray("for security reasons, insecure origin patterns like " + quoted(text)
                                     + " are by default prohibited when credentialed access is enabled"));
        if (m_result.credentialed && !flag("DangerouslyTolerateSubdomainsOfPublicSuffixes")
            && pattern.isOfPublicSuffix())
            return refuse(QByteArray("for security reasons, origin patterns like " + quoted(text)
                                     + " that encompass subdomains of a public suffix are by default prohibited"));
        m_result.origins.push_back(pattern);
        m_result.originTexts.append(text);
    }

    void readMethod(const QString& where, QByteArray name)
    {
        const auto refuse = [&](const char* reason) {
            m_errors.add(where, QByteArray("cors: " + QByteArray(reason) + " method " + quoted(name)),
                         QString::fromUtf8(quoted(name)));
        };
        const auto upper = ascii::uppered(name);
        if (name == "*") {
            m_result.anyMethod = true;
        } else if (!ascii::isToken(name)) {
            refuse("invalid");
        } else {
            if (normalizedMethods.contains(upper))
                name = upper;
            if (simpleMethods.contains(name))
                return;
            if (forbiddenMethods.contains(upper))
                return refuse("forbidden");
            m_result.methods.append(name);
        }
    }

    void readRequestHeader(const QString& where, const QByteArray& name)
    {
        const auto lower = ascii::lowered(name);
        const char* problem = name == "*"     ? nullptr
            : !ascii::isToken(name)           ? "invalid"
            : isForbiddenRequestHeader(lower) ? "forbidden"
            : answerOnly.contains(lower)      ? "prohibited"
                                              : nullptr;
        if (problem)
            m_errors.add(where, QByteArray("cors: " + QByteArray(problem) + " request-header name " + quoted(name)),
                         QString::fromUtf8(quoted(name)));
        else if (name == "*")
            m_result.anyRequestHeader = true;
        else
            m_result.requestHeaders.append(lower);
    }

    void readMaxAge()
    {
        const auto seconds = m_settings.values[QLatin1String("MaxAgeInSeconds")].toInteger();
        if (seconds < -1 || seconds > longestMaxAge)
            m_errors.add(QStringLiteral("MaxAgeInSeconds"),
                         QByteArray("cors: out-of-bounds max-age value " + QByteArray::number(seconds)
                                    + " (default: 5; max: 86400; disable caching: -1)"),
                         QString::number(seconds));
        else if (seconds != 0)
            m_result.maxAge = QByteArray::number(std::max<qint64>(seconds, 0));
    }

    void readResponseHeader(const QString& where, const QByteArray& name)
    {
        const auto lower = ascii::lowered(name);
        if (name == "*") {
            if (m_result.credentialed)
                m_errors.add(where, "cors: you cannot both expose all response headers and enable credentialed access",
                             QStringLiteral("\"*\""));
            m_exposesAll = true;
            return;
        }
        const char* problem = !ascii::isToken(name)           ? "invalid"
            : lower == "set-cookie" || lower == "set-cookie2" ? "forbidden"
            : preflightOnly.contains(lower)                   ? "prohibited"
                                                              : nullptr;
        if (problem)
            m_errors.add(where, QByteArray("cors: " + QByteArray(problem) + " response-header name " + quoted(name)),
                         QString::fromUtf8(quoted(name)));
        else if (!alwaysVisible.contains(lower))
            m_exposed.append(lower);
    }

    void finish()
    {
        m_result.methods = m_result.anyMethod ? QList<QByteArray>() : sortedOnce(m_result.methods);
        auto& headers = m_result.requestHeaders;
        headers = sortedOnce(headers);
        if (m_result.anyRequestHeader) {
            // Where everything is allowed, only Authorization still has to be named.
            const bool authorization = headers.contains("authorization");
            headers = authorization ? QList<QByteArray>{"authorization"} : QList<QByteArray>();
            m_result.requestHeadersValue = authorization ? "*,authorization" : "*";
        } else {
            m_result.requestHeadersValue = ascii::join(headers, ",");
        }
        m_result.responseHeaders = m_exposesAll ? QByteArray("*") : ascii::join(sortedOnce(m_exposed), ",");
    }

    const StageSettings& m_settings;
    Jub0bsSettings m_result;
    Errors m_errors;
    QList<QByteArray> m_exposed;
    bool m_exposesAll = false;
};

} // namespace

Result<Jub0bsSettings> Jub0bsSettings::parse(const StageSettings& settings) { return Parser(settings).parse(); }

} // namespace corscope
