#pragma once

#include "core/backend/SocketServer.h"
#include "core/network/CertificateAuthority.h"
#include "core/network/NameMap.h"

#include <QStringList>

#include <mutex>

namespace corscope {

/// All servers of a backend on real loopback ports, and the map that leads their names there. Settings of a server
/// take effect while it runs. A server whose address changes is led to under its new one, from the next request on;
/// what it listened on before stays open for those who know the port.
class LiveBackend
{
public:
    struct Options
    {
        PortPolicy portPolicy = PortPolicy::PreferWritten;
        /// Virtual time; called on the servers' threads.
        std::function<Instant()> now = [] { return Clock::start; };
        /// Where the user's certificate authority is kept; needed where a server speaks `https`.
        QString authorityDirectory;
    };

    static Result<std::unique_ptr<LiveBackend>> start(std::shared_ptr<Backend> backend, const Options& options);

    const NameMap& names() const { return m_names; }
    /// What SocketNetwork must trust, as long as no server moves.
    QList<QSslCertificate> trusted() const;
    /// One sentence per server that answers on another port than its own because that one is in use.
    QStringList notices() const;

    const std::vector<std::unique_ptr<SocketServer>>& servers() const { return m_servers; }
    /// Where the server listens now. Null where it is not one of the backend's.
    const SocketServer* find(const Server& server) const;
    /// A line for the shell that reaches the server, under its virtual name.
    QString curlCommand(const SocketServer& server, const QByteArray& path = "/") const;

private:
    LiveBackend() = default;
    Result<std::unique_ptr<SocketServer>> listen(const std::shared_ptr<Server>& server, Endpoint& endpoint);
    void follow();
    std::shared_ptr<CertificateAuthority> authority() const;

    std::shared_ptr<Backend> m_backend;
    Options m_options;
    NameMap m_names;
    std::vector<std::unique_ptr<SocketServer>> m_servers;
    mutable std::mutex m_mutex; ///< for what follows: servers move on the thread of a request
    std::shared_ptr<CertificateAuthority> m_authority;  ///< null where no server speaks `https`
    std::vector<QByteArray> m_origins;                  ///< where the servers were last seen
    std::vector<std::unique_ptr<SocketServer>> m_moved; ///< where they listen since, the newest last
};

} // namespace corscope
