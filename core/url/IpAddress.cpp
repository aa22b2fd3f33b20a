#include "core/url/IpAddress.h"

#include "core/base/Ascii.h"

#include <algorithm>
#include <iterator>

namespace corscope {

static int digitValue(char c)
{
    if (ascii::isDigit(c))
        return c - '0';
    const char lower = ascii::toLower(c);
    return (lower >= 'a' && lower <= 'f') ? lower - 'a' + 10 : 99;
}

/// Numbers too large for an address all come out as 2^40, which is too large everywhere.
static std::optional<quint64> parseIpv4Number(QByteArrayView input)
{
    if (input.isEmpty())
        return std::nullopt;
    int radix = 10;
    if (input.size() >= 2 && input[0] == '0') {
        const bool hexadecimal = ascii::toLower(input[1]) == 'x';
        radix = hexadecimal ? 16 : 8;
        input = input.sliced(hexadecimal ? 2 : 1);
    }
    quint64 number = 0;
    for (const char c : input) {
        const int digit = digitValue(c);
        if (digit >= radix)
            return std::nullopt;
        number = std::min(number * quint64(radix) + quint64(digit), quint64(1) << 40);
    }
    return number;
}

static QList<QByteArray> ipv4Parts(QByteArrayView host)
{
    auto parts = host.toByteArray().split('.');
    if (parts.size() > 1 && parts.last().isEmpty())
        parts.removeLast();
    return parts;
}

bool endsInNumber(QByteArrayView host)
{
    if (host.size() > 1 && host.endsWith('.'))
        host.chop(1);
    const auto dot = std::find(std::make_reverse_iterator(host.end()), std::make_reverse_iterator(host.begin()), '.').base();
    const auto last = host.sliced(dot - host.begin());
    if (last.isEmpty() || !ascii::isDigit(last.front())) // every number begins with a digit
        return false;
    if (std::all_of(last.begin(), last.end(), ascii::isDigit))
        return true;
    return parseIpv4Number(last).has_value();
}

std::optional<quint32> parseIpv4(QByteArrayView input)
{
    const auto parts = ipv4Parts(input);
    if (parts.size() > 4)
        return std::nullopt;
    quint64 address = 0;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const auto number = parseIpv4Number(parts[i]);
        if (!number)
            return std::nullopt;
        // The last part fills all the bytes that the parts before it left.
        const bool isLast = i == parts.size() - 1;
        const quint64 limit = isLast ? quint64(1) << (8 * (5 - parts.size())) : 256;
        if (*number >= limit)
            return std::nullopt;
        address += isLast ? *number : *number << (8 * (3 - i));
    }
    return quint32(address);
}

QByteArray serializedIpv4(quint32 address)
{
    QByteArray result;
    for (int shift = 24; shift >= 0; shift -= 8) {
        result += QByteArray::number((address >> shift) & 255);
        if (shift > 0)
            result += '.';
    }
    return result;
}

/// Four decimal numbers without leading zeros: how IPv4 may stand at the end of an IPv6 address.
static std::optional<quint32> parseDottedQuad(QByteArrayView input)
{
    const auto parts = input.toByteArray().split('.');
    if (parts.size() != 4)
        return std::nullopt;
    quint32 address = 0;
    for (const auto& part : parts) {
        if (part.isEmpty() || part.size() > 3 || !std::all_of(part.begin(), part.end(), ascii::isDigit)
            || (part.size() > 1 && part[0] == '0') || part.toUInt() > 255)
            return std::nullopt;
        address = address << 8 | part.toUInt();
    }
    return address;
}

/// One side of the `::`, or the whole address where there is none: pieces between single colons.
static std::optional<QList<quint16>> parsePieces(QByteArrayView input, bool mayEndInIpv4)
{
    QList<quint16> pieces;
    if (input.isEmpty())
        return pieces;
    const auto parts = input.toByteArray().split(':');
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const auto& part = parts[i];
        if (mayEndInIpv4 && i == parts.size() - 1 && part.contains('.')) {
            const auto address = parseDottedQuad(part);
            if (!address)
                return std::nullopt;
            pieces << quint16(*address >> 16) << quint16(*address & 0xffff);
            break;
        }
        if (part.isEmpty() || part.size() > 4)
            return std::nullopt;
        int value = 0;
        for (const char c : part) {
            if (digitValue(c) >= 16)
                return std::nullopt;
            value = value * 16 + digitValue(c);
        }
        pieces << quint16(value);
    }
    return pieces;
}

std::optional<Ipv6Pieces> parseIpv6(QByteArrayView input)
{
    const auto bytes = input.toByteArray();
    const auto gap = bytes.indexOf("::");
    const auto before = parsePieces(gap < 0 ? bytes : bytes.left(gap), gap < 0);
    const auto after = parsePieces(gap < 0 ? QByteArray() : bytes.mid(gap + 2), true);
    if (!before || !after)
        return std::nullopt;
    const auto given = before->size() + after->size();
    if (gap < 0 ? given != 8 : given > 7)
        return std::nullopt;
    Ipv6Pieces result{};
    std::copy(before->begin(), before->end(), result.begin());
    std::copy(after->begin(), after->end(), result.end() - after->size());
    return result;
}

QByteArray serializedIpv6(const Ipv6Pieces& pieces)
{
    size_t compressFrom = 8;
    size_t compressLength = 1;
    for (size_t i = 0; i < 8; ++i) {
        size_t length = 0;
        while (i + length < 8 && pieces[i + length] == 0)
            ++length;
        if (length > compressLength) {
            compressFrom = i;
            compressLength = length;
        }
    }
    QByteArray result;
    for (size_t i = 0; i < 8; ++i) {
        if (i == compressFrom) {
            result += i == 0 ? "::" : ":";
            i += compressLength - 1;
            continue;
        }
        result += QByteArray::number(pieces[i], 16);
        if (i < 7)
            result += ':';
    }
    return result;
}

} // namespace corscope
