#pragma once

#include "core/base/Clock.h"
#include "core/http/Message.h"

namespace corscope {

/// How a server delivers an answer that does not arrive as it should. A connection that is refused is none of these:
/// there, no server listens.
struct Fault
{
    enum class Kind {
        None,
        Reset,     ///< the connection is reset before a byte of the answer
        Close,     ///< the connection is closed before a byte of the answer
        Hang,      ///< no answer ever comes
        Garbage,   ///< what comes is no HTTP
        Truncate,  ///< fewer bytes of body than announced, then the end
        ResetBody, ///< fewer bytes of body than announced, then a reset
        BadChunk,  ///< a chunked body with a chunk that has no size
    };
    Kind kind = Kind::None;
    Milliseconds delay{0}; ///< how long the answer takes, in virtual time; with Kind::None it is late and nothing else
    bool operator==(const Fault&) const = default;

    /// Whether the response's headers get through and its body does not.
    bool breaksBody() const { return kind == Kind::Truncate || kind == Kind::ResetBody || kind == Kind::BadChunk; }
};

/// Stable id ("reset-body"), as files write it.
QByteArray faultId(Fault::Kind kind);
std::optional<Fault::Kind> faultFromId(QByteArrayView id);

/// Makes the response announce the body that the fault will fail to deliver, and say how its reader finds out
/// (ResponseMessage::bodyError). A response without a body arrives whole. Both networks call it once the response is
/// finished.
void announceBrokenBody(Fault::Kind kind, const RequestMessage& request, ResponseMessage& response);

/// What a server writes before it closes or resets the connection: the bytes of a response that announceBrokenBody()
/// has changed, the bytes that are no HTTP, or nothing.
QByteArray faultyBytes(Fault::Kind kind, const ResponseMessage& response);

} // namespace corscope
