#include "core/network/NameMap.h"

#include "core/base/Ascii.h"
#include "core/network/Unreachable.h"

namespace corscope {

void NameMap::add(QByteArrayView scheme, QByteArrayView host, quint16 port, Endpoint endpoint)
{
    const std::lock_guard lock(m_mutex);
    m_entries.push_back({scheme.toByteArray(), ascii::lowered(host), port, std::move(endpoint)});
}

void NameMap::clear()
{
    const std::lock_guard lock(m_mutex);
    m_entries.clear();
}

void NameMap::move(QByteArrayView scheme, QByteArrayView host, quint16 port, Endpoint endpoint)
{
    const std::lock_guard lock(m_mutex);
    removeLocked(*endpoint.server);
    m_entries.push_back({scheme.toByteArray(), ascii::lowered(host), port, std::move(endpoint)});
}

void NameMap::remove(const Server& server)
{
    const std::lock_guard lock(m_mutex);
    removeLocked(server);
}

void NameMap::removeLocked(const Server& server)
{
    std::erase_if(m_entries, [&](const Entry& entry) { return entry.endpoint.server.get() == &server; });
}

Result<Endpoint, NetworkFailure> NameMap::find(const Url& url) const
{
    if (m_update)
        m_update();
    const std::lock_guard lock(m_mutex);
    const Entry* other = nullptr;
    bool knowsHost = false;
    for (const auto& entry : m_entries) {
        if (!ascii::equalIgnoringCase(entry.host, url.host()))
            continue;
        knowsHost = true;
        if (entry.port != url.portOrDefault())
            continue;
        if (entry.scheme == url.scheme())
            return entry.endpoint;
        other = &entry;
    }
    if (other)
        return other->endpoint;
    return unreachable(url, knowsHost);
}

} // namespace corscope
