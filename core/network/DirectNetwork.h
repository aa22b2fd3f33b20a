#pragma once

#include "core/backend/Server.h"
#include "core/network/Network.h"

#include <functional>

namespace corscope {

/// The network without a network: calls the backend in-process, for sweeps, tests and the command line. Names resolve,
/// ports refuse and schemes mismatch as they do over sockets.
class DirectNetwork final : public Network
{
public:
    /// \param now the virtual time at which requests arrive.
    explicit DirectNetwork(Backend& backend, std::function<Instant()> now = [] { return Clock::start; });

    Result<ResponseMessage, NetworkFailure> send(const Url& url, const RequestMessage& request, WireMessage::Kind kind,
                                                 Recorder& recorder) override;
    int arrivalLane(const Url& url, Recorder& recorder) override;
    std::optional<AddressSpace> addressSpace(const Url& url) override;

private:
    Result<ResponseMessage, NetworkFailure> answer(Server& server, const RequestMessage& request,
                                                   Recorder& recorder) const;

    Backend& m_backend;
    std::function<Instant()> m_now;
};

} // namespace corscope
