#include "core/trace/Blocked.h"

#include <algorithm>

namespace corscope {

namespace {
struct Reason
{
    Why why;
    const char* id;
    bool cors; ///< refused by the CORS protocol itself
};

constexpr Reason reasons[] = {
    {Why::MissingAllowOrigin, "missing-allow-origin", true},
    {Why::AllowOriginMismatch, "allow-origin-mismatch", true},
    {Why::MultipleAllowOrigin, "multiple-allow-origin", true},
    {Why::InvalidAllowOrigin, "invalid-allow-origin", true},
    {Why::WildcardWithCredentials, "wildcard-with-credentials", true},
    {Why::AllowCredentialsNotTrue, "allow-credentials-not-true", true},
    {Why::PreflightStatusNotOk, "preflight-status-not-ok", true},
    {Why::InvalidAllowMethods, "invalid-allow-methods", true},
    {Why::InvalidAllowHeaders, "invalid-allow-headers", true},
    {Why::MethodNotAllowed, "method-not-allowed", true},
    {Why::HeaderNotAllowed, "header-not-allowed", true},
    {Why::MixedContent, "mixed-content", false},
    {Why::BadPort, "bad-port", false},
    {Why::ContentSecurityPolicy, "content-security-policy", false},
    {Why::InsecureLocalNetwork, "insecure-local-network", false},
    {Why::LocalNetworkPermission, "local-network-permission", false},
    {Why::LocalNetworkPrompt, "local-network-prompt", false},
    {Why::TargetAddressSpace, "target-address-space", false},
    {Why::SameOriginModeCrossOrigin, "same-origin-mode-cross-origin", false},
    {Why::NoCorsWithRedirectMode, "no-cors-with-redirect-mode", false},
    {Why::SchemeNotSupported, "scheme-not-supported", false},
    {Why::CrossOriginResourcePolicy, "cross-origin-resource-policy", false},
    {Why::NotInCache, "not-in-cache", false},
    {Why::KeepaliveTooLong, "keepalive-too-long", false},
    {Why::AuthenticationBodyNotReplayable, "authentication-body-not-replayable", false},
    {Why::StreamOverHttp1, "stream-over-http1", false},
    {Why::MimeTypeBlocked, "mime-type-blocked", false},
    {Why::NosniffBlocked, "nosniff-blocked", false},
    {Why::OpaqueResponseBlocked, "opaque-response-blocked", false},
    {Why::IntegrityMismatch, "integrity-mismatch", false},
    {Why::UnusableContent, "unusable-content", false},
    {Why::RedirectModeError, "redirect-mode-error", false},
    {Why::TooManyRedirects, "too-many-redirects", false},
    {Why::RedirectSchemeNotHttp, "redirect-scheme-not-http", false},
    {Why::RedirectWithCredentials, "redirect-with-credentials", true},
    {Why::RedirectBodyNotReplayable, "redirect-body-not-replayable", false},
    {Why::InvalidLocation, "invalid-location", false},
    {Why::NameNotResolved, "name-not-resolved", false},
    {Why::ConnectionRefused, "connection-refused", false},
    {Why::ConnectionReset, "connection-reset", false},
    {Why::ConnectionClosed, "connection-closed", false},
    {Why::TlsFailure, "tls-failure", false},
    {Why::MalformedResponse, "malformed-response", false},
    {Why::TimedOut, "timed-out", false},
    {Why::Aborted, "aborted", false},
    {Why::InvalidRequest, "invalid-request", false},
};
} // namespace

static const Reason& reasonOf(Why why)
{
    const auto* it = std::find_if(std::begin(reasons), std::end(reasons), [&](const Reason& r) { return r.why == why; });
    Q_ASSERT(it != std::end(reasons));
    return *it;
}

QByteArray whyId(Why why)
{
    return reasonOf(why).id;
}

std::optional<Why> whyFromId(QByteArrayView id)
{
    const auto* it = std::find_if(std::begin(reasons), std::end(reasons), [&](const Reason& r) { return id == r.id; });
    if (it == std::end(reasons))
        return std::nullopt;
    return it->why;
}

QList<Why> allWhys()
{
    QList<Why> result;
    for (const auto& reason : reasons)
        result.append(reason.why);
    return result;
}

bool isCorsFailure(Why why)
{
    return reasonOf(why).cors;
}

} // namespace corscope
