#include "core/network/ConnectionPool.h"

namespace corscope {

/// As many as browsers keep for one origin.
static constexpr size_t mostIdlePerOrigin = 6;

Result<ResponseMessage, NetworkFailure> ConnectionPool::exchange(const QList<QHostAddress>& addresses, const Url& url,
                                                        const TlsTrust& trust, const RequestMessage& request,
                                                        const Patience& patience, Until until)
{
    const auto key = url.origin().serialized();
    int generation = 0;
    {
        const std::lock_guard lock(m_mutex);
        generation = m_generation;
    }
    auto connection = takeIdle(key);
    for (bool isReused = bool(connection);; isReused = false) {
        if (!connection) {
            auto opened = open(addresses, url, trust, patience);
            if (!opened)
                return opened.error();
            connection = std::move(opened.value());
        }
        auto result = connection->exchange(request, patience, [] { return false; }, [] { return false; }, until);
        if (result) {
            if (connection->keepAlive())
                keep(key, std::move(connection), generation);
            return result;
        }
        // The server may have closed an idle connection at the moment it was used again.
        const auto why = result.error().why;
        const bool closed = why == Why::ConnectionClosed || why == Why::ConnectionReset;
        if (!closed || !isReused || connection->responseStarted())
            return result;
        connection.reset();
    }
}

void ConnectionPool::closeIdleConnections()
{
    const std::lock_guard lock(m_mutex);
    ++m_generation;
    for (auto& [key, idle] : m_idle)
        for (auto& connection : idle)
            connection->adopt();
    m_idle.clear();
}

ConnectionPool::Connection ConnectionPool::takeIdle(const QByteArray& key)
{
    for (;;) {
        Connection connection;
        {
            const std::lock_guard lock(m_mutex);
            auto& idle = m_idle[key];
            if (idle.empty())
                return nullptr;
            connection = std::move(idle.back());
            idle.pop_back();
        }
        connection->adopt();
        if (connection->isUsable())
            return connection;
    }
}

void ConnectionPool::keep(const QByteArray& key, Connection connection, int generation)
{
    connection->release();
    const std::lock_guard lock(m_mutex);
    if (generation != m_generation)
        return;
    auto& idle = m_idle[key];
    idle.push_back(std::move(connection));
    if (idle.size() > mostIdlePerOrigin) {
        idle.front()->adopt();
        idle.pop_front();
    }
}

Result<ConnectionPool::Connection, NetworkFailure> ConnectionPool::open(const QList<QHostAddress>& addresses,
                                                                        const Url& url, const TlsTrust& trust,
                                                                        const Patience& patience) const
{
    for (qsizetype i = 0;; ++i) {
        const Endpoint endpoint{url.scheme(), addresses[i], url.portOrDefault(), nullptr, nullptr};
        auto opened = ClientConnection::open(endpoint, url, trust, patience);
        const bool isLast = i + 1 == addresses.size();
        if (opened || isLast || opened.error().why != Why::ConnectionRefused)
            return opened;
    }
}

} // namespace corscope
