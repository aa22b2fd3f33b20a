#pragma once

#include "core/fetch/Profile.h"
#include "core/http/HeaderList.h"

namespace corscope {

/// https://fetch.spec.whatwg.org/#cors-safelisted-request-header
bool isCorsSafelistedRequestHeader(QByteArrayView name, QByteArrayView value, const Profile& profile = {});
/// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names : lower-cased, sorted, without duplicates.
QList<QByteArray> corsUnsafeRequestHeaderNames(const HeaderList& headers, const Profile& profile = {});
/// https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name : `Authorization`.
bool isCorsNonWildcardRequestHeaderName(QByteArrayView name);
/// https://fetch.spec.whatwg.org/#forbidden-request-header
bool isForbiddenRequestHeader(QByteArrayView name, QByteArrayView value, const Profile& profile = {});
/// https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header
bool isNoCorsSafelistedRequestHeader(QByteArrayView name, QByteArrayView value, const Profile& profile = {});
/// https://fetch.spec.whatwg.org/#request-body-header-name
bool isRequestBodyHeaderName(QByteArrayView name);

/// How a header that script sets will be treated, and by which rule: what the request form marks as it is typed.
struct HeaderMark
{
    enum class Kind { Safelisted, Unsafe, Forbidden };
    enum class Reason {
        Safelisted,        ///< may be sent to another origin without asking
        NameNotSafelisted,
        ValueTooLong,      ///< more than 128 bytes
        UnsafeByte,        ///< a byte such as `"` or `(` in the value
        LanguageByte,      ///< a byte that no language tag has
        ContentTypeUnknown,///< the value is not a MIME type
        ContentTypeUnsafe, ///< a MIME type that no form could send
        RangeNotSimple,
        ForbiddenName,     ///< dropped: only the browser sets it
    };
    Kind kind = Kind::Safelisted;
    Reason reason = Reason::Safelisted;
    bool operator==(const HeaderMark&) const = default;
};
HeaderMark markRequestHeader(QByteArrayView name, QByteArrayView value);

} // namespace corscope
