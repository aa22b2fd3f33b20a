#include "core/http/CookieJar.h"

#include "core/base/Ascii.h"
#include "core/http/Method.h"
#include "core/url/Site.h"

#include <QDateTime>
#include <algorithm>
#include <tuple>

namespace corscope {

/// How many cookies one domain may have; more push the oldest out.
static constexpr auto mostPerDomain = 180;

/// NB: the RFC leaves to the browser what a secure connection is. Plain http to loopback addresses counts, as it does
/// in Chromium and Firefox.
static bool isSecureConnection(const Url& url)
{
    return isPotentiallyTrustworthy(url.origin());
}

static bool isSameCookie(const Cookie& a, const Cookie& b)
{
    return a.name == b.name && a.domain == b.domain && a.hostOnly == b.hostOnly && a.path == b.path
        && a.partition == b.partition;
}

static bool isHiddenFrom(const CookieRequest& request, const Cookie& cookie)
{
    if (cookie.partition != request.partition)
        return true;
    if (cookie.sameSite == SameSite::None || request.isSameSite)
        return false;
    if (cookie.sameSite == SameSite::Default && request.isUnsaidNone)
        return false;
    // SKIPPED: the two minutes in which some browsers send a cookie without SameSite along with a cross-site POST.
    const bool laxIsEnough = request.isHttpApi && request.isTopLevelNavigation && isSafeMethod(request.method);
    return cookie.sameSite == SameSite::Strict || !laxIsEnough;
}

static bool hasSecurePrefix(QByteArrayView text)
{
    return ascii::startsWithIgnoringCase(text, "__Secure-");
}

static bool hasHostPrefix(QByteArrayView text)
{
    return ascii::startsWithIgnoringCase(text, "__Host-");
}

std::optional<CookieRejection> CookieJar::check(const Cookie& cookie, const SetCookie& said,
                                                const CookieRequest& request) const
{
    if (!cookie.hostOnly && !cookieDomainMatches(request.url.host(), cookie.domain))
        return CookieRejection::DomainMismatch;
    const bool isSecure = isSecureConnection(request.url);
    if (cookie.secure && !isSecure)
        return CookieRejection::SecureWithoutTls;
    if (cookie.httpOnly && !request.isHttpApi)
        return CookieRejection::HttpOnlyFromScript;
    const auto isShadowed = [&](const Cookie& other) {
        return other.secure && other.name == cookie.name && cookiePathMatches(cookie.path, other.path)
            && (cookieDomainMatches(cookie.domain, other.domain) || cookieDomainMatches(other.domain, cookie.domain));
    };
    if (!cookie.secure && !isSecure && std::any_of(m_cookies.begin(), m_cookies.end(), isShadowed))
        return CookieRejection::ShadowsSecureCookie;
    if (request.isRefused || (request.isPartitionedOnly && !said.partitioned))
        return CookieRejection::ThirdParty;
    const bool crosses = cookie.sameSite == SameSite::None || (cookie.sameSite == SameSite::Default && request.isUnsaidNone);
    if (!crosses && !request.isSameSite
        && !(request.isHttpApi && request.isTopLevelNavigation))
        return CookieRejection::CrossSite;
    if (cookie.sameSite == SameSite::None && !cookie.secure)
        return CookieRejection::SameSiteNoneInsecure;
    if (hasSecurePrefix(cookie.name) && !cookie.secure)
        return CookieRejection::SecurePrefix;
    if (hasHostPrefix(cookie.name) && !(cookie.secure && cookie.hostOnly && said.path == "/"))
        return CookieRejection::HostPrefix;
    if (cookie.name.isEmpty() && (hasSecurePrefix(cookie.value) || hasHostPrefix(cookie.value)))
        return CookieRejection::NamelessPrefix;
    const auto isProtected = [&](const Cookie& other) { return other.httpOnly && isSameCookie(other, cookie); };
    if (!request.isHttpApi && std::any_of(m_cookies.begin(), m_cookies.end(), isProtected))
        return CookieRejection::OverwritesHttpOnly;
    return std::nullopt;
}

Result<Cookie, CookieRejection> CookieJar::store(QByteArrayView setCookie, const CookieRequest& request, Instant now)
{
    evict(now);
    auto said = parseSetCookie(setCookie, now);
    if (!said)
        return CookieRejection::Malformed;
    if (std::any_of(said->domain.begin(), said->domain.end(), [](char c) { return static_cast<unsigned char>(c) > 0x7f; }))
        return CookieRejection::NonAsciiDomain;
    if (isPublicSuffix(said->domain)) {
        // A host that is itself a public suffix may still have cookies of its own.
        if (said->domain != request.url.host())
            return CookieRejection::PublicSuffix;
        said->domain.clear();
    }

    Cookie cookie;
    cookie.name = said->name;
    cookie.value = said->value;
    cookie.hostOnly = said->domain.isEmpty();
    cookie.domain = cookie.hostOnly ? request.url.host() : said->domain;
    cookie.path = said->path ? *said->path : defaultCookiePath(request.url.path());
    cookie.secure = said->secure;
    cookie.httpOnly = said->httpOnly;
    cookie.sameSite = said->sameSite;
    cookie.partition = request.partition;
    cookie.expires = said->expires;
    cookie.created = now;
    cookie.lastAccess = now;
    if (const auto rejection = check(cookie, *said, request))
        return *rejection;

    const auto old = std::find_if(m_cookies.begin(), m_cookies.end(),
                                  [&](const Cookie& other) { return isSameCookie(other, cookie); });
    if (old != m_cookies.end()) {
        // A new value leaves the cookie its age, and with it its place in the Cookie header.
        cookie.created = old->created;
        *old = cookie;
    } else {
        m_cookies.push_back(cookie);
    }
    evict(now);
    return cookie;
}

void CookieJar::put(const Cookie& cookie)
{
    const auto old = std::find_if(m_cookies.begin(), m_cookies.end(),
                                  [&](const Cookie& other) { return isSameCookie(other, cookie); });
    if (old != m_cookies.end())
        *old = cookie;
    else
        m_cookies.push_back(cookie);
}

void CookieJar::remove(const Cookie& cookie)
{
    std::erase_if(m_cookies, [&](const Cookie& other) { return isSameCookie(other, cookie); });
}

QList<Cookie> CookieJar::matching(const CookieRequest& request, Instant now)
{
    evict(now);
    const auto& host = request.url.host();
    const bool isSecure = isSecureConnection(request.url);
    QList<Cookie> result;
    for (auto& cookie : m_cookies) {
        const bool isForHost = cookie.hostOnly ? host == cookie.domain : cookieDomainMatches(host, cookie.domain);
        if (!isForHost || !cookiePathMatches(request.url.path(), cookie.path) || (cookie.secure && !isSecure)
            || (cookie.httpOnly && !request.isHttpApi) || isHiddenFrom(request, cookie))
            continue;
        cookie.lastAccess = now;
        result.append(cookie);
    }
    std::stable_sort(result.begin(), result.end(), [](const Cookie& a, const Cookie& b) {
        return a.path.size() != b.path.size() ? a.path.size() > b.path.size() : a.created < b.created;
    });
    return result;
}

QByteArray CookieJar::cookieString(const CookieRequest& request, Instant now)
{
    QList<QByteArray> pairs;
    for (const auto& cookie : matching(request, now))
        pairs.append(cookie.name.isEmpty() ? cookie.value : cookie.name + '=' + cookie.value);
    return ascii::join(pairs, "; ");
}

qsizetype CookieJar::size(Instant now) const
{
    return std::count_if(m_cookies.begin(), m_cookies.end(), [now](const Cookie& c) { return !c.isExpired(now); });
}

void CookieJar::evict(Instant now)
{
    std::erase_if(m_cookies, [now](const Cookie& cookie) { return cookie.isExpired(now); });
    if (m_cookies.empty())
        return;
    // Only the domain that was written to last can have grown too large.
    const auto domain = m_cookies.back().domain;
    const auto isOfDomain = [&](const Cookie& cookie) { return cookie.domain == domain; };
    while (std::count_if(m_cookies.begin(), m_cookies.end(), isOfDomain) > mostPerDomain) {
        // Cookies without Secure go first, then those that were not used for longest.
        const auto victim = std::min_element(m_cookies.begin(), m_cookies.end(), [&](const Cookie& a, const Cookie& b) {
            return std::tuple(!isOfDomain(a), a.secure, a.lastAccess) < std::tuple(!isOfDomain(b), b.secure, b.lastAccess);
        });
        m_cookies.erase(victim);
    }
}

static QByteArray dateText(Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(instant.time_since_epoch().count(), Qt::UTC)
        .toString(Qt::ISODate)
        .toLatin1();
}

StateTable CookieJar::table(Instant now) const
{
    const auto yesOrNo = [](bool flag) { return QByteArray(flag ? "yes" : "no"); };
    StateTable table{"cookies", {"name", "value", "domain", "path", "expires", "Secure", "HttpOnly", "SameSite"}, {}};
    for (const auto& cookie : m_cookies) {
        if (cookie.isExpired(now))
            continue;
        table.rows.append({cookie.name, cookie.value, cookie.hostOnly ? cookie.domain : '.' + cookie.domain, cookie.path,
                           cookie.expires ? dateText(*cookie.expires) : QByteArray("session"), yesOrNo(cookie.secure),
                           yesOrNo(cookie.httpOnly),
                           cookie.sameSite == SameSite::Default ? QByteArray("Lax (default)") : sameSiteName(cookie.sameSite)});
    }
    return table;
}

} // namespace corscope
