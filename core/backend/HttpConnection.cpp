#include "core/backend/HttpConnection.h"

#include "core/backend/FinishResponse.h"
#include "core/base/Ascii.h"

#include <QTimer>

#include <algorithm>

namespace corscope {

namespace {

using namespace std::chrono_literals;
constexpr auto resetTime = 50ms;
/// Pieces that are read in one turn from a client that is no longer listened to.
constexpr int piecesPerTurn = 16;
/// More than this is not kept for the next answers.
constexpr qsizetype outgoingKept = 1024 * 1024; // bytes

/// Proxies' clients write the whole URL into the request line (RFC 9112 section 3.2.2); a server reads it as its path.
QByteArray originForm(const QByteArray& target)
{
    if (target.startsWith('/'))
        return target;
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

HttpConnection::HttpConnection(std::unique_ptr<Transport> transport, ConnectionSet& set)
    : QObject(&set), m_set(set), m_transport(std::move(transport)), m_parser(set.messages()), m_since(set.now())
{}

HttpConnection::~HttpConnection() = default;

void HttpConnection::start()
{
    if (!m_transport->start(*this))
        clientLeft();
}

void HttpConnection::bytesArrived()
{
    if (m_state == State::Closing) {
        drop();
        return;
    }
    // While a request is answered, or answers are not taken, what the client sends next waits in the socket.
    if (m_state != State::Reading || isCongested())
        return;
    const auto bytes = m_transport->receive();
    if (!bytes.isEmpty()) {
        m_parser.feed(bytes);
        proceed();
    } else if (m_transport->atEnd()) {
        finish();
    }
    readOn();
}

/// Answers all requests that have arrived; the answers go out together.
void HttpConnection::proceed()
{
    // An answer that comes at once would otherwise nest a call for every pipelined request.
    if (m_proceeding)
        return;
    m_proceeding = true;
    while (m_state == State::Reading && m_parser.state() == ParseState::Complete && !isCongested()) {
        m_state = State::Answering;
        auto request = m_parser.takeMessage();
        request.target = originForm(request.target);
        m_set.handle(*this, request);
        if (m_set.outgoing().size() > m_set.limits().unsentBytes)
            flush();
    }
    if (m_state == State::Reading)
        expectMore();
    m_proceeding = false;
    flush();
}

/// What has arrived is no whole request: it is a part of one, nothing, or nonsense.
void HttpConnection::expectMore()
{
    const auto state = m_parser.state();
    if (state == ParseState::Failed) {
        refuse(refusal(m_parser.error()));
        return;
    }
    if (state == ParseState::Complete || !m_parser.started())
        return;
    if (!m_begun)
        m_since = m_set.now();
    m_begun = true;
    const auto held = m_parser.heldBytes();
    const bool fits = m_set.hold(held - m_held);
    m_held = held;
    if (!fits) {
        refuse(refusal(503, "too-many-bytes"));
    } else if (m_parser.expectsContinue() && !m_continueSent) {
        m_continueSent = true;
        m_set.outgoing() += "HTTP/1.1 100 Continue\r\n\r\n";
    }
}

void HttpConnection::readOn()
{
    if (m_state == State::Reading && m_transport->mayReceive() && !isCongested())
        m_transport->remind();
}

bool HttpConnection::isCongested() const
{
    return m_transport->unsent() > m_set.limits().unsentBytes;
}

void HttpConnection::flush()
{
    auto& bytes = m_set.outgoing();
    if (bytes.isEmpty())
        return;
    m_transport->send(bytes);
    if (bytes.size() > outgoingKept)
        bytes = {};
    else
        bytes.resize(0);
}

void HttpConnection::bytesTaken()
{
    if (m_state != State::Reading)
        return;
    proceed();
    readOn();
}

void HttpConnection::clientLeft()
{
    if (m_state == State::Left)
        return;
    m_state = State::Left;
    m_set.hold(-std::exchange(m_held, 0));
    m_set.left();
    deleteLater();
}

void HttpConnection::answer(ResponseMessage response, const Fault& fault)
{
    if (m_state != State::Answering)
        return;
    if (response.status == 0) {
        finishWhenRead();
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
    appendSerialized(m_set.outgoing(), response);
    if (!keepAlive) {
        finishWhenRead();
        return;
    }
    m_state = State::Reading;
    m_since = m_set.now();
    m_begun = false;
    m_continueSent = false;
    if (m_held != 0)
        m_set.hold(-std::exchange(m_held, 0));
    m_parser.next();
    if (m_proceeding)
        return;
    proceed();
    readOn();
}

void HttpConnection::breakOff(Fault::Kind kind, const ResponseMessage& response)
{
    m_state = State::Closing;
    flush(); // the answers to earlier requests
    if (kind == Fault::Kind::Hang) { // until the client has had enough, or gone
        drop();
        return;
    }
    m_transport->send(faultyBytes(kind, response));
    if (kind == Fault::Kind::Reset)
        m_transport->reset();
    else if (kind == Fault::Kind::ResetBody)
        QTimer::singleShot(resetTime, this, [this] { m_transport->reset(); }); // what was written has to arrive first
    else
        finish();
}

void HttpConnection::refuse(const ResponseMessage& refusal)
{
    appendSerialized(m_set.outgoing(), refusal);
    finishWhenRead();
}

void HttpConnection::finish()
{
    if (m_state == State::Left)
        return;
    flush();
    m_state = State::Closing;
    m_transport->finish();
}

/// Closing while bytes of the client are unread would reset the connection, and the client might never read the
/// answer: so they are read, for a moment.
void HttpConnection::finishWhenRead()
{
    flush();
    if (m_parser.state() == ParseState::Complete && m_parser.leftover().isEmpty() && !m_transport->mayReceive()) {
        finish();
        return;
    }
    m_state = State::Closing;
    m_transport->endSending();
    QTimer::singleShot(m_set.limits().linger, this, [this] { finish(); });
    drop();
}

/// Reads what nobody wants to know.
void HttpConnection::drop()
{
    for (int piece = 0; piece < piecesPerTurn; ++piece)
        if (m_transport->receive().isEmpty())
            break;
    if (m_transport->atEnd())
        finish();
    else if (m_transport->mayReceive())
        m_transport->remind();
}

void HttpConnection::lookAtTime()
{
    const auto now = m_set.now();
    const auto& limits = m_set.limits();
    if (const auto unsent = m_transport->unsent(); unsent > 0) {
        if (unsent != m_unsent)
            m_unsentSince = now;
        else if (now - m_unsentSince > limits.unsent)
            m_transport->reset();
        m_unsent = unsent;
        return;
    }
    m_unsent = 0;
    if (m_state != State::Reading)
        return;
    const auto limit = !m_begun ? limits.idle : m_parser.headerComplete() ? limits.request : limits.header;
    if (now - m_since > limit)
        m_begun ? refuse(refusal(408, "request-timeout")) : finish();
}

void HttpConnection::makeRoom()
{
    if (m_begun || m_transport->unsent() > 0)
        m_transport->reset();
    else
        finish();
}

} // namespace corscope
