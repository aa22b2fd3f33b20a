#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace corscope {

/// https://fetch.spec.whatwg.org/#cors-safelisted-method : GET, HEAD, POST, in exactly these letters.
bool isCorsSafelistedMethod(QByteArrayView method);
/// https://fetch.spec.whatwg.org/#forbidden-method : CONNECT, TRACE, TRACK in any case.
bool isForbiddenMethod(QByteArrayView method);
/// https://fetch.spec.whatwg.org/#concept-method-normalize : upper-cases DELETE, GET, HEAD, OPTIONS, POST, PUT; leaves
/// everything else, `patch` included, as it is.
QByteArray normalizedMethod(const QByteArray& method);

/// RFC 9110 section 9.2.1: methods that only read.
bool isSafeMethod(QByteArrayView method);

} // namespace corscope
