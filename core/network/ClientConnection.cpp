#include "core/network/ClientConnection.h"

#include "core/http/ResponseReader.h"
#include "core/network/CertificateComplaint.h"
#include "core/network/Unreachable.h"

#include <QDeadlineTimer>
#include <QNetworkProxy>
#include <QSslConfiguration>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#endif

namespace corscope {

namespace {

/// How long a wait lasts before the wish to abort is looked at.
constexpr int slice = 20;
constexpr Milliseconds graceForShortBodies(10);
/// Wide, since the answers come from servers the user chose.
constexpr ParseLimits responseLimits{1 << 20, 1 << 30};

QDeadlineTimer deadlineAfter(Milliseconds timeout)
{
    return QDeadlineTimer(timeout.count());
}

/// Servers that write header and body apart would wait for a delayed acknowledgement in between, forty milliseconds each
/// time. The system forgets the wish, so it is said again before every wait.
void acknowledgeAtOnce([[maybe_unused]] qintptr socket)
{
#ifdef TCP_QUICKACK
    const int yes = 1;
    ::setsockopt(int(socket), IPPROTO_TCP, TCP_QUICKACK, &yes, sizeof yes);
#endif
}

QByteArray hostWithoutBrackets(const QByteArray& host)
{
    return host.startsWith('[') && host.endsWith(']') ? host.sliced(1, host.size() - 2) : host;
}

} // namespace

ClientConnection::ClientConnection(bool tls) : m_socket(std::make_unique<QSslSocket>()), m_tls(tls) {}

Result<std::unique_ptr<ClientConnection>, NetworkFailure>
ClientConnection::open(const Endpoint& endpoint, const Url& url, const TlsTrust& trust,
                       const Patience& patience)
{
    std::unique_ptr<ClientConnection> connection(new ClientConnection(url.scheme() == "https"));
    if (const auto failure = connection->connectTo(endpoint, url, trust, patience))
        return *failure;
    return connection;
}

std::optional<NetworkFailure> ClientConnection::connectTo(const Endpoint& endpoint, const Url& url,
                                                          const TlsTrust& trust,
                                                          const Patience& patience)
{
    auto deadline = deadlineAfter(patience.timeout);
    const auto givenUp = [&]() -> std::optional<NetworkFailure> {
        if (patience.abort)
            return NetworkFailure{Why::Aborted, {}, false};
        if (deadline.hasExpired())
            return NetworkFailure{Why::TimedOut, {}, false};
        return std::nullopt;
    };

    // What a proxy in the environment is for is not this.
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_socket->connectToHost(endpoint.address, endpoint.port);
    while (!isConnected()) {
        if (m_socket->waitForConnected(slice))
            break;
        if (const auto failure = givenUp())
            return failure;
        if (m_socket->state() == QAbstractSocket::UnconnectedState)
            return m_socket->error() == QAbstractSocket::SocketTimeoutError
                ? NetworkFailure{Why::TimedOut, {}, false} : unreachable(url, true);
    }
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (!m_tls)
        return std::nullopt;

    QSslConfiguration configuration;
    configuration.setCaCertificates(trust.authorities + endpoint.trusted);
    configuration.setPeerVerifyMode(trust.anyCertificate ? QSslSocket::VerifyNone : QSslSocket::VerifyPeer);
    m_socket->setSslConfiguration(configuration);
    m_socket->setPeerVerifyName(QString::fromLatin1(hostWithoutBrackets(url.host())));
    m_socket->startClientEncryption();
    while (!m_socket->isEncrypted()) {
        if (m_socket->waitForEncrypted(slice))
            break;
        const auto errors = m_socket->sslHandshakeErrors();
        if (!errors.isEmpty())
            return NetworkFailure{Why::TlsFailure, certificateComplaint(errors), false};
        if (!isConnected() || m_socket->error() == QAbstractSocket::SslHandshakeFailedError)
            return tlsHandshakeFailed();
        if (const auto failure = givenUp())
            return failure;
    }
    return std::nullopt;
}

bool ClientConnection::isUsable()
{
    waitForBytes();
    return isConnected() && m_socket->bytesAvailable() == 0;
}

/// Whether the header of a response says all there is to know.
static bool isVerdict(const ResponseMessage& message, const RequestMessage& request)
{
    const bool redirects = message.status == 301 || message.status == 302 || message.status == 303
        || message.status == 307 || message.status == 308;
    return request.isCorsPreflight() || (redirects && message.headers.contains("Location"));
}

Result<ResponseMessage, NetworkFailure> ClientConnection::exchange(const RequestMessage& request,
                                                                   const Patience& patience,
                                                                   const std::function<bool()>& isHeld,
                                                                   const std::function<bool()>& isSilent, Until until)
{
    m_keepAlive = false;
    m_responseStarted = false;
    if (const auto failure = write(serialize(request), patience))
        return *failure;

    ResponseReader parser(request.method, responseLimits);
    auto deadline = deadlineAfter(patience.timeout);
    std::optional<QDeadlineTimer> grace;
    while (parser.state() == ParseState::NeedMore) {
        if (until == Until::Verdict && parser.headerComplete() && isVerdict(parser.message(), request)) {
            // A body that is short keeps the connection alive; no other is worth it.
            if (!grace)
                grace = deadlineAfter(graceForShortBodies);
            else if (grace->hasExpired())
                return parser.message();
        }
        if (patience.abort)
            return NetworkFailure{Why::Aborted, {}, true};
        if (deadline.hasExpired() || isSilent()) {
            if (!parser.headerComplete())
                return NetworkFailure{Why::TimedOut, {}, true};
            auto response = parser.message();
            response.bodyError = BodyError::TimedOut;
            return response;
        }
#ifdef Q_OS_UNIX
        pollfd waiting{int(m_socket->socketDescriptor()), POLLIN, 0};
        if (isConnected() && m_socket->bytesAvailable() == 0) {
            acknowledgeAtOnce(m_socket->socketDescriptor());
            ::poll(&waiting, 1, slice);
        }
#else
        m_socket->waitForReadyRead(slice);
#endif
        waitForBytes();
        const auto bytes = m_socket->readAll();
        if (!bytes.isEmpty()) {
            m_responseStarted = true;
            parser.feed(bytes);
        }
        if (!bytes.isEmpty() || isHeld())
            deadline = deadlineAfter(patience.timeout);
        else if (m_reset && !isConnected())
            break; // NB: which ends nothing, not even a body without a length
        else if (!isConnected())
            parser.eof();
    }
    if (parser.state() == ParseState::NeedMore && !parser.headerComplete())
        return NetworkFailure{Why::ConnectionReset, {}, true};
    if (parser.state() == ParseState::NeedMore) {
        auto response = parser.message();
        response.bodyError = BodyError::Reset;
        return response;
    }
    if (parser.state() == ParseState::Failed && parser.headerComplete()) {
        auto response = parser.message();
        response.bodyError = parser.error() != ParseError::Incomplete ? BodyError::Malformed : BodyError::Closed;
        return response;
    }
    if (parser.state() == ParseState::Failed) {
        if (parser.error() != ParseError::Incomplete)
            return NetworkFailure{Why::MalformedResponse, parseErrorId(parser.error()), true};
        return NetworkFailure{Why::ConnectionClosed, {}, true};
    }
    m_keepAlive = parser.keepAlive() && isConnected();
    return parser.message();
}

std::optional<NetworkFailure> ClientConnection::write(const QByteArray& bytes, const Patience& patience)
{
    m_socket->write(bytes);
    auto deadline = deadlineAfter(patience.timeout);
    // A server may answer, and close, before it has read everything: what it said is read in any case.
    while (isConnected() && (m_socket->bytesToWrite() > 0 || m_socket->encryptedBytesToWrite() > 0)) {
        if (patience.abort)
            return NetworkFailure{Why::Aborted, {}, false};
        if (m_socket->bytesAvailable() > 0)
            break;
        if (m_socket->waitForBytesWritten(slice))
            deadline = deadlineAfter(patience.timeout);
        else if (deadline.hasExpired())
            return NetworkFailure{Why::TimedOut, {}, false};
    }
    return std::nullopt;
}

/// Takes what has arrived, without waiting for more.
void ClientConnection::waitForBytes()
{
    if (!isConnected())
        return;
#ifdef Q_OS_UNIX
    // NB: Qt reports a reset and an orderly close alike, so the socket is asked first.
    char byte;
    const auto peeked = ::recv(int(m_socket->socketDescriptor()), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (peeked < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        return;
    if (peeked < 0)
        m_reset = true;
#endif
    m_socket->waitForReadyRead(1);
}

} // namespace corscope
