#include "core/network/QtStream.h"

#include "core/network/CertificateComplaint.h"
#include "core/network/PlainStream.h"

#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QThread>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#endif

namespace corscope {

namespace {

/// How much is handed to Qt, which takes everything, before the other side has taken it.
constexpr qsizetype writeAhead = 64 * 1024;

QByteArray hostWithoutBrackets(const QByteArray& host)
{
    return host.startsWith('[') && host.endsWith(']') ? host.sliced(1, host.size() - 2) : host;
}

QSslConfiguration configurationFor(const Endpoint& endpoint, const TlsTrust& trust)
{
    QSslConfiguration configuration;
    configuration.setCaCertificates(trust.authorities + endpoint.trusted);
    configuration.setPeerVerifyMode(trust.anyCertificate ? QSslSocket::VerifyNone : QSslSocket::VerifyPeer);
    return configuration;
}

} // namespace

QtStream::QtStream(const Endpoint& endpoint, const Url& url, const TlsTrust& trust) : m_encrypts(url.scheme() == "https")
{
    if (m_encrypts) {
        m_socket.setSslConfiguration(configurationFor(endpoint, trust));
        m_socket.setPeerVerifyName(QString::fromLatin1(hostWithoutBrackets(url.host())));
    }
    // What a proxy in the environment is for is not this.
    m_socket.setProxy(QNetworkProxy::NoProxy);
    m_socket.connectToHost(endpoint.address, endpoint.port);
}

QByteArray QtStream::complaint() const
{
    const auto errors = m_socket.sslHandshakeErrors();
    return errors.isEmpty() ? QByteArray() : certificateComplaint(errors);
}

void QtStream::proceed(int atMost)
{
    if (isConnected() || m_socket.waitForConnected(atMost)) {
        m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
        if (!m_encrypts)
            m_state = State::Open;
        else if (m_socket.mode() == QSslSocket::UnencryptedMode)
            m_socket.startClientEncryption();
    } else if (m_socket.state() == QAbstractSocket::UnconnectedState) {
        m_state = m_socket.error() == QAbstractSocket::SocketTimeoutError ? State::ConnectTimedOut : State::Refused;
    }
}

void QtStream::shakeHands(int atMost)
{
    if (m_socket.isEncrypted() || m_socket.waitForEncrypted(atMost))
        m_state = State::Open;
    else if (!isConnected() || !m_socket.sslHandshakeErrors().isEmpty()
             || m_socket.error() == QAbstractSocket::SslHandshakeFailedError)
        m_state = State::HandshakeFailed;
}

qsizetype QtStream::write(QByteArrayView bytes)
{
    if (!isConnected() || hasUnwritten())
        return 0;
    const auto taken = std::max<qsizetype>(0, m_socket.write(bytes.data(), std::min(bytes.size(), writeAhead)));
    m_socket.flush();
    return taken;
}

qsizetype QtStream::read(char* to, qsizetype most)
{
    if (m_socket.bytesAvailable() == 0 && isConnected() && somethingHappened())
        m_socket.waitForReadyRead(1);
    if (m_socket.bytesAvailable() > 0)
        return std::max<qsizetype>(0, m_socket.read(to, most));
    if (m_state == State::Open && !isConnected())
        m_state = m_reset ? State::Reset : State::Closed;
    return 0;
}

/// Whether there is something for Qt to read.
bool QtStream::somethingHappened()
{
#ifdef Q_OS_UNIX
    // NB: Qt reports a reset and an orderly close alike, so the socket is asked first.
    char byte;
    const auto peeked = ::recv(int(m_socket.socketDescriptor()), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (peeked < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        return false;
    m_reset = m_reset || peeked < 0;
#endif
    return true;
}

void QtStream::wait(Milliseconds atMost, Also)
{
    const int milliseconds = int(atMost.count());
    if (m_state == State::Opening && m_socket.mode() == QSslSocket::UnencryptedMode)
        proceed(milliseconds);
    else if (m_state == State::Opening)
        shakeHands(milliseconds);
    else if (!isConnected() || m_socket.bytesAvailable() > 0)
        return;
    else if (hasUnwritten())
        m_socket.waitForBytesWritten(milliseconds);
    else
#ifdef Q_OS_UNIX
        pollOne(int(m_socket.socketDescriptor()), POLLIN, atMost);
#else
        m_socket.waitForReadyRead(milliseconds);
#endif
}

void QtStream::acknowledge()
{
#ifdef Q_OS_UNIX
    acknowledgeNow(int(m_socket.socketDescriptor()));
#endif
}

void QtStream::adopt()
{
    m_socket.moveToThread(QThread::currentThread());
}

} // namespace corscope
