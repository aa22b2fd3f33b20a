#pragma once

#include "core/network/ByteStream.h"

#include <QSslSocket>

namespace corscope {

/// A connection through Qt's sockets: with TLS everywhere, and without it where PlainStream is not to be had.
class QtStream final : public ByteStream
{
public:
    QtStream(const Endpoint& endpoint, const Url& url, const TlsTrust& trust);

    State state() const override { return m_state; }
    quint16 localPort() const override { return m_socket.localPort(); }
    QByteArray complaint() const override;
    qsizetype write(QByteArrayView bytes) override;
    qsizetype read(char* to, qsizetype most) override;
    void wait(Milliseconds atMost, Also also) override;
    void acknowledge() override;
    void release() override { m_socket.moveToThread(nullptr); }
    void adopt() override;

private:
    void proceed(int atMost);
    void shakeHands(int atMost);
    bool isConnected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    bool hasUnwritten() const { return m_socket.bytesToWrite() > 0 || m_socket.encryptedBytesToWrite() > 0; }
    bool somethingHappened();

    QSslSocket m_socket; ///< plain until told to encrypt
    bool m_encrypts;
    State m_state = State::Opening;
    bool m_reset = false;
};

} // namespace corscope
