#include "core/network/IdleConnections.h"

namespace corscope {

/// As many as browsers keep for one origin.
static constexpr size_t mostPerKey = 6;

IdleConnections::Connection IdleConnections::take(const QByteArray& key)
{
    for (;;) {
        Connection connection;
        {
            const std::lock_guard lock(m_mutex);
            const auto found = m_idle.find(key);
            if (found == m_idle.end() || found->second.empty())
                return nullptr;
            connection = std::move(found->second.back());
            found->second.pop_back();
        }
        connection->adopt();
        if (connection->isUsable())
            return connection;
    }
}

void IdleConnections::keep(const QByteArray& key, Connection connection, int since)
{
    const std::lock_guard lock(m_mutex);
    if (since != m_generation)
        return;
    connection->release();
    auto& idle = m_idle[key];
    idle.push_back(std::move(connection));
    if (idle.size() > mostPerKey) {
        idle.front()->adopt();
        idle.pop_front();
    }
}

int IdleConnections::generation() const
{
    const std::lock_guard lock(m_mutex);
    return m_generation;
}

void IdleConnections::closeAll()
{
    const std::lock_guard lock(m_mutex);
    ++m_generation;
    for (auto& [key, idle] : m_idle)
        for (auto& connection : idle)
            connection->adopt();
    m_idle.clear();
}

} // namespace corscope
