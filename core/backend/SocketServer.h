#pragma once

#include "core/backend/ConnectionLimits.h"
#include "core/backend/Server.h"
#include "core/backend/WatchList.h"
#include "core/http/Codec.h"
#include "core/network/CertificateAuthority.h"

#include <QHostAddress>
#include <QThread>
#include <QThreadPool>

#include <functional>

namespace corscope {

/// On which port a server answers. Ports below 1024, and hosts that are not this machine, always get a free one.
enum class PortPolicy {
    AsWritten,     ///< the port of its address, or an error
    PreferWritten, ///< the port of its address; where it is in use, a free one and a notice
    Free,          ///< any free port
};

/// Serves one mock server over real sockets, plain or TLS, on loopback addresses only. Runs in a thread of its own.
class SocketServer
{
public:
    struct Options
    {
        PortPolicy portPolicy = PortPolicy::PreferWritten;
        /// Virtual time at which requests arrive; called on the server's threads.
        std::function<Instant()> now = [] { return Clock::start; };
        /// For `https`.
        std::optional<Credentials> credentials;
        ParseLimits limits = {};
        ConnectionLimits connections = {};
    };

    /// Listens before it returns.
    static Result<std::unique_ptr<SocketServer>> start(std::shared_ptr<Server> server, Options options);
    /// Stops listening and closes all connections. A watched run that is held at a step of this server must be
    /// released first: this waits for it.
    ~SocketServer();

    quint16 port() const { return m_port; }
    const QList<QHostAddress>& addresses() const { return m_addresses; }
    /// What the user should know about the port, empty where it is the one they wrote.
    QString notice() const { return m_notice; }
    const std::shared_ptr<Server>& server() const { return m_server; }
    /// Where a simulated browser registers requests whose steps are to be recorded.
    const std::shared_ptr<WatchList>& watches() const { return m_watches; }

private:
    class Worker;
    SocketServer(std::shared_ptr<Server> server, Options options);
    Result<Done> listen();

    std::shared_ptr<Server> m_server;
    Options m_options;
    std::shared_ptr<WatchList> m_watches = std::make_shared<WatchList>();
    quint16 m_port = 0;
    QList<QHostAddress> m_addresses;
    QString m_notice;
    QThread m_thread;
    QThreadPool m_watched; ///< threads on which watched requests may be held
    std::unique_ptr<Worker> m_worker;
};

} // namespace corscope
