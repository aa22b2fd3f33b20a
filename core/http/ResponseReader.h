#pragma once

#include "core/http/Codec.h"

namespace corscope {

/// Reads HTTP/1.x responses as a browser does, from bytes cut in any way: lines may end in a bare line feed, headers may
/// be folded, a field without a valid name counts for nothing, and a `Content-Length` that is no number is no length.
/// What no browser takes fails: a start line of something else, a lone carriage return, a NUL in the header, lengths that
/// contradict each other (https://fetch.spec.whatwg.org/#content-length-header). Interim responses (100, 103) are passed
/// over.
///
/// NB: ResponseParser is the strict reader beside it, for those who judge a server by the letter of the RFC.
class ResponseReader
{
public:
    /// \param requestMethod of the request this answers: the answer to HEAD has no body, whatever its header says.
    explicit ResponseReader(QByteArrayView requestMethod, ParseLimits limits = {});

    ParseState feed(QByteArrayView bytes);
    /// The server has closed: completes a body that runs until the end of the connection, and a header that lacks only
    /// the empty line behind it; fails anything else.
    ParseState eof();
    ParseState state() const { return m_state; }
    ParseError error() const { return m_error; }
    bool headerComplete() const { return m_part != Part::Header; }
    /// Once complete: the connection may carry another exchange, for nothing was sent behind the message.
    bool keepAlive() const { return m_state == ParseState::Complete && m_persistent && m_pending.isEmpty(); }
    const ResponseMessage& message() const { return m_message; } ///< its body as far as it has come

private:
    enum class Part { Header, Length, UntilClose, ChunkSize, Chunk, ChunkEnd, Trailer, End };
    void run();
    void readHeader(qsizetype end);
    bool readStartLine(QByteArrayView line);
    bool readFields(QByteArrayView lines);
    void beginBody();
    bool takeBody();
    bool readChunkSize();
    bool takeLine(QByteArray& line);
    void fail(ParseError error);
    void complete();

    bool m_isHead;
    ParseLimits m_limits;
    QByteArray m_pending;     ///< arrived, but not read
    qsizetype m_scanned = 0;  ///< of m_pending, in search of the end of the header
    Part m_part = Part::Header;
    quint64 m_remaining = 0;  ///< bytes of the body, or of the chunk
    bool m_isHttp10 = false;
    bool m_persistent = false;
    ParseState m_state = ParseState::NeedMore;
    ParseError m_error = ParseError::None;
    ResponseMessage m_message;
};

} // namespace corscope
