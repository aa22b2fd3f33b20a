#pragma once

#include "core/base/Clock.h"
#include "core/http/Codec.h"

namespace corscope {

/// What the HTTP server beneath an application adds to its answer before it goes out, under the names and in the
/// places uvicorn uses: `date` in front, `content-length` behind, `connection: close` where the client asked for it.
/// Both networks call it after Server::handle, so that a response is the same with and without a socket.
///
/// Framing is the server's own: a length that is not the body's and any transfer coding are replaced, the body of what
/// cannot have one is dropped, and a response that cannot be written as HTTP becomes a 500.
/// \param now the virtual time, for `date`.
void finishResponse(const RequestMessage& request, ResponseMessage& response, Instant now);

/// What the HTTP server answers, without asking the application, to a request it cannot read.
ResponseMessage refusal(ParseError error);
/// The same for another reason. \param why a short literal name ("request-timeout").
ResponseMessage refusal(int status, const QByteArray& why);

/// IMF-fixdate of RFC 9110 section 5.6.7: "Thu, 01 Jan 2026 12:00:00 GMT".
QByteArray httpDate(Instant time);
/// As logs write it: 2025-01-01T12:00:00.000Z
QByteArray isoDate(Instant time);

} // namespace corscope
