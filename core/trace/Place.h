#pragma once

#include <QByteArrayView>

#include <string>

namespace corscope {

/// A short text that stands in the program itself ("4.1.2"), so that nobody has to copy it.
class Literal : public QByteArrayView
{
public:
    constexpr Literal() = default;
    constexpr Literal(const char* text) : QByteArrayView(text, qsizetype(std::char_traits<char>::length(text))) {}
};

/// Names a list of numbered rules: an algorithm of a standard, or the procedure of a pipeline stage. The id is the key
/// under which the step catalogue (resources/spec/steps.json, or a framework's description) keeps title, section,
/// address and the wording of each step.
class Algorithm
{
public:
    constexpr Algorithm() = default;
    constexpr explicit Algorithm(const char* id) : m_id(id) {} ///< \param id a string literal
    QByteArrayView id() const { return m_id ? QByteArrayView(m_id) : QByteArrayView(); }
    bool isNull() const { return !m_id; }
    bool operator==(const Algorithm& other) const { return m_id == other.m_id || id() == other.id(); }

    static const Algorithm FetchMethod, NewRequest, Fetch, MainFetch, SchemeFetch, HttpFetch, HttpRedirectFetch,
        HttpNetworkOrCacheFetch, HttpNetworkFetch, CorsPreflightFetch, CorsCheck, CorsUnsafeRequestHeaderNames,
        PreflightCacheMatch, CrossOriginResourcePolicyCheck, MixedContent, BadPort, AppendOriginHeader, CookieHeader,
        SetCookieHeader, SameOrigin, ContentSecurityPolicyReport, ContentSecurityPolicyCheck, UpgradeInsecureRequests,
        LocalNetworkAccess, Wire, Route, BrowserProfile,
        PotentialCorsRequest, BlockedDueToMimeType, BlockedDueToNosniff,
        OpaqueResponseSafelist, BytesMatchMetadata, DataUrlProcessor;

private:
    const char* m_id = nullptr;
};

inline constexpr Algorithm Algorithm::FetchMethod{"fetch-method"};
inline constexpr Algorithm Algorithm::NewRequest{"new-request"};
inline constexpr Algorithm Algorithm::Fetch{"fetch"};
inline constexpr Algorithm Algorithm::MainFetch{"main-fetch"};
inline constexpr Algorithm Algorithm::SchemeFetch{"scheme-fetch"};
inline constexpr Algorithm Algorithm::HttpFetch{"http-fetch"};
inline constexpr Algorithm Algorithm::HttpRedirectFetch{"http-redirect-fetch"};
inline constexpr Algorithm Algorithm::HttpNetworkOrCacheFetch{"http-network-or-cache-fetch"};
inline constexpr Algorithm Algorithm::HttpNetworkFetch{"http-network-fetch"};
inline constexpr Algorithm Algorithm::CorsPreflightFetch{"cors-preflight-fetch"};
inline constexpr Algorithm Algorithm::CorsCheck{"cors-check"};
inline constexpr Algorithm Algorithm::CorsUnsafeRequestHeaderNames{"cors-unsafe-request-header-names"};
inline constexpr Algorithm Algorithm::PreflightCacheMatch{"cors-preflight-cache"};
inline constexpr Algorithm Algorithm::CrossOriginResourcePolicyCheck{"cross-origin-resource-policy-check"};
inline constexpr Algorithm Algorithm::MixedContent{"mixed-content"};
inline constexpr Algorithm Algorithm::BadPort{"bad-port"};
inline constexpr Algorithm Algorithm::AppendOriginHeader{"append-origin-header"};
inline constexpr Algorithm Algorithm::CookieHeader{"cookie-header"};
inline constexpr Algorithm Algorithm::SetCookieHeader{"set-cookie-header"};
inline constexpr Algorithm Algorithm::SameOrigin{"same-origin"};
inline constexpr Algorithm Algorithm::ContentSecurityPolicyReport{"content-security-policy-report"};
inline constexpr Algorithm Algorithm::ContentSecurityPolicyCheck{"content-security-policy"};
inline constexpr Algorithm Algorithm::UpgradeInsecureRequests{"upgrade-insecure-requests"};
inline constexpr Algorithm Algorithm::LocalNetworkAccess{"local-network-access"};
inline constexpr Algorithm Algorithm::Wire{"wire"};
inline constexpr Algorithm Algorithm::Route{"route"};
inline constexpr Algorithm Algorithm::BrowserProfile{"browser-profile"};
inline constexpr Algorithm Algorithm::PotentialCorsRequest{"potential-cors-request"};
inline constexpr Algorithm Algorithm::BlockedDueToMimeType{"mime-type-block"};
inline constexpr Algorithm Algorithm::BlockedDueToNosniff{"nosniff-block"};
inline constexpr Algorithm Algorithm::OpaqueResponseSafelist{"opaque-response-safelist"};
inline constexpr Algorithm Algorithm::BytesMatchMetadata{"bytes-match-metadata"};
inline constexpr Algorithm Algorithm::DataUrlProcessor{"data-url-processor"};

/// Where in the rules something happened: an algorithm and the number of its step ("4.1.2").
struct Place
{
    Algorithm algorithm;
    Literal step;
    bool operator==(const Place&) const = default;
};

} // namespace corscope
