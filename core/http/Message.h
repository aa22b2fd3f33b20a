#pragma once

#include "core/base/Clock.h"
#include "core/http/HeaderList.h"

namespace corscope {

/// An HTTP/1.1 request as it crosses the wire.
struct RequestMessage
{
    QByteArray method;
    QByteArray target; ///< origin form: path and query
    HeaderList headers;
    QByteArray body;

    QByteArray path() const { return target.left(target.indexOf('?') < 0 ? target.size() : target.indexOf('?')); }
    /// A request that asks for permission: OPTIONS with `Origin` and `Access-Control-Request-Method`.
    bool isCorsPreflight() const
    {
        return method == "OPTIONS" && headers.contains("Origin") && headers.contains("Access-Control-Request-Method");
    }
    bool operator==(const RequestMessage&) const = default;
};

/// How the body of a response broke off after its headers had arrived.
enum class BodyError { None, Closed, Reset, Malformed, TimedOut };

/// An HTTP/1.1 response as it crosses the wire, its body without transfer coding.
struct ResponseMessage
{
    int status = 200;  ///< 0: the server closes the connection without an answer
    QByteArray reason; ///< reason phrase
    HeaderList headers;
    QByteArray body; ///< complete, unless `bodyError` says otherwise
    BodyError bodyError = BodyError::None;
    Milliseconds delay{0}; ///< how long it took, in virtual time

    bool operator==(const ResponseMessage&) const = default;
};

/// https://fetch.spec.whatwg.org/#redirect-status
constexpr bool isRedirectStatus(int s) { return s == 301 || s == 302 || s == 303 || s == 307 || s == 308; }

/// A short literal name ("closed"), for a trace or a file.
QByteArray bodyErrorId(BodyError error);

/// The customary reason phrase of a status code ("OK", "Not Found"); empty where there is none.
QByteArray reasonPhrase(int status);

} // namespace corscope
