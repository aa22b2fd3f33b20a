#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <algorithm>
#include <array>

/// Bytes as HTTP and the Infra standard understand them: ASCII case, tokens, whitespace.
namespace corscope::ascii {

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool isAlpha(char c) { return isUpper(c) || (c >= 'a' && c <= 'z'); }
constexpr bool isAlphanumeric(char c) { return isDigit(c) || isAlpha(c); }
constexpr char toLower(char c) { return isUpper(c) ? char(c + 0x20) : c; }
constexpr char toUpper(char c) { return (c >= 'a' && c <= 'z') ? char(c - 0x20) : c; }
/// HTTP whitespace: tab, LF, CR, space.
constexpr bool isHttpWhitespace(char c) { return c == '\t' || c == '\n' || c == '\r' || c == ' '; }
constexpr bool isTabOrSpace(char c) { return c == '\t' || c == ' '; }
/// tchar of RFC 9110 section 5.6.2, by byte.
inline constexpr auto tokenChars = [] {
    std::array<bool, 256> result{};
    for (const char known : {'!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~'})
        result[static_cast<unsigned char>(known)] = true;
    for (unsigned i = 0; i < 256; ++i)
        result[i] = result[i] || isAlphanumeric(char(i));
    return result;
}();
constexpr bool isTokenChar(char c) { return tokenChars[static_cast<unsigned char>(c)]; }
bool isToken(QByteArrayView bytes);

QByteArray lowered(QByteArrayView bytes);
QByteArray uppered(QByteArrayView bytes);
/// As equalIgnoringCase(), for `size` bytes each.
bool areEqualIgnoringCase(const char* a, const char* b, qsizetype size);
inline bool equalIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size()
        && (a.data() == b.data() || a.isEmpty() || (toLower(a[0]) == toLower(b[0]) && areEqualIgnoringCase(a.data(), b.data(), a.size())));
}
bool startsWithIgnoringCase(QByteArrayView bytes, QByteArrayView prefix);
/// Without leading and trailing HTTP whitespace.
QByteArrayView trimmed(QByteArrayView bytes);
/// Without leading and trailing tabs and spaces.
QByteArrayView trimmedTabOrSpace(QByteArrayView bytes);
/// Byte-wise order of the lower-cased bytes.
bool lessIgnoringCase(QByteArrayView a, QByteArrayView b);
QByteArray join(const QList<QByteArray>& parts, QByteArrayView separator);

} // namespace corscope::ascii
