#pragma once

#include "core/trace/Place.h"


#include <QByteArray>
#include <QList>
#include <optional>

namespace corscope {

/// Why script does not get the response. Typed, never prose: core/explain words it, for people and per console.
enum class Why {
    // CORS check (of the response, or of the preflight's)
    MissingAllowOrigin,
    AllowOriginMismatch,        ///< offender: the value of Access-Control-Allow-Origin
    MultipleAllowOrigin,        ///< offender: the combined value
    InvalidAllowOrigin,         ///< offender: a value that no origin can equal
    WildcardWithCredentials,    ///< `*` while credentials mode is "include"
    AllowCredentialsNotTrue,    ///< offender: the value, empty where absent
    // the preflight's own checks
    PreflightStatusNotOk,       ///< offender: the status
    InvalidAllowMethods,        ///< offender: the value that does not parse
    InvalidAllowHeaders,        ///< offender: the value that does not parse
    MethodNotAllowed,           ///< offender: the method
    HeaderNotAllowed,           ///< offender: the header name
    // before and beside CORS
    MixedContent,               ///< offender: the URL
    BadPort,                    ///< offender: the port
    ContentSecurityPolicy,      ///< offender: the directive violated
    InsecureLocalNetwork,       ///< offender: the server's address space
    LocalNetworkPermission,     ///< offender: the server's address space
    LocalNetworkPrompt,         ///< offender: the server's address space; the promise waits for the person
    TargetAddressSpace,         ///< offender: the server's address space, which is not the one that script named
    SameOriginModeCrossOrigin,
    NoCorsWithRedirectMode,
    SchemeNotSupported,         ///< offender: the scheme
    CrossOriginResourcePolicy,  ///< offender: the policy, said or taken for granted
    NotInCache,                 ///< cache mode "only-if-cached", and nothing stored
    KeepaliveTooLong,           ///< offender: the bytes that would be under way
    AuthenticationBodyNotReplayable,
    StreamOverHttp1,            ///< a stream is sent over HTTP/2 or not at all
    MimeTypeBlocked,            ///< offender: the type that no script can have
    NosniffBlocked,             ///< offender: the type, empty where there is none
    OpaqueResponseBlocked,      ///< offender: the type, empty where there is none
    IntegrityMismatch,          ///< offender: the metadata that was asked for
    UnusableContent,            ///< of an element; offender: the status, or the type
    // redirects
    RedirectModeError,
    TooManyRedirects,
    RedirectSchemeNotHttp,
    RedirectWithCredentials,
    RedirectBodyNotReplayable,
    InvalidLocation,
    // the network
    NameNotResolved,            ///< offender: the host
    ConnectionRefused,
    ConnectionReset,
    ConnectionClosed,           ///< closed before a complete response
    TlsFailure,                 ///< offender: what was wrong with the certificate or the handshake
    MalformedResponse,
    TimedOut,
    Aborted,
    // the page's own mistakes (fetch() throws before anything is sent)
    InvalidRequest,             ///< offender: the value that `new Request()` refuses
};

/// Stable id ("missing-allow-origin"), as scenario files and the stdio protocol write it.
QByteArray whyId(Why why);
std::optional<Why> whyFromId(QByteArrayView id);
/// Every reason there is.
QList<Why> allWhys();

/// Whether the CORS protocol itself refused (its check or its preflight), rather than something before or beside it.
bool isCorsFailure(Why why);

/// The reason for a network error, the bytes that offended, and the rule that found them.
struct Blocked
{
    Why why = Why::MissingAllowOrigin;
    QByteArray offender;
    Place at;
    /// Which response offended: the preflight's or the request's own.
    enum class On { Request, Preflight } on = On::Request;
    bool operator==(const Blocked&) const = default;
};

} // namespace corscope
