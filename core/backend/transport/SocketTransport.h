#pragma once

#include "core/backend/transport/Transport.h"

#include <QByteArray>

#include <memory>

class QTcpSocket;

namespace corscope {

/// A client behind one of Qt's sockets, plain or TLS.
class SocketTransport final : public Transport
{
public:
    explicit SocketTransport(std::unique_ptr<QTcpSocket> socket);
    ~SocketTransport() override;

    bool start(Owner& owner) override;
    quint16 clientPort() const override { return m_clientPort; }
    QByteArrayView receive() override;
    bool mayReceive() const override;
    void remind() override;
    bool atEnd() const override { return false; } // NB: Qt's sockets then close by themselves
    void send(QByteArrayView bytes) override;
    qsizetype unsent() const override;
    void endSending() override {}
    void finish() override;
    void reset() override;

private:
    std::unique_ptr<QTcpSocket> m_socket;
    Owner* m_owner = nullptr;
    quint16 m_clientPort;
    QByteArray m_received;
};

} // namespace corscope
