#include "core/backend/ConnectionSet.h"

#include "core/backend/HttpConnection.h"

#include <algorithm>

namespace corscope {

namespace {

using namespace std::chrono_literals;

/// Descriptors that the rest of the program may want, where the system has no more.
constexpr int spareDescriptors = 16;

/// Often enough for the shortest of the times.
std::chrono::milliseconds intervalFor(const ConnectionLimits& limits)
{
    return std::clamp(std::min({limits.idle, limits.header, limits.request, limits.unsent}) / 4,
                      std::chrono::milliseconds(10), std::chrono::milliseconds(1000));
}

} // namespace

ConnectionSet::ConnectionSet(ParseLimits messages, ConnectionLimits limits, Handler handler, QObject* parent)
    : QObject(parent), m_messages(messages), m_limits(limits), m_handler(std::move(handler)),
      m_interval(intervalFor(limits)), m_most(limits.connections)
{}

ConnectionSet::~ConnectionSet()
{
    qDeleteAll(connections()); // while there still is a set that they can tell
}

ConnectionSet::Time ConnectionSet::elapsed() const
{
    return std::chrono::duration_cast<Time>(std::chrono::steady_clock::now() - m_made);
}

QList<HttpConnection*> ConnectionSet::connections() const
{
    QList<HttpConnection*> result;
    result.reserve(children().size());
    for (auto* child : children())
        result.append(static_cast<HttpConnection*>(child));
    return result;
}

void ConnectionSet::add(std::unique_ptr<Transport> transport)
{
    if (!m_timer.isActive()) {
        m_now = elapsed();
        m_timer.start(int(m_interval.count()), this);
    }
    if (m_count >= m_most && !makeRoom())
        return;
    ++m_count;
    (new HttpConnection(std::move(transport), *this))->start();
}

void ConnectionSet::shrink()
{
    m_most = std::max(1, m_count - spareDescriptors);
    for (int i = 0; i < spareDescriptors; ++i)
        makeRoom();
}

/// Ends the connection whose client has been silent longest. \returns false where none waits for its client.
bool ConnectionSet::makeRoom()
{
    HttpConnection* silent = nullptr;
    for (auto* connection : connections())
        if (connection->isWaiting() && (!silent || connection->waitingSince() < silent->waitingSince()))
            silent = connection;
    if (!silent)
        return false;
    silent->makeRoom();
    return true;
}

void ConnectionSet::timerEvent(QTimerEvent*)
{
    m_now = elapsed();
    if (m_count == 0)
        m_timer.stop();
    for (auto* connection : connections())
        connection->lookAtTime();
}

} // namespace corscope
