#pragma once

#include "core/network/IdleConnections.h"
#include "core/network/NameMap.h"
#include "core/network/Network.h"

#include <QSslCertificate>

#include <atomic>

namespace corscope {

/// The network over real loopback sockets, plain and TLS. Connections are kept open and used again; one that the
/// server has closed meanwhile is replaced, once, without the page noticing.
///
/// Calls block the calling thread, which may be any: it waits for the socket itself, nobody else has to be woken.
/// Several may send at the same time.
class SocketNetwork final : public Network
{
public:
    struct Options
    {
        /// The sandbox's own authority; nothing else is trusted.
        QList<QSslCertificate> trusted;
        /// Without a sign of life from the server. Time in which the run is held does not count.
        Milliseconds timeout = std::chrono::seconds(30);
    };

    /// \param names must outlive the network.
    SocketNetwork(const NameMap& names, Options options) : m_names(names), m_options(std::move(options)) {}

    Result<ResponseMessage, NetworkFailure> send(const Url& url, const RequestMessage& request, WireMessage::Kind kind,
                                                 Recorder& recorder) override;
    int arrivalLane(const Url& url, Recorder& recorder) override;
    std::optional<AddressSpace> addressSpace(const Url& url) override;

    /// Makes the request under way, and all that follow until resume(), fail as aborted. For any thread.
    void abort() { m_abort = true; }
    void resume() { m_abort = false; }
    bool isAborted() const { return m_abort; }

    void closeIdleConnections() { m_idle.closeAll(); }

private:
    using Connection = IdleConnections::Connection;
    Result<Connection, NetworkFailure> open(const Endpoint& endpoint, const Url& url) const;
    Result<ResponseMessage, NetworkFailure> exchange(Connection& connection, bool isReused, const Endpoint& endpoint,
                                                     const Url& url, const RequestMessage& request, Recorder& recorder);
    ClientConnection::Patience patience() const { return {m_options.timeout, m_abort}; }

    const NameMap& m_names;
    Options m_options;
    std::atomic<bool> m_abort = false;
    IdleConnections m_idle; ///< by origin, and where that leads
};

} // namespace corscope
