#include "core/network/ClientConnection.h"

#include "core/network/Unreachable.h"

#include <QDeadlineTimer>

namespace corscope {

namespace {

using StreamState = ByteStream::State;
/// How long a wait lasts before the wish to abort is looked at.
constexpr Milliseconds slice(20);
constexpr Milliseconds graceForShortBodies(10);
/// Wide, since the answers come from servers the user chose.
constexpr ParseLimits responseLimits{1 << 20, 1 << 30};

QDeadlineTimer deadlineAfter(Milliseconds timeout)
{
    return QDeadlineTimer(timeout.count());
}

/// Whether the header of a response says all there is to know.
bool isVerdict(const ResponseMessage& message, const RequestMessage& request)
{
    return request.isCorsPreflight() || (isRedirectStatus(message.status) && message.headers.contains("Location"));
}

/// As much of the response as has come, when nothing more will be waited for.
Result<ResponseMessage, NetworkFailure> timedOut(const ResponseReader& reader, bool requestSent)
{
    if (!reader.headerComplete())
        return NetworkFailure{Why::TimedOut, {}, requestSent};
    auto response = reader.message();
    response.bodyError = BodyError::TimedOut;
    return response;
}

/// What is left of a response that broke off, or was none. One that is not even failed was reset.
Result<ResponseMessage, NetworkFailure> brokenOff(const ResponseReader& reader)
{
    const bool reset = reader.state() == ParseState::NeedMore;
    const bool malformed = !reset && reader.error() != ParseError::Incomplete;
    if (reader.headerComplete()) {
        auto response = reader.message();
        response.bodyError = reset ? BodyError::Reset : malformed ? BodyError::Malformed : BodyError::Closed;
        return response;
    }
    if (malformed)
        return NetworkFailure{Why::MalformedResponse, parseErrorId(reader.error()), true};
    return NetworkFailure{reset ? Why::ConnectionReset : Why::ConnectionClosed, {}, true};
}

} // namespace

Result<std::unique_ptr<ClientConnection>, NetworkFailure>
ClientConnection::open(const Endpoint& endpoint, const Url& url, const TlsTrust& trust, const Patience& patience)
{
    auto stream = ByteStream::open(endpoint, url, trust);
    const auto deadline = deadlineAfter(patience.timeout);
    while (stream->state() == StreamState::Opening) {
        stream->wait(slice);
        if (stream->state() != StreamState::Opening)
            break;
        if (patience.abort)
            return NetworkFailure{Why::Aborted, {}, false};
        if (deadline.hasExpired())
            return NetworkFailure{Why::TimedOut, {}, false};
    }
    switch (stream->state()) {
    case StreamState::Refused: return unreachable(url, true);
    case StreamState::ConnectTimedOut: return NetworkFailure{Why::TimedOut, {}, false};
    case StreamState::HandshakeFailed: {
        const auto complaint = stream->complaint();
        return complaint.isEmpty() ? tlsHandshakeFailed() : NetworkFailure{Why::TlsFailure, complaint, false};
    }
    default: return std::unique_ptr<ClientConnection>(new ClientConnection(std::move(stream)));
    }
}

bool ClientConnection::isUsable()
{
    char unasked;
    return m_stream->read(&unasked, 1) == 0 && m_stream->state() == StreamState::Open;
}

Result<ResponseMessage, NetworkFailure> ClientConnection::exchange(const RequestMessage& request,
                                                                   const Patience& patience,
                                                                   const std::function<bool()>& isHeld,
                                                                   const std::function<bool()>& isSilent, Until until)
{
    m_keepAlive = false;
    m_responseStarted = false;
    const auto bytes = serialize(request);
    QByteArrayView unsent = bytes;
    ResponseReader reader(request.method, responseLimits);
    auto deadline = deadlineAfter(patience.timeout);
    std::optional<QDeadlineTimer> grace;
    // A server may answer, and close, before it has read everything: so both directions go on at the same time.
    while (reader.state() == ParseState::NeedMore) {
        const auto taken = unsent.isEmpty() ? 0 : m_stream->write(unsent);
        unsent = unsent.sliced(taken);
        if (until == Until::Verdict && reader.headerComplete() && isVerdict(reader.message(), request)) {
            // A body that is short keeps the connection alive; no other is worth it.
            if (!grace)
                grace = deadlineAfter(graceForShortBodies);
            else if (grace->hasExpired())
                return reader.message();
        }
        if (patience.abort)
            return NetworkFailure{Why::Aborted, {}, unsent.isEmpty()};
        if (deadline.hasExpired() || isSilent())
            return timedOut(reader, unsent.isEmpty());
        if (m_responseStarted)
            m_stream->acknowledge();
        m_stream->wait(slice, unsent.isEmpty() ? ByteStream::Also::Nothing : ByteStream::Also::Writing);
        const bool arrived = takeBytes(reader);
        if (arrived || taken > 0 || isHeld())
            deadline = deadlineAfter(patience.timeout);
        if (arrived || m_stream->state() == StreamState::Open)
            continue;
        if (m_stream->state() == StreamState::Reset)
            break; // NB: which ends nothing, not even a body without a length
        reader.eof();
    }
    if (reader.state() != ParseState::Complete)
        return brokenOff(reader);
    m_keepAlive = reader.keepAlive() && unsent.isEmpty();
    return reader.message();
}

/// \returns whether any had arrived.
bool ClientConnection::takeBytes(ResponseReader& reader)
{
    char bytes[64 * 1024];
    const auto got = m_stream->read(bytes, sizeof bytes);
    if (got == 0)
        return false;
    m_responseStarted = true;
    reader.feed({bytes, got});
    return true;
}

} // namespace corscope
