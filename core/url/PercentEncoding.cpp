#include "core/url/PercentEncoding.h"

#include "core/base/Ascii.h"

#include <algorithm>

namespace corscope {

bool isInPercentEncodeSet(char byte, PercentEncodeSet set)
{
    if (ascii::isAlphanumeric(byte))
        return false;
    const auto value = static_cast<unsigned char>(byte);
    if (value < 0x20 || value > 0x7e)
        return true;
    switch (set) {
    case PercentEncodeSet::C0Control: return false;
    case PercentEncodeSet::Fragment: return QByteArrayView(" \"<>`").contains(byte);
    case PercentEncodeSet::Query: return QByteArrayView(" \"#<>").contains(byte);
    case PercentEncodeSet::SpecialQuery: return QByteArrayView(" \"#<>'").contains(byte);
    case PercentEncodeSet::Path: return QByteArrayView(" \"#<>?^`{}").contains(byte);
    case PercentEncodeSet::Userinfo: return QByteArrayView(" \"#<>?^`{}/:;=@[\\]|").contains(byte);
    }
    return false;
}

void appendPercentEncoded(QByteArray& to, QByteArrayView bytes, PercentEncodeSet set)
{
    if (std::none_of(bytes.begin(), bytes.end(), [set](char byte) { return isInPercentEncodeSet(byte, set); })) {
        to.append(bytes);
        return;
    }
    static constexpr char digits[] = "0123456789ABCDEF";
    for (const char byte : bytes) {
        if (isInPercentEncodeSet(byte, set)) {
            const auto value = static_cast<unsigned char>(byte);
            to += '%';
            to += digits[value >> 4];
            to += digits[value & 15];
        } else {
            to += byte;
        }
    }
}

QByteArray percentEncoded(QByteArrayView bytes, PercentEncodeSet set)
{
    QByteArray result;
    result.reserve(bytes.size());
    appendPercentEncoded(result, bytes, set);
    return result;
}

static int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = char(c | 0x20);
    return (lower >= 'a' && lower <= 'f') ? lower - 'a' + 10 : -1;
}

QByteArray percentDecoded(QByteArrayView bytes)
{
    if (!bytes.contains('%'))
        return bytes.toByteArray();
    QByteArray result;
    result.reserve(bytes.size());
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        if (bytes[i] == '%' && i + 2 < bytes.size()) {
            const int high = hexValue(bytes[i + 1]);
            const int low = hexValue(bytes[i + 2]);
            if (high >= 0 && low >= 0) {
                result += char(high * 16 + low);
                i += 2;
                continue;
            }
        }
        result += bytes[i];
    }
    return result;
}

} // namespace corscope
