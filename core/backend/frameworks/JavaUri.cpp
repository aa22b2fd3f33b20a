#include "core/backend/frameworks/JavaUri.h"

#include "core/base/Ascii.h"

#include <QHostAddress>

#include <algorithm>

namespace corscope {

namespace {

bool isUnreserved(char c) { return ascii::isAlphanumeric(c) || QByteArrayView("-_.!~*'()").contains(c); }

/// Beyond ASCII everything but control characters and the no-break space.
bool isOther(char c) { return uchar(c) > 0xa0; }

bool allOf(QByteArrayView text, const char* more)
{
    return std::all_of(text.begin(), text.end(),
                       [&](char c) { return isUnreserved(c) || isOther(c) || QByteArrayView(more).contains(c); });
}
bool isUric(QByteArrayView text) { return allOf(text, ";/?:@&=+$,[]"); }

/// `[address]:port`, perhaps with who asks before it. Anything without brackets need not be a host at all.
bool isAuthority(QByteArrayView text)
{
    if (!text.contains('[') && !text.contains(']'))
        return allOf(text, "$,;:@&=+");
    const auto at = text.indexOf('@');
    if (at >= 0 && !allOf(text.first(at), ";:&=+$,"))
        return false;
    const auto host = text.sliced(at + 1);
    const auto end = host.indexOf(']');
    if (!host.startsWith('[') || end < 0
        || QHostAddress(QString::fromLatin1(host.sliced(1, end - 1))).protocol() != QAbstractSocket::IPv6Protocol)
        return false;
    const auto port = host.sliced(end + 1);
    return port.isEmpty() || (port.startsWith(':') && std::all_of(port.begin() + 1, port.end(), [](char c) {
                                  return ascii::isDigit(c);
                              }));
}

qsizetype firstOf(QByteArrayView text, const char* characters)
{
    const auto found =
        std::find_if(text.begin(), text.end(), [&](char c) { return QByteArrayView(characters).contains(c); });
    return found - text.begin();
}

} // namespace

bool isJavaUriWithScheme(QByteArrayView text)
{
    const auto colon = firstOf(text, ":/?#");
    if (colon == 0 || colon == text.size() || text[colon] != ':' || !ascii::isAlpha(text[0]))
        return false;
    const auto scheme = text.first(colon);
    if (!std::all_of(scheme.begin(), scheme.end(),
                     [](char c) { return ascii::isAlphanumeric(c) || c == '+' || c == '-' || c == '.'; }))
        return false;

    auto rest = text.sliced(colon + 1);
    if (const auto hash = rest.indexOf('#'); hash >= 0) {
        if (!isUric(rest.sliced(hash + 1)))
            return false;
        rest = rest.first(hash);
    }
    if (!rest.startsWith('/'))
        return !rest.isEmpty() && isUric(rest);
    if (const auto query = rest.indexOf('?'); query >= 0) {
        if (!isUric(rest.sliced(query + 1)))
            return false;
        rest = rest.first(query);
    }
    if (rest.startsWith("//")) {
        rest = rest.sliced(2);
        const auto end = firstOf(rest, "/");
        const auto authority = rest.first(end);
        // None at all is allowed before something else only.
        if (authority.isEmpty() ? colon + 3 == text.size() : !isAuthority(authority))
            return false;
        rest = rest.sliced(end);
    }
    return allOf(rest, ":@&=+$,;/");
}

} // namespace corscope
