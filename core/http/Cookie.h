#pragma once

#include "core/base/Clock.h"

#include <QByteArray>
#include <QByteArrayView>
#include <optional>

namespace corscope {

/// Default is a cookie that did not say, which is enforced as Lax.
enum class SameSite { Default, None, Lax, Strict };

/// A cookie as it lies in the jar (RFC 6265bis section 5.7).
struct Cookie
{
    QByteArray name;  ///< may be empty
    QByteArray value;
    QByteArray domain; ///< lower case, without leading dot
    QByteArray path;
    bool hostOnly = true; ///< set without `Domain`: goes back to that very host only
    bool secure = false;
    bool httpOnly = false;
    SameSite sameSite = SameSite::Default;
    QByteArray partition; ///< site of the page whose jar it lies in; empty: the common one
    std::optional<Instant> expires; ///< null: until the browser closes
    Instant created;
    Instant lastAccess;

    bool isExpired(Instant now) const { return expires && *expires <= now; }
    bool operator==(const Cookie&) const = default;
};

/// What one `Set-Cookie` header says, before the jar decides about it.
struct SetCookie
{
    QByteArray name;
    QByteArray value;
    QByteArray domain;              ///< lower case, without leading dot; empty where absent
    std::optional<QByteArray> path; ///< null where absent or not beginning with "/"
    std::optional<Instant> expires; ///< from `Max-Age`, else from `Expires`; at most 400 days ahead
    bool secure = false;
    bool httpOnly = false;
    SameSite sameSite = SameSite::Default;
    bool partitioned = false;
    bool operator==(const SetCookie&) const = default;
};

/// RFC 6265bis section 5.6. Null where the header is to be ignored: control characters, neither name nor value, or name
/// and value longer than 4096 bytes together.
std::optional<SetCookie> parseSetCookie(QByteArrayView header, Instant now);

/// RFC 6265bis section 5.1.1: the date of an `Expires` attribute, in nearly any order and spelling.
std::optional<Instant> parseCookieDate(QByteArrayView text);
/// RFC 6265bis section 5.1.3
bool cookieDomainMatches(QByteArrayView host, QByteArrayView domain);
/// RFC 6265bis section 5.1.4
bool cookiePathMatches(QByteArrayView requestPath, QByteArrayView cookiePath);
/// RFC 6265bis section 5.1.4: the path of a cookie that names none.
QByteArray defaultCookiePath(QByteArrayView requestPath);

/// The `Set-Cookie` header that gives such a cookie, if its own host sends it; where the path holds a `;`, if it sends it
/// from an address that has this default path.
QByteArray setCookieHeader(const Cookie& cookie);

/// "Lax", "Strict", "None", or empty for Default.
QByteArray sameSiteName(SameSite sameSite);

} // namespace corscope
