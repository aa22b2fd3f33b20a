#include "core/fetch/CorsSafelist.h"

#include "core/base/Ascii.h"
#include "core/http/KnownWords.h"
#include "core/http/Method.h"
#include "core/http/MimeType.h"

#include <QVarLengthArray>

#include <algorithm>
#include <iterator>

namespace corscope {

namespace {

using Reason = HeaderMark::Reason;

bool isOneOf(QByteArrayView name, std::initializer_list<QByteArrayView> names)
{
    return std::any_of(names.begin(), names.end(), [&](QByteArrayView n) { return ascii::equalIgnoringCase(name, n); });
}

// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte
bool isCorsUnsafeRequestHeaderByte(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
    case '"': case '(': case ')': case ':': case '<': case '>': case '?': case '@': case '[': case '\\': case ']': case '{':
    case '}': case 0x7F: return true;
    default: return byte < 0x20 && byte != '\t';
    }
}

bool isLanguageByte(char c)
{
    return ascii::isAlphanumeric(c) || QByteArrayView(" *,-.;=").contains(c);
}

bool isUnsafeByte(char c, const Profile& profile)
{
    return isCorsUnsafeRequestHeaderByte(c) || (profile.bytesAboveAsciiUnsafe && static_cast<unsigned char>(c) > 0x7F);
}

bool fits64Bits(QByteArrayView digits)
{
    bool fits = digits.isEmpty();
    if (!fits)
        (void)digits.toLongLong(&fits);
    return fits;
}

// Of two whole numbers, however long.
bool isAtMost(QByteArrayView number, QByteArrayView limit)
{
    const auto significant = [](QByteArrayView digits) {
        while (digits.startsWith('0'))
            digits = digits.sliced(1);
        return digits;
    };
    const auto a = significant(number);
    const auto b = significant(limit);
    return a.size() == b.size() ? a <= b : a.size() < b.size();
}

// https://fetch.spec.whatwg.org/#simple-range-header-value, whitespace not allowed. \returns whether it parses and
// says where it starts.
bool isRangeWithStart(QByteArrayView value, const Profile& profile)
{
    const bool unit = profile.rangeUnitInAnyCase ? ascii::startsWithIgnoringCase(value, "bytes=") : value.startsWith("bytes=");
    if (!unit)
        return false;
    value = value.sliced(6);
    const auto digits = [&] {
        qsizetype n = 0;
        while (n < value.size() && ascii::isDigit(value[n]))
            ++n;
        const auto result = value.first(n);
        value = value.sliced(n);
        return result;
    };
    const auto start = digits();
    if (start.isEmpty() || !value.startsWith('-'))
        return false;
    value = value.sliced(1);
    const auto end = digits();
    if (!value.isEmpty())
        return false;
    if (profile.rangeNumbersLimited && !(fits64Bits(start) && fits64Bits(end)))
        return false;
    return end.isEmpty() || isAtMost(start, end);
}

// What a browser's own hints may say: a number, with a fraction where there can be one.
bool isNumber(QByteArrayView value, char point)
{
    const auto at = point ? value.indexOf(point) : -1;
    const auto isWhole = [](QByteArrayView v) { return !v.isEmpty() && std::all_of(v.begin(), v.end(), ascii::isDigit); };
    return at < 0 ? isWhole(value) : isWhole(value.first(at)) && isWhole(value.sliced(at + 1));
}

bool isSafelistedHint(QByteArrayView lowered, QByteArrayView value)
{
    if (value.size() > 128)
        return false;
    if (lowered == "save-data")
        return ascii::equalIgnoringCase(value, "on");
    if (lowered == "device-memory" || lowered == "dpr")
        return isNumber(value, '.');
    if (lowered == "width" || lowered == "viewport-width")
        return isNumber(value, '\0');
    return isOneOf(lowered, {"rtt", "downlink", "ect", "intervention"});
}

// https://fetch.spec.whatwg.org/#cors-safelisted-request-header, with the reason.
Reason safelistReason(QByteArrayView name, QByteArrayView value, const Profile& profile)
{
    const auto is = [&](QByteArrayView other) { return ascii::equalIgnoringCase(name, other); };
    const bool isLanguage = is("accept-language") || is("content-language");
    const bool known = is("accept") || isLanguage || is("content-type") || is("range");
    // NB: the standard asks for the length first; the answer is the same, and a name that is never safelisted is the
    // better reason.
    if (!known)
        return profile.clientHintsSafelisted && isSafelistedHint(ascii::lowered(name), value) ? Reason::Safelisted : Reason::NameNotSafelisted;
    const auto isUnsafe = [&](char c) { return isUnsafeByte(c, profile); };

    // 1. Long values need permission.
    if (value.size() > 128)
        return Reason::ValueTooLong;

    // 2. By name:
    if (is("accept"))
        return std::any_of(value.begin(), value.end(), isUnsafe) ? Reason::UnsafeByte : Reason::Safelisted;
    if (isLanguage)
        return std::all_of(value.begin(), value.end(), isLanguageByte) ? Reason::Safelisted : Reason::LanguageByte;
    if (is("range"))
        return isRangeWithStart(value, profile) ? Reason::Safelisted : Reason::RangeNotSimple;

    // content-type:
    if (std::any_of(value.begin(), value.end(), isUnsafe))
        return Reason::UnsafeByte;
    const auto mimeType = parseMimeType(value);
    if (!mimeType)
        return Reason::ContentTypeUnknown;
    const auto essence = mimeType->essence();
    if (essence != "application/x-www-form-urlencoded" && essence != "multipart/form-data" && essence != "text/plain")
        return Reason::ContentTypeUnsafe;
    return Reason::Safelisted;
}

} // namespace

bool isCorsSafelistedRequestHeader(QByteArrayView name, QByteArrayView value, const Profile& profile)
{
    return safelistReason(name, value, profile) == Reason::Safelisted;
}

static HeaderList joinedByName(const HeaderList& headers)
{
    HeaderList joined;
    for (const auto& [name, value] : headers)
        joined.combine(name, value);
    return joined;
}

QList<QByteArray> corsUnsafeRequestHeaderNames(const HeaderList& headers, const Profile& profile)
{
    // 1. to 3. Two lists and a size.
    QList<QByteArray> unsafeNames;
    QVarLengthArray<QByteArray, 16> potentiallyUnsafeNames;
    qsizetype safelistValueSize = 0;

    // 4. Sort every header into one of them.
    const auto joined = profile.repeatedHeadersJoined ? joinedByName(headers) : HeaderList();
    for (const auto& [name, value] : profile.repeatedHeadersJoined ? joined : headers) {
        if (!isCorsSafelistedRequestHeader(name, value, profile)) {
            unsafeNames.append(name);
        } else {
            potentiallyUnsafeNames.append(name);
            safelistValueSize += value.size();
        }
    }

    // 5. Many small values together are as unsafe as a long one.
    if (safelistValueSize > 1024)
        std::copy(potentiallyUnsafeNames.begin(), potentiallyUnsafeNames.end(), std::back_inserter(unsafeNames));

    // 6. Lower-cased, sorted, each once.
    for (auto& name : unsafeNames)
        name = loweredHeaderName(name);
    std::sort(unsafeNames.begin(), unsafeNames.end());
    if (!profile.repeatedNamesInPreflight)
        unsafeNames.erase(std::unique(unsafeNames.begin(), unsafeNames.end()), unsafeNames.end());
    return unsafeNames;
}

bool isCorsNonWildcardRequestHeaderName(QByteArrayView name)
{
    return ascii::equalIgnoringCase(name, "authorization");
}

bool isForbiddenRequestHeader(QByteArrayView name, QByteArrayView value, const Profile& profile)
{
    if (profile.userAgentLeftOut && ascii::equalIgnoringCase(name, "user-agent"))
        return true;

    // 1. Names that the browser alone sets.
    if (isOneOf(name, {"accept-charset", "accept-encoding", "access-control-request-headers",
                       "access-control-request-method", "connection", "content-length", "cookie", "cookie2", "date",
                       "dnt", "expect", "host", "keep-alive", "origin", "referer", "set-cookie", "te", "trailer",
                       "transfer-encoding", "upgrade", "via"}))
        return true;

    // 2. Families of names.
    if (ascii::startsWithIgnoringCase(name, "proxy-") || ascii::startsWithIgnoringCase(name, "sec-"))
        return true;

    // 3. Method overrides, where they smuggle a forbidden method.
    if (isOneOf(name, {"x-http-method", "x-http-method-override", "x-method-override"})) {
        const auto methods = *HeaderList{{name.toByteArray(), value.toByteArray()}}.getDecodeSplit(name);
        return std::any_of(methods.begin(), methods.end(), [](const auto& m) { return isForbiddenMethod(m); });
    }

    // 4. Everything else is script's.
    return false;
}

bool isNoCorsSafelistedRequestHeader(QByteArrayView name, QByteArrayView value, const Profile& profile)
{
    return isOneOf(name, {"accept", "accept-language", "content-language", "content-type"})
        && isCorsSafelistedRequestHeader(name, value, profile);
}

bool isRequestBodyHeaderName(QByteArrayView name)
{
    return isOneOf(name, {"content-encoding", "content-language", "content-location", "content-type"});
}

HeaderMark markRequestHeader(QByteArrayView name, QByteArrayView value)
{
    if (isForbiddenRequestHeader(name, value))
        return {HeaderMark::Kind::Forbidden, Reason::ForbiddenName};
    const auto reason = safelistReason(name, value, {});
    return {reason == Reason::Safelisted ? HeaderMark::Kind::Safelisted : HeaderMark::Kind::Unsafe, reason};
}

} // namespace corscope
