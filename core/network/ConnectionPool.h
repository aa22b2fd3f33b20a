#pragma once

#include "core/network/IdleConnections.h"

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
    void closeIdleConnections() { m_idle.closeAll(); }

private:
    using Connection = IdleConnections::Connection;
    Result<Connection, NetworkFailure> open(const QList<QHostAddress>& addresses, const Url& url, const TlsTrust& trust,
                                            const Patience& patience) const;

    IdleConnections m_idle; ///< by origin
};

} // namespace corscope
