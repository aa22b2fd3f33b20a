#include "core/backend/WatchList.h"

namespace corscope {

std::shared_ptr<WatchList::Watch> WatchList::begin(quint16 clientPort)
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_watches.find(clientPort);
    if (it == m_watches.end() || it->second->m_state != Watch::State::Waiting)
        return nullptr;
    it->second->m_state = Watch::State::Handling;
    return it->second;
}

void WatchList::end(const std::shared_ptr<Watch>& watch)
{
    const std::lock_guard lock(m_mutex);
    watch->m_state = Watch::State::Handled;
    m_ended.notify_all();
}

WatchedRequest::WatchedRequest(std::shared_ptr<WatchList> list, quint16 clientPort, Recorder& recorder)
    : m_list(std::move(list)), m_clientPort(clientPort), m_watch(new WatchList::Watch(recorder))
{
    const std::lock_guard lock(m_list->m_mutex);
    m_list->m_watches[m_clientPort] = m_watch;
}

WatchedRequest::~WatchedRequest()
{
    std::unique_lock lock(m_list->m_mutex);
    m_list->m_ended.wait(lock, [&] { return m_watch->m_state != WatchList::Watch::State::Handling; });
    if (const auto it = m_list->m_watches.find(m_clientPort); it != m_list->m_watches.end() && it->second == m_watch)
        m_list->m_watches.erase(it);
}

bool WatchedRequest::isBeingHandled() const
{
    const std::lock_guard lock(m_list->m_mutex);
    return m_watch->m_state == WatchList::Watch::State::Handling;
}

Fault WatchedRequest::fault() const
{
    const std::lock_guard lock(m_list->m_mutex);
    return m_watch->m_state == WatchList::Watch::State::Handled ? m_watch->m_fault : Fault{};
}

bool WatchedRequest::hasArrived() const
{
    const std::lock_guard lock(m_list->m_mutex);
    return m_watch->m_state != WatchList::Watch::State::Waiting;
}

} // namespace corscope
