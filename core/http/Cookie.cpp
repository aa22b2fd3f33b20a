#include "core/http/Cookie.h"

#include "core/base/Ascii.h"
#include "core/url/Host.h"

#include <algorithm>

#include <QDateTime>
#include <QLocale>

namespace corscope {

/// No cookie lives longer, whatever its server asks for.
static constexpr std::chrono::hours longestLife(400 * 24);

static bool isControl(char c)
{
    return (c >= 0 && c < 0x20 && c != '\t') || c == 0x7f;
}

/// \return null where the attribute is not a number and so is ignored
static std::optional<Instant> expiryFromMaxAge(QByteArrayView value, Instant now)
{
    const bool negative = value.startsWith('-');
    const auto digits = negative ? value.sliced(1) : value;
    if (digits.isEmpty() || !std::all_of(digits.begin(), digits.end(), ascii::isDigit))
        return std::nullopt;
    constexpr qint64 most = std::chrono::seconds(longestLife).count();
    qint64 seconds = 0;
    for (const char digit : digits)
        seconds = std::min(most, seconds * 10 + (digit - '0'));
    if (negative || seconds == 0)
        return Instant::min();
    return now + std::chrono::seconds(seconds);
}

static SameSite sameSiteOf(QByteArrayView value)
{
    for (const auto sameSite : {SameSite::None, SameSite::Lax, SameSite::Strict}) {
        if (ascii::equalIgnoringCase(value, sameSiteName(sameSite)))
            return sameSite;
    }
    return SameSite::Default;
}

static void readAttribute(SetCookie& cookie, QByteArrayView name, QByteArrayView value, Instant now,
                          std::optional<Instant>& maxAge)
{
    const auto is = [name](QByteArrayView known) { return ascii::equalIgnoringCase(name, known); };
    if (is("Expires")) {
        if (const auto date = parseCookieDate(value))
            cookie.expires = std::min(*date, now + longestLife);
    } else if (is("Max-Age")) {
        if (const auto expiry = expiryFromMaxAge(value, now))
            maxAge = expiry;
    } else if (is("Domain")) {
        cookie.domain = ascii::lowered(value.startsWith('.') ? value.sliced(1) : value);
    } else if (is("Path")) {
        cookie.path.reset();
        if (value.startsWith('/'))
            cookie.path = value.toByteArray();
    } else if (is("Secure")) {
        cookie.secure = true;
    } else if (is("HttpOnly")) {
        cookie.httpOnly = true;
    } else if (is("Partitioned")) {
        cookie.partitioned = true;
    } else if (is("SameSite")) {
        cookie.sameSite = sameSiteOf(value);
    }
}

std::optional<SetCookie> parseSetCookie(QByteArrayView header, Instant now)
{
    if (std::any_of(header.begin(), header.end(), isControl))
        return std::nullopt;
    const auto parts = header.toByteArray().split(';');
    const QByteArrayView pair(parts.first());
    const auto equals = pair.indexOf('=');

    SetCookie cookie;
    if (equals >= 0)
        cookie.name = ascii::trimmedTabOrSpace(pair.first(equals)).toByteArray();
    cookie.value = ascii::trimmedTabOrSpace(pair.sliced(equals + 1)).toByteArray();
    const auto length = cookie.name.size() + cookie.value.size();
    if (length == 0 || length > 4096)
        return std::nullopt;

    std::optional<Instant> maxAge;
    for (qsizetype i = 1; i < parts.size(); ++i) {
        const QByteArrayView attribute(parts[i]);
        const auto at = attribute.indexOf('=');
        const auto name = ascii::trimmedTabOrSpace(at < 0 ? attribute : attribute.first(at));
        const auto value = ascii::trimmedTabOrSpace(at < 0 ? QByteArrayView() : attribute.sliced(at + 1));
        if (value.size() <= 1024)
            readAttribute(cookie, name, value, now, maxAge);
    }
    if (maxAge)
        cookie.expires = maxAge;
    return cookie;
}

bool cookieDomainMatches(QByteArrayView host, QByteArrayView domain)
{
    if (host == domain)
        return true;
    return host.size() > domain.size() && host.endsWith(domain) && host[host.size() - domain.size() - 1] == '.'
        && !isIpAddress(host);
}

bool cookiePathMatches(QByteArrayView requestPath, QByteArrayView cookiePath)
{
    if (!requestPath.startsWith(cookiePath))
        return false;
    return requestPath.size() == cookiePath.size() || cookiePath.endsWith('/') || requestPath[cookiePath.size()] == '/';
}

QByteArray defaultCookiePath(QByteArrayView requestPath)
{
    const auto lastSlash = requestPath.lastIndexOf('/');
    if (!requestPath.startsWith('/') || lastSlash == 0)
        return "/";
    return requestPath.first(lastSlash).toByteArray();
}

QByteArray setCookieHeader(const Cookie& cookie)
{
    // Without a name, a value with "=" in it would be taken for both.
    const bool valueAlone = cookie.name.isEmpty() && !cookie.value.contains('=');
    QByteArray header = valueAlone ? cookie.value : QByteArray(cookie.name + '=' + cookie.value);
    if (!cookie.hostOnly)
        header += "; Domain=" + cookie.domain;
    if (!cookie.path.contains(';')) // which only an address can say, whose default path it then is
        header += "; Path=" + cookie.path;
    if (cookie.expires) {
        const auto date = QDateTime::fromMSecsSinceEpoch(cookie.expires->time_since_epoch().count(), Qt::UTC);
        header += "; Expires=" + QLocale::c().toString(date, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss")).toLatin1() + " GMT";
    }
    if (cookie.secure)
        header += "; Secure";
    if (cookie.httpOnly)
        header += "; HttpOnly";
    if (cookie.sameSite != SameSite::Default)
        header += "; SameSite=" + sameSiteName(cookie.sameSite);
    return header;
}

QByteArray sameSiteName(SameSite sameSite)
{
    switch (sameSite) {
    case SameSite::Default: return {};
    case SameSite::None: return "None";
    case SameSite::Lax: return "Lax";
    case SameSite::Strict: return "Strict";
    }
    return {};
}

} // namespace corscope
