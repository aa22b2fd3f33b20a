#pragma once

#include "core/network/LiveBackend.h"
#include "core/network/SocketNetwork.h"

#include <atomic>
#include <memory>

namespace corscope {

/// The scenario's servers, listening on loopback, and the network that reaches them.
class LiveServers
{
public:
    static Result<std::shared_ptr<LiveServers>> start(const std::vector<ServerConfig>& servers);

    Backend& backend() { return *m_backend; }
    SocketNetwork& network() { return *m_network; }
    /// Where a server can be reached by other programs ("127.0.0.1:5000"); empty where it does not listen.
    QByteArray listeningOn(int server) const;
    /// A line for the shell that reaches the server under its own name.
    QString curlCommand(int server) const;
    /// One sentence per server that had to take another port than its own.
    QStringList notices() const { return m_live->notices(); }

    /// The virtual time at which requests arrive.
    void setNow(Instant now) { *m_now = now; }

    /// Whether these servers, with other settings, can serve that scenario: same names, same addresses.
    bool fits(const std::vector<ServerConfig>& servers) const;
    /// Takes effect from the next request on. \returns the first thing that is wrong; the other servers are set.
    Result<Done> configure(const std::vector<ServerConfig>& servers);

private:
    LiveServers() = default;
    const SocketServer* listener(int server) const;

    std::shared_ptr<std::atomic<Instant>> m_now = std::make_shared<std::atomic<Instant>>(Clock::start);
    std::shared_ptr<Backend> m_backend;
    std::unique_ptr<LiveBackend> m_live;
    std::unique_ptr<SocketNetwork> m_network; ///< looks at the names of m_live: goes first
};

} // namespace corscope
