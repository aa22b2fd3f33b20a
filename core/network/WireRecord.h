#pragma once

#include "core/network/Network.h"

#include <optional>

namespace corscope {

/// Writes one exchange into the trace: the request from the browser to the server's first lane, whatever the server
/// does in between, the response on its way back, or why there is none. Both networks record through it, which is why
/// their traces are equal.
class WireRecord
{
public:
    WireRecord(Recorder& recorder, const Url& url, WireMessage::Kind kind);

    /// \param serverLane where the request arrives (Server::entryLane).
    void request(const RequestMessage& message, int serverLane);
    void response(const ResponseMessage& message);
    /// \returns the failure, to be returned.
    NetworkFailure failure(const NetworkFailure& failure);

private:
    Recorder& m_recorder;
    QByteArray m_url;
    WireMessage::Kind m_kind;
    int m_browserLane;
    int m_serverLane = -1;
    Spec m_spec;
};

} // namespace corscope
