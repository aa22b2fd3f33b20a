#pragma once

#include "core/network/ByteStream.h"

#ifdef Q_OS_UNIX

namespace corscope {

/// A connection without TLS: a socket of the system and nothing around it. Sockets of Qt belong to a thread with an event
/// loop; this one to whoever calls.
class PlainStream final : public ByteStream
{
public:
    PlainStream(const QHostAddress& address, quint16 port);
    ~PlainStream() override;
    PlainStream(const PlainStream&) = delete;
    PlainStream& operator=(const PlainStream&) = delete;

    State state() const override { return m_state; }
    quint16 localPort() const override { return m_localPort; }
    qsizetype write(QByteArrayView bytes) override;
    qsizetype read(char* to, qsizetype most) override;
    void wait(Milliseconds atMost, Also also) override;
    void acknowledge() override;

private:
    void connected(int error);

    int m_descriptor = -1;
    State m_state = State::Opening;
    quint16 m_localPort = 0;
    bool m_writeWasReset = false;
};

/// Sends the acknowledgement that the system holds back.
void acknowledgeNow(int descriptor);
/// Blocks until one of poll()'s events comes, an error included, or the time is over. \returns what came.
short pollOne(int descriptor, short events, Milliseconds atMost);

} // namespace corscope

#endif
