#pragma once

#include "core/network/ClientConnection.h"

#include <deque>
#include <map>
#include <mutex>

namespace corscope {

/// A browser's connections to whatever listens on loopback. Those that a server keeps open are used again; one that it
/// has closed meanwhile is replaced, once, without the page noticing. Safe to use from several threads: each exchange
/// blocks only the thread that asked for it.
class ConnectionPool
{
public:
    using Patience = ClientConnection::Patience;
    using Until = ClientConnection::Until;

    /// Sends a request and waits for the answer.
    /// \param addresses where to try, in this order; must not be empty.
    Result<ResponseMessage, NetworkFailure> exchange(const QList<QHostAddress>& addresses, const Url& url, const TlsTrust& trust,
                                            const RequestMessage& request, const Patience& patience, Until until);
    /// Drops what is open and unused; what is in use is dropped when it is done with.
    void closeIdleConnections();

private:
    using Connection = std::unique_ptr<ClientConnection>;
    Connection takeIdle(const QByteArray& key);
    void keep(const QByteArray& key, Connection connection, int generation);
    Result<Connection, NetworkFailure> open(const QList<QHostAddress>& addresses, const Url& url, const TlsTrust& trust,
                                            const Patience& patience) const;

    std::mutex m_mutex;
    std::map<QByteArray, std::deque<Connection>> m_idle; ///< by origin
    int m_generation = 0;                                ///< goes up when idle connections are closed
};

} // namespace corscope
