#include "core/backend/HttpConnection.h"

#include "core/backend/FinishResponse.h"
#include "core/base/Ascii.h"

#include <algorithm>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

namespace corscope {

namespace {

using namespace std::chrono_literals;
constexpr auto idleTime = 60s;
constexpr auto lingerTime = 500ms;
constexpr auto resetTime = 50ms;
constexpr qsizetype readAhead = 256 * 1024;

/// Proxies' clients write the whole URL into the request line (RFC 9112 section 3.2.2); a server reads it as its path.
QByteArray originForm(const QByteArray& target)
{
    for (const QByteArrayView scheme : {"http://", "https://"}) {
        if (!ascii::startsWithIgnoringCase(target, scheme))
            continue;
        const auto path = target.indexOf('/', scheme.size());
        const auto query = target.indexOf('?', scheme.size());
        if (path >= 0 && (query < 0 || path < query))
            return target.mid(path);
        return '/' + (query < 0 ? QByteArray() : target.mid(query));
    }
    return target;
}

bool saysClose(const HeaderList& headers)
{
    const auto options = headers.getDecodeSplit("Connection");
    return options && std::any_of(options->begin(), options->end(), [](const QByteArray& option) {
        return ascii::equalIgnoringCase(option, "close");
    });
}

} // namespace

HttpConnection::HttpConnection(QTcpSocket* socket, ParseLimits limits, Handler handler, QObject* parent)
    : QObject(parent), m_socket(socket), m_clientPort(socket->peerPort()), m_handler(std::move(handler)),
      m_parser(limits)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(readAhead);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, &HttpConnection::close);
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::read);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    m_idle.start(idleTime);
}

void HttpConnection::read()
{
    if (m_state == State::Closing) {
        m_socket->readAll();
        return;
    }
    // While a request is answered, what the client sends next waits in the socket.
    if (m_state == State::Answering)
        return;
    m_parser.feed(m_socket->readAll());
    proceed();
    if (m_state == State::Reading && m_parser.started()) // a part of a request: whoever goes on sending may go on
        m_idle.start(idleTime);
}

void HttpConnection::proceed()
{
    // An answer that comes at once would otherwise nest a call for every pipelined request.
    if (m_proceeding)
        return;
    m_proceeding = true;
    while (m_state == State::Reading && m_parser.state() == ParseState::Complete) {
        m_state = State::Answering;
        m_idle.stop();
        auto request = m_parser.message();
        request.target = originForm(request.target);
        m_handler(*this, request);
    }
    m_proceeding = false;
    if (m_state != State::Reading)
        return;
    if (m_parser.state() == ParseState::Failed) {
        refuse(m_parser.error());
    } else if (m_parser.expectsContinue() && !m_continueSent) {
        m_continueSent = true;
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    }
}

void HttpConnection::answer(ResponseMessage response, const Fault& fault)
{
    if (m_state != State::Answering)
        return;
    if (response.status == 0) {
        closeWhenRead();
        return;
    }
    if (fault.delay > Milliseconds(0)) {
        QTimer::singleShot(fault.delay, this, [this, response, kind = fault.kind] { answer(response, {kind}); });
        return;
    }
    const bool isHeadOnly = fault.breaksBody() && response.bodyError == BodyError::None;
    if (fault.kind != Fault::Kind::None && !isHeadOnly) {
        breakOff(fault.kind, response);
        return;
    }
    const bool keepAlive = m_parser.keepAlive() && !saysClose(response.headers);
    if (m_parser.isHttp10() && !response.headers.contains("connection"))
        response.headers.append("connection", keepAlive ? "keep-alive" : "close");
    m_socket->write(serialize(response));
    m_socket->flush(); // now, not a turn of the event loop later
    if (!keepAlive) {
        closeWhenRead();
        return;
    }
    m_state = State::Reading;
    m_continueSent = false;
    m_parser.next();
    m_idle.start(idleTime);
    if (m_parser.state() == ParseState::NeedMore && m_socket->bytesAvailable() > 0)
        m_parser.feed(m_socket->readAll());
    proceed();
}

void HttpConnection::breakOff(Fault::Kind kind, const ResponseMessage& response)
{
    m_state = State::Closing;
    if (kind == Fault::Kind::Hang) // until the client has had enough, or gone
        return;
    m_socket->write(faultyBytes(kind, response));
    m_socket->flush();
    if (kind == Fault::Kind::Reset)
        reset();
    else if (kind == Fault::Kind::ResetBody)
        QTimer::singleShot(resetTime, this, [this] { reset(); }); // what was written has to arrive first
    else
        close();
}

void HttpConnection::reset()
{
#ifdef Q_OS_UNIX
    const linger atOnce{1, 0};
    ::setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
#endif
    m_socket->abort();
    deleteLater();
}

void HttpConnection::refuse(ParseError error)
{
    m_socket->write(serialize(refusal(error)));
    closeWhenRead();
}

void HttpConnection::close()
{
    m_state = State::Closing;
    m_idle.stop();
    if (m_socket->state() == QAbstractSocket::UnconnectedState)
        deleteLater();
    else
        m_socket->disconnectFromHost();
}

/// Closing while bytes of the client are unread would reset the connection, and the client might never read the
/// answer: so they are read, for a moment.
void HttpConnection::closeWhenRead()
{
    m_state = State::Closing;
    m_socket->readAll();
    m_socket->flush();
    if (m_parser.state() == ParseState::Complete && m_parser.leftover().isEmpty())
        m_socket->disconnectFromHost();
    else
        m_idle.start(lingerTime);
}

} // namespace corscope
