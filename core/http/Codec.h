#pragma once

#include "core/http/Message.h"

#include <memory>

namespace corscope {

/// How much a peer may send before it is refused.
struct ParseLimits
{
    qsizetype headerBytes = 64 * 1024; ///< start line, headers and the blank line together
    qsizetype bodyBytes = 16 * 1024 * 1024;
};

enum class ParseState {
    NeedMore, ///< the message is not complete yet
    Complete,
    Failed,   ///< no further byte of this connection means anything
};

enum class ParseError {
    None,
    BadStartLine,
    BadVersion,
    BadHeader,
    MissingHost,          ///< an HTTP/1.1 request without `Host`
    BadContentLength,
    BadTransferEncoding,
    BadChunk,
    HeaderTooLarge,
    BodyTooLarge,
    Incomplete,           ///< the peer closed in the middle of a message
};
/// A short literal name ("bad-chunk"), for a detail or a log line.
QByteArray parseErrorId(ParseError error);

/// Reads HTTP/1.x requests from the bytes of one connection, in pieces of any size; the result does not depend on how
/// the bytes were cut. Headers keep order, case and number. Chunked bodies are decoded, trailers dropped.
class RequestParser
{
public:
    explicit RequestParser(ParseLimits limits = {});
    ~RequestParser();
    RequestParser(RequestParser&&) noexcept;
    RequestParser& operator=(RequestParser&&) noexcept;

    ParseState feed(QByteArrayView bytes);
    ParseState state() const;
    ParseError error() const;

    bool started() const;        ///< a byte of this message has arrived
    bool headerComplete() const;
    /// Once the header is complete: the client waits for `100 Continue` before it sends the body.
    bool expectsContinue() const;
    /// Once complete: the connection may carry another request.
    bool keepAlive() const;
    bool isHttp10() const;

    const RequestMessage& message() const; ///< whole once complete
    RequestMessage takeMessage();          ///< once complete; nothing but next() makes sense afterwards
    QByteArray leftover() const;           ///< bytes that arrived behind the message
    qsizetype heldBytes() const;           ///< of body, and of what has arrived and was not read
    /// Turns to the next message of the connection, beginning with the leftover bytes.
    ParseState next();

private:
    class Engine;
    std::unique_ptr<Engine> m_engine;
};

/// Reads HTTP/1.x responses, as RequestParser reads requests. Interim responses (100, 103) are passed over.
class ResponseParser
{
public:
    /// \param requestMethod of the request this answers: the answer to HEAD has no body, whatever its header says.
    explicit ResponseParser(QByteArrayView requestMethod, ParseLimits limits = {});
    ~ResponseParser();
    ResponseParser(ResponseParser&&) noexcept;
    ResponseParser& operator=(ResponseParser&&) noexcept;

    ParseState feed(QByteArrayView bytes);
    /// The peer has closed: completes a body that runs until the end of the connection, fails anything else.
    ParseState eof();
    ParseState state() const;
    ParseError error() const;

    bool started() const;
    bool headerComplete() const;
    bool keepAlive() const;

    const ResponseMessage& message() const;
    QByteArray leftover() const;
    /// Turns to the response to the next request of the connection.
    ParseState next(QByteArrayView requestMethod);

private:
    class Engine;
    std::unique_ptr<Engine> m_engine;
};

/// The bytes of a message, every header exactly as given. Nothing is added: `Host`, `Content-Length` and the like are
/// the caller's business.
QByteArray serialize(const RequestMessage& message);
QByteArray serialize(const ResponseMessage& message);
void appendSerialized(QByteArray& bytes, const ResponseMessage& message);

/// Whether a reader of the bytes would get the same message back; otherwise the peer sees a malformed response.
bool isSerializable(const ResponseMessage& message);
/// What a RequestParser would say of the message's bytes, without making them. The framing (`Content-Length`) is taken
/// to be right.
ParseError parseErrorOf(const RequestMessage& message, ParseLimits limits = {});

} // namespace corscope
