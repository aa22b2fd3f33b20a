#include "core/paste/InferredRequest.h"

#include "core/base/Ascii.h"
#include "core/fetch/CorsSafelist.h"
#include "core/fetch/Profile.h"
#include "core/http/Method.h"

#include <QCoreApplication>

namespace corscope::paste {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Paste", text); }

bool needsPreflight(const FetchCall& call)
{
    return !isCorsSafelistedMethod(call.method) || !corsUnsafeRequestHeaderNames(call.headers).isEmpty() || call.useCorsPreflight;
}

// A value with which a header of that name is not simple.
QByteArray unsafeValue(const QByteArray& name)
{
    for (const QByteArray value : {"application/json", "x", "\"(x)\"", "x_y", "bytes=0-1,3-4"})
        if (!isCorsSafelistedRequestHeader(name, value))
            return value;
    return QByteArray(200, 'x');
}

class Inferrer
{
public:
    Inferrer(const Evidence& evidence, const QString& pasted) : m_evidence(evidence), m_pasted(pasted) {}

    InferredRequest run()
    {
        if (m_evidence.request)
            m_result.call = m_evidence.request->call;
        inferAddress();
        inferPage();
        inferHop();
        inferCall();
        if (m_evidence.request) {
            for (const auto& guess : m_evidence.request->guesses)
                guessed(guess, tr("it does not stand there"));
            if (const auto& added = m_evidence.request->addedByBrowser; !added.isEmpty() && !m_evidence.request->isPreflight) {
                QList<QByteArray> doubtful;
                for (const auto& name : added)
                    if (!isForbiddenRequestHeader(name, {}) && name.toLower() != "user-agent")
                        doubtful.append(name);
                if (!doubtful.isEmpty())
                    guessed(tr("Not set by the page: %1").arg(shown(doubtful.join(", "))), tr("browsers add them by themselves"));
            }
        }
        return std::move(m_result);
    }

private:
    const Evidence& m_evidence;
    const QString& m_pasted;
    InferredRequest m_result;

    bool has(const char* key) const { return m_evidence.console && m_evidence.console->key == key; }

    template<typename Piece>
    std::optional<TextPlace> place(const std::optional<Piece>& piece) const
    {
        return piece && piece->range.to > piece->range.from ? std::optional(placeOf(m_pasted, piece->range.from)) : std::nullopt;
    }
    void certain(const QString& what, const QString& reason, std::optional<TextPlace> at)
    {
        m_result.findings.certain.append({what, reason, at});
    }
    void guessed(const QString& what, const QString& reason) { m_result.findings.guessed.append({what, reason, std::nullopt}); }

    void inferAddress()
    {
        const auto& console = m_evidence.console;
        const auto& request = m_evidence.request;
        const auto ofConsole = console ? Url::parse(console->url) : Result<Url>(InputError{});
        const auto ofRequest = request ? Url::parse(request->call.url) : Result<Url>(InputError{});
        const auto ofAnswer = m_evidence.answer ? Url::parse(m_evidence.answer->url) : Result<Url>(InputError{});
        auto first = console ? Url::parse(console->firstUrl) : Result<Url>(InputError{});
        // Only the target of the redirect is named.
        if (has("redirect-scheme-not-http") && !first && ofConsole && !ofConsole->hasHttpScheme())
            first = Url::parse("http://localhost:8000/items");
        if (ofConsole) {
            m_result.url = *ofConsole;
            certain(tr("Address: %1").arg(shown(ofConsole->serialized())), tr("the console names it"), place(console));
            // Two addresses of one path of one server cannot be told apart by its routes.
            const bool apart = first && (first->path() != ofConsole->path() || !first->origin().isSameOrigin(ofConsole->origin()));
            if (apart) {
                m_result.redirected = true;
                certain(tr("Redirected from %1").arg(shown(first->serialized())), tr("the console names it"), place(console));
            }
            if (ofRequest && ofRequest->serialized() != ofConsole->serialized() && !first)
                guessed(tr("The request meant is the one that the console names, not %1").arg(shown(ofRequest->serialized())),
                        tr("the two differ"));
        } else if (ofRequest) {
            m_result.url = *ofRequest;
            certain(tr("Address: %1").arg(shown(ofRequest->serialized())), tr("the request says it"), place(request));
        } else if (ofAnswer) {
            m_result.url = *ofAnswer;
            certain(tr("Address: %1").arg(shown(ofAnswer->serialized())), tr("it stands above the answer"), place(m_evidence.answer));
        } else {
            const auto base = Url::parse("http://localhost:8000/");
            const auto relative = request && !request->call.url.isEmpty() ? Url::parse(request->call.url, &*base) : Result<Url>(InputError{});
            m_result.url = relative ? *relative : *Url::parse("http://localhost:8000/items");
            guessed(tr("Address: %1").arg(shown(m_result.url.serialized())), tr("nothing names the server"));
        }
        m_result.call.url = m_result.redirected ? first->serialized() : m_result.url.serialized();
    }

    void setPage(const QByteArray& origin, const QByteArray& address)
    {
        auto& page = m_result.page;
        page.id = "page";
        if (origin == "null" || origin == "file://") {
            page.originKind = origin == "null" ? PageConfig::OriginKind::Sandboxed : PageConfig::OriginKind::File;
            return;
        }
        if (const auto url = Url::parse(origin)) {
            page.scheme = url->scheme();
            page.host = url->host();
            page.port = url->portOrDefault();
        }
        if (const auto url = Url::parse(address); url && url->origin().serialized() == origin)
            page.path = url->requestTarget();
    }

    void inferPage()
    {
        const auto& console = m_evidence.console;
        const auto& request = m_evidence.request;
        const auto address = request && !request->pageUrl.isEmpty() ? request->pageUrl : console ? console->page : QByteArray();
        const auto ofAddress = Url::parse(address);
        const auto isOfServer = [](const Result<Url>& url) { return url && url->hasHttpScheme() && url->portOrDefault() != 0; };
        const auto usable = [&](const QByteArray& origin) {
            return origin == "null" || origin == "file://" || isOfServer(Url::parse(origin));
        };
        if (console && !console->origin.isEmpty() && usable(console->origin)) {
            setPage(console->origin, address);
            certain(tr("Page: %1").arg(shown(console->origin)), tr("the console names its origin"), place(console));
        } else if (request && !request->pageOrigin.isEmpty() && usable(request->pageOrigin)) {
            setPage(request->pageOrigin, address);
            certain(tr("Page: %1").arg(shown(request->pageOrigin)), tr("the request names it (Origin, or its referrer)"), place(request));
        } else if (isOfServer(ofAddress)) {
            setPage(ofAddress->origin().serialized(), address);
            certain(tr("Page: %1").arg(shown(address)), tr("the console names it"), place(console));
        } else {
            const QByteArray origin = has("mixed-content") ? "https://app.example.com"
                : m_result.url.origin().serialized() == "http://localhost:3000" ? "http://localhost:8080" : "http://localhost:3000";
            setPage(origin, {});
            guessed(tr("Page: %1").arg(shown(origin)), tr("nothing names it; the port is a usual one"));
        }
    }

    // The page's own origin was allowed, and did not match: on the way the origin had become null.
    void inferHop()
    {
        if (!m_result.redirected || !has("allow-origin-mismatch") || m_evidence.console->value != m_result.originAt(m_result.url))
            return;
        if (const auto hop = Url::parse(QByteArray(m_result.url.scheme() + "://elsewhere.example/moved"))) {
            m_result.hop = *hop;
            guessed(tr("A further redirect over another origin"), tr("the page's own origin was allowed and did not match, so it had become null"));
        }
    }

    void needPreflight()
    {
        auto& call = m_result.call;
        if (needsPreflight(call))
            return;
        if (!m_evidence.request)
            call.method = "POST";
        if (call.method == "GET" || call.method == "HEAD")
            call.headers.set("Authorization", "Bearer token");
        else
            call.headers.set("Content-Type", "application/json");
        guessed(tr("The request is not a simple one: %1").arg(shown(call.method + ' ' + call.headers.at(call.headers.size() - 1).name)),
                tr("there was a preflight, and nothing says for what"));
    }

    void inferCall()
    {
        auto& call = m_result.call;
        if (m_evidence.request && m_evidence.request->isPreflight)
            askedFor(m_evidence.request->call);
        if (m_evidence.request && !m_evidence.request->isPreflight)
            certain(tr("Request: %1").arg(shown(call.method)), tr("it was pasted"), place(m_evidence.request));
        else if (m_evidence.answer && !m_evidence.answer->method.isEmpty() && m_evidence.answer->method != "OPTIONS")
            call.method = m_evidence.answer->method;
        if (m_evidence.console)
            fitToConsole(*m_evidence.console);
        else if (m_evidence.preflight)
            needPreflight();
        if (!call.body && (call.method == "POST" || call.method == "PUT" || call.method == "PATCH"))
            call.body = call.headers.get("Content-Type").value_or(QByteArray()).contains("json") ? "{}" : "";
        if (call.body && (call.method == "GET" || call.method == "HEAD"))
            call.body.reset();
    }

    // A preflight sent by hand says what is asked for.
    void askedFor(const FetchCall& preflight)
    {
        auto& call = m_result.call;
        call.headers.clear();
        call.method = preflight.headers.get("Access-Control-Request-Method").value_or(QByteArray("GET"));
        for (const auto& name : preflight.headers.get("Access-Control-Request-Headers").value_or(QByteArray()).split(','))
            if (const auto trimmed = name.trimmed(); isHeaderName(trimmed))
                call.headers.append(trimmed, unsafeValue(trimmed));
        certain(tr("Request: %1").arg(shown(call.method)), tr("the preflight asks for it"), place(m_evidence.request));
    }

    // The preflight's answer said *, and it was not enough.
    bool asteriskRefused(const ConsoleReport& console) const
    {
        const auto said = [&](const char* name) { return m_evidence.preflight && m_evidence.preflight->headers.get(name) == QByteArray("*"); };
        return (console.key == "method-not-allowed" && said("Access-Control-Allow-Methods"))
            || (console.key == "header-not-allowed" && said("Access-Control-Allow-Headers")
                && (console.value.toLower() != "authorization" || Profile::named(console.engine).authorizationCoveredByAsterisk));
    }

    void fitToConsole(const ConsoleReport& console)
    {
        auto& call = m_result.call;
        if (console.initiator == "XMLHttpRequest")
            call.initiator = FetchCall::Initiator::XmlHttpRequest;
        if (!console.method.isEmpty() && !m_evidence.request)
            call.method = console.method;
        const bool credentials = console.key == "wildcard-with-credentials" || console.key == "allow-credentials-not-true";
        if (credentials && call.credentials != "include") {
            call.credentials = "include";
            certain(tr("Credentials are included"), tr("else the console would not mind them"), place(m_evidence.console));
        }
        if (asteriskRefused(console) && call.credentials != "include") {
            call.credentials = "include";
            certain(tr("Credentials are included"), tr("else the recorded * would have allowed it"), place(m_evidence.console));
        }
        if (console.key == "method-not-allowed") {
            if (ascii::isToken(console.value)) {
                call.method = console.value;
                certain(tr("Method: %1").arg(shown(call.method)), tr("the console names it"), place(m_evidence.console));
            } else if (isCorsSafelistedMethod(call.method)) {
                call.method = "PUT";
                guessed(tr("Method: PUT"), tr("the console does not name the method"));
            }
        }
        if (console.key == "header-not-allowed" && isHeaderName(console.value)) {
            if (console.value.toLower() == "content-type" && !m_evidence.request)
                call.method = "POST";
            if (const auto value = call.headers.get(console.value); !value || isCorsSafelistedRequestHeader(console.value, *value))
                call.headers.set(console.value, unsafeValue(console.value));
            certain(tr("The request has the header %1").arg(shown(console.value)), tr("the console names it"), place(m_evidence.console));
        }
        if (console.key == "same-origin-mode-cross-origin")
            call.mode = "same-origin";
        if (console.key == "no-cors-with-redirect-mode") {
            call.mode = "no-cors";
            if (call.redirect == "follow")
                call.redirect = "error";
        }
        if (console.key == "cross-origin-resource-policy")
            call.mode = "no-cors";
        if (console.key == "redirect-mode-error")
            call.redirect = "error";
        const QList<QByteArray> ofLocalNetwork{"insecure-local-network", "local-network-permission", "local-network-prompt", "target-address-space"};
        if (ofLocalNetwork.contains(console.key))
            fitToLocalNetwork(console);
        if (console.key == "content-security-policy") {
            const auto policy = console.value.contains("-src") ? console.value : QByteArray("connect-src 'self'");
            m_result.page.contentSecurityPolicy = {policy};
            certain(tr("The page's policy: %1").arg(shown(policy)), tr("the console names it"), place(m_evidence.console));
        }
        if (console.preflight)
            needPreflight();
    }

    void fitToLocalNetwork(const ConsoleReport& console)
    {
        m_result.page.addressSpace = console.value == "loopback" ? "local" : "public";
        if (console.key == "local-network-permission")
            m_result.page.localNetworkAccess = "denied";
        m_result.call.targetAddressSpace = console.announced;
        // From a secure page only a call that names the address space gets past the ban on mixed content.
        if (console.announced.isEmpty() && m_result.page.scheme == "https" && m_result.url.scheme() == "http")
            m_result.call.targetAddressSpace = console.value;
        guessed(tr("The page came from the address space %1").arg(shown(m_result.page.addressSpace)),
                tr("the console says only that it is less private than %1").arg(console.value.isEmpty() ? tr("the server") : shown(console.value)));
    }
};

} // namespace

QByteArray InferredRequest::originAt(const Url& at) const
{
    const auto origin = page.origin();
    if (!redirected || at.serialized() == call.url)
        return origin;
    const auto first = Url::parse(call.url);
    const bool tainted = (hop && at != *hop) || (first && first->origin().serialized() != origin && !first->origin().isSameOrigin(at.origin()));
    return tainted ? QByteArray("null") : origin;
}

InferredRequest inferRequest(const Evidence& evidence, const QString& pasted)
{
    return Inferrer(evidence, pasted).run();
}

} // namespace corscope::paste
