#pragma once

#include "core/http/Message.h"
#include "core/base/Result.h"
#include "core/trace/Blocked.h"
#include "core/trace/Recorder.h"
#include "core/url/AddressSpace.h"
#include "core/url/Url.h"

namespace corscope {

/// Why a request got no response from the network.
struct NetworkFailure
{
    Why why = Why::ConnectionRefused; ///< one of the network reasons
    QByteArray detail;                ///< e.g. the TLS library's complaint
    bool requestSent = false;         ///< whether the request's bytes had left before it failed
    Milliseconds delay{0};            ///< how long that took, in virtual time
    bool operator==(const NetworkFailure&) const = default;
};

/// What fetch needs of a network: send one request, get one response. Two stand behind it, DirectNetwork (calls the
/// backend in-process) and SocketNetwork (TCP and TLS over loopback); they must leave equal traces.
class Network
{
public:
    virtual ~Network() = default;
    /// Blocks until the response is complete, or its body has broken off behind its headers. A late answer says how
    /// late in virtual time (ResponseMessage::delay); nobody waits for it. The wire's messages and whatever the backend does are recorded by the
    /// network, in order, before it returns.
    /// \param url decides scheme, host and port; the message carries the rest.
    virtual Result<ResponseMessage, NetworkFailure> send(const Url& url, const RequestMessage& request,
                                                         WireMessage::Kind kind, Recorder& recorder) = 0;
    /// Whether the connection would be one of HTTP/2; those of this sandbox are not.
    virtual bool speaksHttp2(const Url&) { return false; }
    /// The lane at which a request to this URL would arrive; -1 where nothing listens. For messages never sent.
    virtual int arrivalLane(const Url&, Recorder&) { return -1; }
    /// From how far away the server at this URL can be reached; null where no connection would come about.
    virtual std::optional<AddressSpace> addressSpace(const Url&) { return AddressSpace::Loopback; }
};

} // namespace corscope
