#include "core/paste/FaultyAnswer.h"

#include "core/fetch/CorsSafelist.h"
#include "core/fetch/Response.h"

#include <QCoreApplication>

#include <algorithm>

namespace corscope::paste {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Paste", text); }

constexpr auto allowOrigin = "Access-Control-Allow-Origin";
constexpr auto allowCredentials = "Access-Control-Allow-Credentials";
constexpr auto allowMethods = "Access-Control-Allow-Methods";
constexpr auto allowHeaders = "Access-Control-Allow-Headers";

bool is(const QByteArray& key, std::initializer_list<const char*> keys)
{
    return std::any_of(keys.begin(), keys.end(), [&](const char* other) { return key == other; });
}

class Mistake
{
public:
    Mistake(const Evidence& evidence, const InferredRequest& request, const QString& pasted, Findings& findings)
        : m_evidence(evidence), m_request(request), m_pasted(pasted), m_findings(findings)
    {}

    InferredAnswer in(InferredAnswer answer)
    {
        const auto what = key();
        if (status() && (status() < 300 || status() > 399 || !is(what, {"preflight-redirect"})))
            answer.status = status();
        if (is(what, {"missing-allow-origin", "blocked-by-cors"})) {
            answer.headers.remove(allowOrigin);
            answer.headers.remove(allowCredentials);
            if (what == "missing-allow-origin" && !m_evidence.console->ambiguous)
                certain(tr("The answer has no %1").arg(QLatin1String(allowOrigin)), tr("the console says so"), place(m_evidence.console));
            else
                guessed(tr("The answer has no %1").arg(QLatin1String(allowOrigin)), what == "blocked-by-cors"
                            ? tr("it is the most common reason, and the console line is cut off")
                            : tr("it could also name another origin: WebKit says the same of both"));
        } else if (what == "allow-origin-mismatch") {
            setAllowOrigin(answer, "https://another.example");
        } else if (what == "multiple-allow-origin") {
            setAllowOrigin(answer, "*, " + m_request.page.origin());
        } else if (what == "invalid-allow-origin") {
            setAllowOrigin(answer, {});
        } else if (what == "repeated-allow-origin") {
            answer.headers.remove(allowOrigin);
            answer.headers.append(allowOrigin, "*");
            answer.headers.append(allowOrigin, m_request.page.origin());
            fault(tr("Two lines of %1, one of them *").arg(QLatin1String(allowOrigin)), false);
        } else if (what == "wildcard-with-credentials") {
            answer.headers.set(allowOrigin, "*");
            fault(tr("%1: *").arg(QLatin1String(allowOrigin)), true);
        } else if (what == "allow-credentials-not-true") {
            answer.headers.remove(allowCredentials);
            if (!value().isEmpty())
                answer.headers.append(allowCredentials, value());
            const auto said = !value().isEmpty() || m_evidence.console->engine == "chromium";
            fault(value().isEmpty() ? tr("No %1").arg(QLatin1String(allowCredentials))
                                    : tr("%1: %2").arg(QLatin1String(allowCredentials), shown(value())), said);
        } else if (what == "method-not-allowed") {
            answer.headers.set(allowMethods, "GET, HEAD, POST");
            fault(tr("%1 lacks the method").arg(QLatin1String(allowMethods)), true);
        } else if (what == "header-not-allowed") {
            withoutHeader(answer);
        } else if (what == "invalid-allow-methods" || what == "invalid-allow-headers") {
            const auto* name = what == "invalid-allow-methods" ? allowMethods : allowHeaders;
            const auto written = value().isEmpty() ? QByteArray("GET; PUT") : value();
            answer.headers.set(name, written);
            fault(tr("%1: %2").arg(QLatin1String(name), shown(written)), !value().isEmpty());
        } else if (what == "preflight-status-not-ok") {
            if (!status())
                answer.status = 404;
            fault(tr("The preflight is answered with %1").arg(answer.status), status() != 0);
        } else {
            beyondCors(answer, what);
        }
        if (m_evidence.console && !answer.headers.contains("Location"))
            addLocation(answer, *m_evidence.console);
        return answer;
    }

private:
    const Evidence& m_evidence;
    const InferredRequest& m_request;
    const QString& m_pasted;
    Findings& m_findings;

    QByteArray key() const { return m_evidence.console ? m_evidence.console->key : QByteArray(); }
    QByteArray value() const { return m_evidence.console ? m_evidence.console->value : QByteArray(); }
    int status() const { return m_evidence.console ? m_evidence.console->status : 0; }

    template<typename Piece>
    std::optional<TextPlace> place(const std::optional<Piece>& piece) const
    {
        return piece && piece->range.to > piece->range.from ? std::optional(placeOf(m_pasted, piece->range.from)) : std::nullopt;
    }
    void certain(const QString& what, const QString& reason, std::optional<TextPlace> at)
    {
        m_findings.certain.append({what, reason, at});
    }
    void guessed(const QString& what, const QString& reason) { m_findings.guessed.append({what, reason, std::nullopt}); }

    void fault(const QString& what, bool said)
    {
        if (said)
            certain(what, tr("the console says so"), place(m_evidence.console));
        else
            guessed(what, tr("the console does not give the value"));
    }

    void setAllowOrigin(InferredAnswer& answer, const QByteArray& fallback)
    {
        const auto written = value().isEmpty() && key() != "invalid-allow-origin" ? fallback : value();
        answer.headers.set(allowOrigin, written);
        // Blanks at an end can only come from lines that were joined, one of them empty.
        if (written != normalizedHeaderValue(written)) {
            answer.headers.remove(allowOrigin);
            for (const auto& line : written.split(','))
                answer.headers.append(allowOrigin, normalizedHeaderValue(line));
        }
        fault(tr("%1: %2").arg(QLatin1String(allowOrigin), shown(written)), !value().isEmpty());
    }

    // The answer that offended was itself a redirect: WebKit names its target, Firefox says so by a second line.
    void addLocation(InferredAnswer& answer, const ConsoleReport& console)
    {
        if (console.target.isEmpty() && !(console.echoed && !console.preflight && isRedirectStatus(answer.status)))
            return;
        redirectTo(answer, console.target.isEmpty() ? QByteArray("/elsewhere") : console.target,
                   isRedirectStatus(answer.status) ? answer.status : 302);
    }

    void withoutHeader(InferredAnswer& answer)
    {
        QList<QByteArray> names;
        for (const auto& name : corsUnsafeRequestHeaderNames(m_request.call.headers))
            if (name != value().toLower())
                names.append(name);
        answer.headers.remove(allowHeaders);
        if (!names.isEmpty())
            answer.headers.append(allowHeaders, names.join(", "));
        fault(tr("%1 lacks %2").arg(QLatin1String(allowHeaders), shown(value())), true);
    }

    void redirectTo(InferredAnswer& answer, const QByteArray& location, int status = 302)
    {
        answer.status = status;
        answer.headers.append("Location", location);
        fault(tr("It redirects to %1").arg(shown(location)), m_evidence.console && m_evidence.console->target == location);
    }

    void beyondCors(InferredAnswer& answer, const QByteArray& what)
    {
        const auto& url = m_request.url;
        const auto target = m_evidence.console ? m_evidence.console->target : QByteArray();
        if (is(what, {"preflight-redirect", "external-redirect"}))
            redirectTo(answer, QByteArray(url.path() + (url.path().endsWith('/') ? "index" : "/")), status() ? status() : 301);
        else if (what == "redirect-with-credentials")
            redirectTo(answer, value().contains("://") ? value() : QByteArray(url.scheme() + "://user:password@elsewhere.example/"));
        else if (what == "redirect-scheme-not-http")
            redirectTo(answer, target.isEmpty() ? QByteArray("data:text/plain,elsewhere") : target);
        else if (what == "redirect-mode-error")
            redirectTo(answer, "/elsewhere");
        else if (what == "too-many-redirects")
            redirectTo(answer, url.path());
        else if (what == "cross-origin-resource-policy") {
            answer.headers.clear();
            answer.headers.append("Cross-Origin-Resource-Policy", "same-origin");
            fault(tr("Cross-Origin-Resource-Policy: same-origin"), false);
        }
    }
};

} // namespace

InferredAnswer withMistake(InferredAnswer answer, const Evidence& evidence, const InferredRequest& request, const QString& pasted,
                           Findings& findings)
{
    return Mistake(evidence, request, pasted, findings).in(std::move(answer));
}

} // namespace corscope::paste
