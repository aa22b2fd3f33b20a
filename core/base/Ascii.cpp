#include "core/base/Ascii.h"

#include <QtEndian>

#include <algorithm>

namespace corscope::ascii {

bool isToken(QByteArrayView bytes)
{
    return !bytes.isEmpty() && std::all_of(bytes.begin(), bytes.end(), isTokenChar);
}

QByteArray lowered(QByteArrayView bytes)
{
    auto result = bytes.toByteArray();
    std::transform(result.begin(), result.end(), result.begin(), toLower);
    return result;
}

QByteArray uppered(QByteArrayView bytes)
{
    auto result = bytes.toByteArray();
    std::transform(result.begin(), result.end(), result.begin(), toUpper);
    return result;
}

/// Eight bytes each: they may differ in the bit that tells the cases apart, where they are letters.
static bool areEightEqualIgnoringCase(const char* a, const char* b)
{
    constexpr quint64 each = 0x0101010101010101;
    const auto bytes = qFromUnaligned<quint64>(a);
    const auto differing = bytes ^ qFromUnaligned<quint64>(b);
    if (differing == 0)
        return true;
    if (differing & ~(each * 0x20))
        return false;
    const auto lowered = (bytes | each * 0x20) & each * 0x7f;
    const auto isLetter = (lowered + each * (0x80 - 'a')) & ~(lowered + each * (0x7f - 'z')) & ~bytes;
    return ((differing << 2) & ~isLetter) == 0;
}

bool areEqualIgnoringCase(const char* a, const char* b, qsizetype size)
{
    if (size >= 8) {
        const auto last = size - 8;
        for (qsizetype i = 0; i < last; i += 8)
            if (!areEightEqualIgnoringCase(a + i, b + i))
                return false;
        return areEightEqualIgnoringCase(a + last, b + last);
    }
    for (qsizetype i = 0; i < size; ++i)
        if (a[i] != b[i] && toLower(a[i]) != toLower(b[i]))
            return false;
    return true;
}

bool startsWithIgnoringCase(QByteArrayView bytes, QByteArrayView prefix)
{
    return bytes.size() >= prefix.size() && equalIgnoringCase(bytes.first(prefix.size()), prefix);
}

template<typename Predicate>
static QByteArrayView stripped(QByteArrayView bytes, Predicate isBlank)
{
    while (!bytes.isEmpty() && isBlank(bytes.front()))
        bytes = bytes.sliced(1);
    while (!bytes.isEmpty() && isBlank(bytes.back()))
        bytes.chop(1);
    return bytes;
}

QByteArrayView trimmed(QByteArrayView bytes)
{
    return stripped(bytes, isHttpWhitespace);
}

QByteArrayView trimmedTabOrSpace(QByteArrayView bytes)
{
    return stripped(bytes, isTabOrSpace);
}

bool lessIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return static_cast<unsigned char>(toLower(x)) < static_cast<unsigned char>(toLower(y));
    });
}

QByteArray join(const QList<QByteArray>& parts, QByteArrayView separator)
{
    if (parts.size() == 1)
        return parts.first();
    qsizetype size = 0;
    for (const auto& part : parts)
        size += part.size() + separator.size();
    QByteArray result;
    result.reserve(size);
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (i > 0)
            result.append(separator);
        result.append(parts[i]);
    }
    return result;
}

} // namespace corscope::ascii
