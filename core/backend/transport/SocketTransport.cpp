#include "core/backend/transport/SocketTransport.h"

#include <QSslSocket>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

namespace corscope {

namespace {

constexpr qsizetype readAhead = 256 * 1024; // bytes

} // namespace

SocketTransport::SocketTransport(std::unique_ptr<QTcpSocket> socket)
    : m_socket(std::move(socket)), m_clientPort(m_socket->peerPort())
{
    m_socket->setReadBufferSize(readAhead);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

SocketTransport::~SocketTransport()
{
    m_socket->disconnect();
}

bool SocketTransport::start(Owner& owner)
{
    m_owner = &owner;
    // Queued: a TLS socket may find bytes, or room for more, while the owner is sending.
    QObject::connect(m_socket.get(), &QTcpSocket::readyRead, m_socket.get(), [this] { m_owner->bytesArrived(); },
                     Qt::QueuedConnection);
    const auto written = [this] {
        if (unsent() == 0)
            m_owner->bytesTaken();
    };
    QObject::connect(m_socket.get(), &QTcpSocket::bytesWritten, m_socket.get(), written, Qt::QueuedConnection);
    if (auto* tls = qobject_cast<QSslSocket*>(m_socket.get()))
        QObject::connect(tls, &QSslSocket::encryptedBytesWritten, tls, written, Qt::QueuedConnection);
    QObject::connect(m_socket.get(), &QTcpSocket::disconnected, m_socket.get(), [this] { m_owner->clientLeft(); });
    if (m_socket->bytesAvailable() > 0)
        remind();
    return m_socket->state() != QAbstractSocket::UnconnectedState;
}

QByteArrayView SocketTransport::receive()
{
    m_received = m_socket->readAll();
    return m_received;
}

bool SocketTransport::mayReceive() const
{
    return m_socket->bytesAvailable() > 0;
}

void SocketTransport::remind()
{
    QMetaObject::invokeMethod(m_socket.get(), [this] { m_owner->bytesArrived(); }, Qt::QueuedConnection);
}

void SocketTransport::send(QByteArrayView bytes)
{
    m_socket->write(bytes.data(), bytes.size());
    m_socket->flush(); // now, not a turn of the event loop later
}

qsizetype SocketTransport::unsent() const
{
    const auto* tls = qobject_cast<const QSslSocket*>(m_socket.get());
    return qsizetype(m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0));
}

void SocketTransport::finish()
{
    if (m_socket->state() == QAbstractSocket::UnconnectedState)
        m_owner->clientLeft();
    else
        m_socket->disconnectFromHost();
}

void SocketTransport::reset()
{
#ifdef Q_OS_UNIX
    const linger atOnce{1, 0};
    ::setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
#endif
    m_socket->abort();
    m_owner->clientLeft();
}

} // namespace corscope
