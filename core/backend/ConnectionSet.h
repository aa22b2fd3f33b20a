#pragma once

#include "core/backend/ConnectionLimits.h"
#include "core/backend/transport/Transport.h"
#include "core/http/Codec.h"

#include <QBasicTimer>
#include <QObject>

#include <functional>
#include <memory>

namespace corscope {

class HttpConnection;

/// All connections of one server: what they share, and what they may cost together. Lives in the server's thread.
///
/// One timer goes over all of them about once a second, so that no request starts or stops one.
class ConnectionSet final : public QObject
{
public:
    /// Must lead to one call of HttpConnection::answer(), at once or later.
    using Handler = std::function<void(HttpConnection&, const RequestMessage&)>;

    ConnectionSet(ParseLimits messages, ConnectionLimits limits, Handler handler, QObject* parent = nullptr);
    ~ConnectionSet() override;

    /// The connection belongs to the set. Where there are too many another one makes room; where none can, this one is
    /// closed.
    void add(std::unique_ptr<Transport> transport);
    /// The system has no descriptor left for another client: from now on there may be fewer than there are.
    void shrink();

    // What follows is for the connections.
    using Time = std::chrono::milliseconds; ///< since the set was made
    const ParseLimits& messages() const { return m_messages; }
    const ConnectionLimits& limits() const { return m_limits; }
    /// As of the last look at all connections: behind by what lies between two of them.
    Time now() const { return m_now; }
    void handle(HttpConnection& from, const RequestMessage& request) const { m_handler(from, request); }
    /// Where answers are written before they are sent; empty between two calls to a connection.
    QByteArray& outgoing() { return m_outgoing; }
    /// A request that is not complete has grown by that. \returns whether all of them together may be so large.
    bool hold(qsizetype bytes) { return (m_held += bytes) <= m_limits.incompleteBytes; }
    void left() { --m_count; }

private:
    void timerEvent(QTimerEvent*) override;
    bool makeRoom();
    QList<HttpConnection*> connections() const;
    Time elapsed() const;

    const ParseLimits m_messages;
    const ConnectionLimits m_limits;
    const Handler m_handler;
    const std::chrono::steady_clock::time_point m_made = std::chrono::steady_clock::now();
    const Time m_interval; ///< between two looks
    QBasicTimer m_timer;   ///< runs while there are connections
    Time m_now{0};
    int m_most; ///< connections
    int m_count = 0;
    qsizetype m_held = 0;
    QByteArray m_outgoing;
};

} // namespace corscope
