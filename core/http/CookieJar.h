#pragma once

#include "core/base/Result.h"
#include "core/http/Cookie.h"
#include "core/trace/Step.h"
#include "core/url/Url.h"

#include <vector>

namespace corscope {

/// The request that brings or wants cookies, as far as the jar asks.
struct CookieRequest
{
    Url url;
    bool isSameSite = true; ///< everything from the page to here is one site
    bool isTopLevelNavigation = false;
    QByteArray method = "GET";
    bool isHttpApi = true; ///< false: `document.cookie`
    QByteArray partition = {}; ///< of the jar, one for each page's site, that the request has to do with; empty: the common one
    bool isPartitionedOnly = false; ///< nothing is stored in that jar but what asks for it
    bool isUnsaidNone = false;      ///< a cookie without SameSite goes across sites
    bool isRefused = false;         ///< nothing is stored at all
};

/// Why the jar does not take a cookie.
enum class CookieRejection {
    Malformed,            ///< control characters, nothing in it, or too long
    NonAsciiDomain,
    PublicSuffix,         ///< `Domain` is one that anybody may register below
    DomainMismatch,       ///< `Domain` does not cover the host
    SecureWithoutTls,
    HttpOnlyFromScript,
    ShadowsSecureCookie,  ///< would hide a `Secure` cookie of the same name
    CrossSite,            ///< Lax, Strict or unsaid, on a cross-site response
    SameSiteNoneInsecure, ///< `SameSite=None` without `Secure`
    SecurePrefix,         ///< `__Secure-` without `Secure`
    HostPrefix,           ///< `__Host-` without `Secure` and `Path=/`, or with `Domain`
    NamelessPrefix,       ///< no name, and a value that pretends to be a prefixed name
    ThirdParty,           ///< the browser takes none from other sites
    OverwritesHttpOnly,   ///< script may not replace an `HttpOnly` cookie
};

/// The browser's cookies, RFC 6265bis. Time is passed in; an expired cookie is never seen again.
class CookieJar
{
public:
    /// Section 5.7: stores what a `Set-Cookie` header says. A cookie that has already expired deletes its namesake.
    Result<Cookie, CookieRejection> store(QByteArrayView setCookie, const CookieRequest& request, Instant now);

    /// Section 5.8: the cookies that go with the request, longest path first, then oldest first.
    QList<Cookie> matching(const CookieRequest& request, Instant now);
    /// The value of the `Cookie` header; empty where there is none to send.
    QByteArray cookieString(const CookieRequest& request, Instant now);

    const std::vector<Cookie>& cookies() const { return m_cookies; } ///< oldest first, expired ones among them
    /// By hand: without asking whether a server could have set it. Takes the place of its namesake.
    void put(const Cookie& cookie);
    void remove(const Cookie& cookie); ///< that one, by what tells cookies apart
    void clear() { m_cookies.clear(); }
    qsizetype size(Instant now) const;
    StateTable table(Instant now) const; ///< id "cookies"
    bool operator==(const CookieJar&) const = default;

private:
    std::optional<CookieRejection> check(const Cookie& cookie, const SetCookie& said, const CookieRequest& request) const;
    void evict(Instant now);

    std::vector<Cookie> m_cookies; ///< oldest first
};

} // namespace corscope
