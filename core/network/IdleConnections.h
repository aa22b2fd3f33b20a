#pragma once

#include "core/network/ClientConnection.h"

#include <deque>
#include <map>
#include <mutex>

namespace corscope {

/// Connections that servers keep open, until they are used again. Safe to use from several threads; a connection goes
/// from the thread that kept it to the one that takes it.
class IdleConnections
{
public:
    using Connection = std::unique_ptr<ClientConnection>;

    ~IdleConnections() { closeAll(); }

    /// The one last used, of those the server has not closed meanwhile; null where there is none.
    Connection take(const QByteArray& key);
    /// \param since generation() before the connection was used: what was closed meanwhile is not kept.
    void keep(const QByteArray& key, Connection connection, int since);
    int generation() const;
    /// What is in use is dropped when it is done with.
    void closeAll();

private:
    mutable std::mutex m_mutex;
    std::map<QByteArray, std::deque<Connection>> m_idle;
    int m_generation = 0; ///< goes up when all are closed
};

} // namespace corscope
