#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>

namespace corscope {

/// Where a run waits for the user. The run's threads pass through it at every landmark; while it is closed they wait
/// until one of them is let through.
class StepGate
{
public:
    /// Called by the run. \param waiting called, still on that thread, if it has to wait.
    void pass(const std::function<void()>& waiting)
    {
        std::unique_lock lock(m_mutex);
        if (!m_closed)
            return;
        waiting();
        m_waiting = true;
        m_changed.wait(lock, [this] { return !m_closed || m_permits > 0; });
        m_waiting = false;
        if (m_permits > 0)
            --m_permits;
    }

    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_permits = 0;
    }
    void open()
    {
        const std::lock_guard lock(m_mutex);
        m_closed = false;
        m_permits = 0;
        m_changed.notify_all();
    }
    bool isClosed() const
    {
        const std::lock_guard lock(m_mutex);
        return m_closed;
    }
    /// Lets one waiting step through; without one, does nothing.
    void letOneThrough()
    {
        const std::lock_guard lock(m_mutex);
        if (!m_waiting || m_permits > 0)
            return;
        m_permits = 1;
        m_changed.notify_all();
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_closed = false;
    bool m_waiting = false;
    int m_permits = 0;
};

} // namespace corscope
