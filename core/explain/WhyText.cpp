#include "core/explain/WhyText.h"

#include <QCoreApplication>

namespace corscope::explain {

static QString tr(const char* text)
{
    return QCoreApplication::translate("explain", text);
}

static QString quoted(const QByteArray& bytes)
{
    return QString::fromLatin1(bytes);
}

QString reason(const Blocked& blocked, const SendOutcome& outcome)
{
    const bool preflight = blocked.on == Blocked::On::Preflight;
    const auto answer = preflight ? tr("The answer to the preflight") : tr("The answer");
    const auto value = quoted(blocked.offender);
    const auto origin = quoted(outcome.pageOrigin);
    const auto address = quoted(outcome.finalUrl.isEmpty() ? outcome.url : outcome.finalUrl);
    switch (blocked.why) {
    case Why::MissingAllowOrigin:
        return tr("%1 has no Access-Control-Allow-Origin header, so no other origin may read it.").arg(answer);
    case Why::AllowOriginMismatch:
        return tr("%1 allows %2, but the page's origin is %3; they have to be equal byte for byte.").arg(answer, value, origin);
    case Why::MultipleAllowOrigin:
        return tr("%1 names several values (%2); only one origin, or *, may stand there.").arg(answer, value);
    case Why::InvalidAllowOrigin:
        return tr("%1 allows “%2”, which is not an origin, so it can equal none.").arg(answer, value);
    case Why::WildcardWithCredentials:
        return tr("The request carries credentials, so * does not stand for every origin; %1 has to name %2.")
            .arg(preflight ? tr("the answer to the preflight") : tr("the answer"), origin);
    case Why::AllowCredentialsNotTrue:
        return value.isEmpty()
            ? tr("The request carries credentials, but %1 has no Access-Control-Allow-Credentials: true.")
                  .arg(preflight ? tr("the answer to the preflight") : tr("the answer"))
            : tr("The request carries credentials, but Access-Control-Allow-Credentials is “%1”; it has to be exactly “true”.")
                  .arg(value);
    case Why::PreflightStatusNotOk:
        return tr("The preflight was answered with status %1; it has to be 200 to 299.").arg(value);
    case Why::InvalidAllowMethods:
        return tr("Access-Control-Allow-Methods (%1) is not a list of methods.").arg(value);
    case Why::InvalidAllowHeaders:
        return tr("Access-Control-Allow-Headers (%1) is not a list of header names.").arg(value);
    case Why::MethodNotAllowed:
        return tr("The method %1 is not in Access-Control-Allow-Methods.").arg(value);
    case Why::HeaderNotAllowed:
        return tr("The header %1 is not in Access-Control-Allow-Headers.").arg(value);
    case Why::MixedContent:
        return tr("The page came over https and may not fetch %1, which is not secure. CORS was not even asked.").arg(value);
    case Why::BadPort:
        return tr("Browsers do not speak HTTP to port %1; it belongs to another protocol.").arg(value);
    case Why::ContentSecurityPolicy:
        return tr("The page's own Content-Security-Policy (%1) does not let script connect to %2. Nothing was sent; no server can change that.")
            .arg(value, address);
    case Why::InsecureLocalNetwork:
        return tr("The server's address is more private (%1) than the page's, and a page that is not secure may not even ask for permission. CORS was not asked.")
            .arg(value);
    case Why::LocalNetworkPermission:
        return tr("The server's address is more private (%1) than the page's, and the person has not allowed the page to reach it. CORS was not asked.")
            .arg(value);
    case Why::LocalNetworkPrompt:
        return tr("The server's address is more private (%1) than the page's. The browser asks the person and waits; until there is an answer, the promise is pending and nothing is sent.")
            .arg(value);
    case Why::TargetAddressSpace:
        return tr("Script said that the server's address is %1, but it is %2.")
            .arg(QString::fromLatin1(outcome.targetAddressSpace.isEmpty() ? QByteArray("local") : outcome.targetAddressSpace), value);
    case Why::SameOriginModeCrossOrigin:
        return tr("Script asked with mode \"same-origin\", but the address is of another origin.");
    case Why::NoCorsWithRedirectMode:
        return tr("With mode \"no-cors\" the redirect mode has to be \"follow\".");
    case Why::SchemeNotSupported:
        return tr("Nothing can be fetched with the scheme %1.").arg(value);
    case Why::CrossOriginResourcePolicy:
        return tr("The server lets only %1 pages have this without permission (Cross-Origin-Resource-Policy).").arg(value);
    case Why::NotInCache:
        return tr("Script wanted a stored answer or none, and none is stored.");
    case Why::KeepaliveTooLong:
        return tr("A request that outlives its page may carry 65,536 bytes; this one has %1.").arg(value);
    case Why::AuthenticationBodyNotReplayable:
        return tr("The server wants a password, but the body was a stream and cannot be sent twice.");
    case Why::StreamOverHttp1:
        return tr("The body is a stream, which browsers send over HTTP/2 only; this connection speaks HTTP/1.1.");
    case Why::MimeTypeBlocked:
        return tr("What came is of type %1, which no script can be.").arg(value);
    case Why::NosniffBlocked:
        return blocked.offender.isEmpty()
            ? tr("The answer forbids guessing its type (X-Content-Type-Options: nosniff) and has none.")
            : tr("The answer forbids guessing its type (X-Content-Type-Options: nosniff), and %1 is not what was asked for.")
                  .arg(value);
    case Why::OpaqueResponseBlocked:
        return tr("The answer came without permission for this origin and is nothing that pages embed, so it is kept from "
                  "the page's process (Opaque Response Blocking).");
    case Why::IntegrityMismatch:
        return tr("What came is not what was promised: its hash does not match %1.").arg(value);
    case Why::UnusableContent:
        return tr("The answer arrived, but the element cannot use it (%1).").arg(value);
    case Why::RedirectModeError:
        return tr("The server redirects to %1, and script asked for an error in that case.").arg(value);
    case Why::TooManyRedirects:
        return tr("The server redirected more than %1 times.").arg(value);
    case Why::RedirectSchemeNotHttp:
        return tr("The server redirects to %1, which is neither http nor https.").arg(value);
    case Why::RedirectWithCredentials:
        return tr("The server redirects to an address with a user name or password.");
    case Why::RedirectBodyNotReplayable:
        return tr("The server redirects, but the body was a stream and cannot be sent twice.");
    case Why::InvalidLocation:
        return tr("The server redirects to “%1”, which is no address.").arg(value);
    case Why::NameNotResolved:
        return tr("No server of this sandbox has the name %1. This is not CORS.").arg(value);
    case Why::ConnectionRefused:
        return tr("Nothing listens there. This is not CORS.");
    case Why::ConnectionReset:
        return tr("The server broke the connection. This is not CORS.");
    case Why::ConnectionClosed:
        return tr("The server closed the connection before its answer was complete. This is not CORS.");
    case Why::TlsFailure:
        return tr("No secure connection came about: %1. This is not CORS.").arg(value);
    case Why::MalformedResponse:
        return tr("What the server sent is not an HTTP response. This is not CORS.");
    case Why::TimedOut:
        return tr("The server did not answer in time. This is not CORS.");
    case Why::Aborted:
        return tr("The request was aborted.");
    case Why::InvalidRequest:
        return tr("Script's call is not valid (“%1”), so fetch() refuses it before anything happens.").arg(value);
    }
    return {};
}

QString shortReason(const Blocked& blocked)
{
    const auto value = quoted(blocked.offender);
    switch (blocked.why) {
    case Why::MissingAllowOrigin: return tr("no Access-Control-Allow-Origin");
    case Why::AllowOriginMismatch: return tr("allows %1, not this page").arg(value);
    case Why::MultipleAllowOrigin: return tr("several values: %1").arg(value);
    case Why::InvalidAllowOrigin: return tr("“%1” is not an origin").arg(value);
    case Why::WildcardWithCredentials: return tr("* does not cover credentials");
    case Why::AllowCredentialsNotTrue: return tr("credentials are not allowed");
    case Why::PreflightStatusNotOk: return tr("status %1 is not ok").arg(value);
    case Why::InvalidAllowMethods: return tr("the list of methods cannot be read");
    case Why::InvalidAllowHeaders: return tr("the list of headers cannot be read");
    case Why::MethodNotAllowed: return tr("%1 is not allowed").arg(value);
    case Why::HeaderNotAllowed: return tr("header %1 is not allowed").arg(value);
    case Why::MixedContent: return tr("https page, insecure address");
    case Why::BadPort: return tr("port %1 is blocked").arg(value);
    case Why::ContentSecurityPolicy: return tr("the page's policy: %1").arg(value);
    case Why::InsecureLocalNetwork: return tr("%1 address, page not secure").arg(value);
    case Why::LocalNetworkPermission: return tr("%1 address, no permission").arg(value);
    case Why::LocalNetworkPrompt: return tr("%1 address, the person is asked").arg(value);
    case Why::TargetAddressSpace: return tr("the address is %1").arg(value);
    case Why::SameOriginModeCrossOrigin: return tr("another origin");
    case Why::NoCorsWithRedirectMode: return tr("redirect mode %1").arg(value);
    case Why::SchemeNotSupported: return tr("scheme %1").arg(value);
    case Why::CrossOriginResourcePolicy: return tr("for %1 pages only").arg(value);
    case Why::NotInCache: return tr("nothing is stored");
    case Why::KeepaliveTooLong: return tr("keepalive, and %1 bytes").arg(value);
    case Why::StreamOverHttp1: return tr("a stream over HTTP/1.1");
    case Why::MimeTypeBlocked: return tr("%1 is no script").arg(value);
    case Why::NosniffBlocked: return tr("nosniff, and the wrong type");
    case Why::OpaqueResponseBlocked: return tr("opaque, and nothing to embed");
    case Why::IntegrityMismatch: return tr("the hash does not match");
    case Why::UnusableContent: return tr("%1 is of no use here").arg(value);
    case Why::RedirectModeError: return tr("redirects are an error");
    case Why::TooManyRedirects: return tr("too many redirects");
    case Why::RedirectSchemeNotHttp: return tr("leads away from HTTP");
    case Why::RedirectWithCredentials: return tr("password in the address");
    case Why::AuthenticationBodyNotReplayable:
    case Why::RedirectBodyNotReplayable: return tr("body cannot be sent twice");
    case Why::InvalidLocation: return tr("no address");
    case Why::NameNotResolved: return tr("unknown name %1").arg(value);
    case Why::ConnectionRefused: return tr("nothing listens there");
    case Why::ConnectionReset: return tr("connection broken");
    case Why::ConnectionClosed: return tr("connection closed early");
    case Why::TlsFailure: return tr("no secure connection");
    case Why::MalformedResponse: return tr("not an HTTP response");
    case Why::TimedOut: return tr("no answer in time");
    case Why::Aborted: return tr("aborted");
    case Why::InvalidRequest: return tr("not a valid call");
    }
    return {};
}

} // namespace corscope::explain
