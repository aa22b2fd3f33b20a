#include "core/http/Codec.h"

#include "core/base/Ascii.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <QtEndian>

#include <algorithm>
#include <charconv>
#include <optional>

namespace corscope {

namespace http = boost::beast::http;
using boost::beast::string_view;
using ErrorCode = boost::beast::error_code;

namespace {

QByteArray toBytes(string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

/// \param known the word that Beast takes it for: it stands in the program, and need not be copied.
QByteArray toBytes(string_view text, string_view known)
{
    return text == known ? QByteArray::fromRawData(known.data(), qsizetype(known.size())) : toBytes(text);
}

ParseError parseErrorFrom(const ErrorCode& code)
{
    static const std::pair<http::error, ParseError> known[] = {
        {http::error::bad_method, ParseError::BadStartLine},
        {http::error::bad_target, ParseError::BadStartLine},
        {http::error::bad_status, ParseError::BadStartLine},
        {http::error::bad_reason, ParseError::BadStartLine},
        {http::error::bad_version, ParseError::BadVersion},
        {http::error::bad_content_length, ParseError::BadContentLength},
        {http::error::bad_transfer_encoding, ParseError::BadTransferEncoding},
        {http::error::bad_chunk, ParseError::BadChunk},
        {http::error::bad_chunk_extension, ParseError::BadChunk},
        {http::error::header_limit, ParseError::HeaderTooLarge},
        {http::error::body_limit, ParseError::BodyTooLarge},
        {http::error::partial_message, ParseError::Incomplete},
    };
    for (const auto& [from, to] : known)
        if (code == from)
            return to;
    return ParseError::BadHeader;
}

/// What Beast has read of one message.
///
/// NB: not Beast's own `fields`: that container groups headers of one name and would lose the order in which they
/// crossed the wire.
template<bool isRequest>
class Reader final : public http::basic_parser<isRequest>
{
public:
    using Message = std::conditional_t<isRequest, RequestMessage, ResponseMessage>;

    explicit Reader(const ParseLimits& limits)
    {
        this->eager(true);
        this->body_limit(std::uint64_t(limits.bodyBytes));
        // NB: the limit is kept by Engine, so that it does not depend on how the bytes were cut.
        this->header_limit(std::numeric_limits<std::uint32_t>::max());
    }

    Message message;
    int version = 11;

private:
    void on_request_impl(http::verb verb, string_view method, string_view target, int v, ErrorCode&) override
    {
        if constexpr (isRequest) {
            message.method = toBytes(method, http::to_string(verb));
            message.target = toBytes(target);
            version = v;
        }
    }
    void on_response_impl(int status, string_view reason, int v, ErrorCode&) override
    {
        if constexpr (!isRequest) {
            message.status = status;
            message.reason = toBytes(reason);
            version = v;
        }
    }
    void on_field_impl(http::field field, string_view name, string_view value, ErrorCode&) override
    {
        if (!m_headerDone) // what comes later is a trailer
            message.headers.append(toBytes(name, http::to_string(field)), toBytes(value));
    }
    void on_header_impl(ErrorCode&) override { m_headerDone = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
    std::size_t on_body_impl(string_view bytes, ErrorCode&) override { return append(bytes); }
    void on_chunk_header_impl(std::uint64_t, string_view, ErrorCode&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, ErrorCode&) override { return append(bytes); }
    void on_finish_impl(ErrorCode&) override {}

    std::size_t append(string_view bytes)
    {
        message.body.append(bytes.data(), qsizetype(bytes.size()));
        return bytes.size();
    }

    bool m_headerDone = false;
};

/// Cuts the bytes of a connection into start line, header block and body before Beast sees them, so that limits and
/// errors do not depend on the pieces in which the bytes arrived.
template<bool isRequest>
class ParserEngine
{
public:
    explicit ParserEngine(ParseLimits limits) : limits(limits) { restart(false); }

    void restart(bool skipBody)
    {
        reader.emplace(limits);
        if (skipBody)
            reader->skip(true);
        bodyless = skipBody;
        part = Part::StartLine;
        scanned = 0;
        headerBytes = 0;
        state = ParseState::NeedMore;
        error = ParseError::None;
    }

    ParseState feed(QByteArrayView bytes)
    {
        if (!pending.isEmpty()) {
            pending.append(bytes);
            return readOn();
        }
        // As a rule a message arrives whole, and is read where it lies.
        rest = bytes;
        run();
        if (!rest.isEmpty())
            pending = rest.toByteArray();
        return state;
    }

    /// Reads what has arrived before.
    ParseState readOn()
    {
        rest = pending;
        run();
        if (rest.isEmpty())
            pending = {}; // without what it had reserved
        else
            pending.remove(0, pending.size() - rest.size());
        return state;
    }

    ParseState run()
    {
        if (state == ParseState::NeedMore && part == Part::StartLine)
            readStartLine();
        if (state == ParseState::NeedMore && part == Part::Header)
            readHeader();
        if (state == ParseState::NeedMore && part == Part::Body)
            readBody();
        return state;
    }

    ParseState fail(ParseError reason)
    {
        error = reason;
        return state = ParseState::Failed;
    }

    enum class Part { StartLine, Header, Body };
    ParseLimits limits;
    std::optional<Reader<isRequest>> reader;
    QByteArray pending;        ///< arrived, but not read
    QByteArrayView rest;       ///< of what is being read now, in `pending` or where the caller has it
    Part part = Part::StartLine;
    qsizetype scanned = 0;     ///< of `rest`, in search of the end of a line or of the header
    qsizetype headerBytes = 0; ///< given to the reader so far
    bool bodyless = false;
    ParseState state = ParseState::NeedMore;
    ParseError error = ParseError::None;

private:
    void readStartLine()
    {
        // RFC 9112 section 2.2: a server ignores empty lines in front of a request.
        if constexpr (isRequest)
            while (rest.startsWith("\r\n"))
                rest = rest.sliced(2);
        if (!isStartLinePossible()) {
            fail(ParseError::BadStartLine);
            return;
        }
        const auto end = rest.indexOf('\n', scanned);
        if (isOverLimit(end < 0 ? rest.size() : end + 1))
            return;
        if (end < 0) {
            scanned = rest.size();
            return;
        }
        if (!put(end + 1))
            return;
        part = Part::Header;
        if (headerBytes == 0) // a line that ends in a bare line feed: Beast waits for what follows
            fail(ParseError::BadVersion);
    }

    void readHeader()
    {
        const auto end = endOfHeader();
        if (isOverLimit(end < 0 ? rest.size() : end) || end < 0)
            return;
        if (!put(end))
            return;
        if (reader->is_header_done())
            checkHeader();
        else
            fail(ParseError::BadHeader);
        if (state == ParseState::NeedMore)
            part = Part::Body;
    }

    void readBody()
    {
        if (!reader->is_done() && !isTooShortToBegin())
            put(rest.size());
        if (state == ParseState::NeedMore && reader->is_done())
            state = ParseState::Complete;
        else if (state == ParseState::NeedMore && rest.size() > limits.headerBytes)
            fail(ParseError::BadChunk); // a chunk header or trailer without end
    }

    /// NB: Beast asserts that who has shown it the last chunk comes again with all of "0\r\n\r\n".
    bool isTooShortToBegin() const
    {
        return reader->chunked() && reader->message.body.isEmpty() && rest.startsWith('0') && rest.size() < 5;
    }

    /// Gives the first bytes of `rest` to Beast. \returns false after an error.
    bool put(qsizetype size)
    {
        ErrorCode code;
        const auto used = qsizetype(reader->put(boost::asio::const_buffer(rest.data(), size_t(size)), code));
        headerBytes += used;
        rest = rest.sliced(used);
        scanned = 0;
        if (!code || code == http::error::need_more)
            return true;
        fail(parseErrorFrom(code));
        return false;
    }

    /// Tells a TLS handshake, or any other protocol, from HTTP before a line end that may never come.
    bool isStartLinePossible() const
    {
        if constexpr (isRequest) {
            return rest.isEmpty() || ascii::isTokenChar(rest.front()) || rest == "\r";
        } else {
            const QByteArrayView expected("HTTP/1.");
            return expected.startsWith(rest.first(std::min(rest.size(), expected.size())));
        }
    }

    bool isOverLimit(qsizetype more)
    {
        if (headerBytes + more <= limits.headerBytes)
            return false;
        fail(ParseError::HeaderTooLarge);
        return true;
    }

    /// Behind the blank line that ends the header; -1 where it has not arrived. Bare line feeds count here: Beast then
    /// refuses them, where waiting for CRLF could take for ever.
    qsizetype endOfHeader()
    {
        if (rest.startsWith("\r\n"))
            return 2;
        if (rest.startsWith('\n'))
            return 1;
        for (auto i = rest.indexOf('\n', scanned); i >= 0; i = rest.indexOf('\n', i + 1)) {
            const auto next = rest.sliced(i + 1);
            if (next.startsWith("\r\n"))
                return i + 3;
            if (next.startsWith('\n'))
                return i + 2;
        }
        scanned = std::max<qsizetype>(0, rest.size() - 2);
        return -1;
    }

    void checkHeader()
    {
        const auto& headers = reader->message.headers;
        if (const auto codings = headers.getDecodeSplit("Transfer-Encoding"); codings && !areTransferCodings(*codings)) {
            fail(ParseError::BadTransferEncoding);
            return;
        }
        if constexpr (isRequest) {
            if (reader->version == 11 && !headers.contains("Host"))
                fail(ParseError::MissingHost);
        }
    }

    /// RFC 9112 section 7: a token each, with parameters behind a semicolon; a request's last one is `chunked`.
    ///
    /// NB: Beast stops reading at a sign that no token has, and takes what stood before it ("chunked>"). It also
    /// overlooks a `chunked` behind a coding that has a parameter.
    bool areTransferCodings(const QList<QByteArray>& codings) const
    {
        const auto nameOf = [](QByteArrayView coding) {
            const auto semicolon = coding.indexOf(';');
            return ascii::trimmedTabOrSpace(semicolon < 0 ? coding : coding.first(semicolon));
        };
        const bool endsChunked = isRequest || ascii::equalIgnoringCase(nameOf(codings.last()), "chunked");
        return (reader->chunked() || !endsChunked) && std::all_of(codings.begin(), codings.end(), [&](const auto& coding) {
            return coding.isEmpty() || ascii::isToken(nameOf(coding));
        });
    }
};

/// Whether none of the eight is below a blank, or DEL.
bool areEightPlain(const char* bytes)
{
    constexpr quint64 each = 0x0101010101010101;
    const auto word = qFromUnaligned<quint64>(bytes);
    const auto notDel = word ^ each * 0x7f;
    return ((((word - each * 0x20) & ~word) | ((notDel - each) & ~notDel)) & each * 0x80) == 0;
}

bool isText(QByteArrayView bytes)
{
    if (bytes.size() >= 8) {
        const char* const last = bytes.end() - 8;
        const char* c = bytes.begin();
        while (c < last && areEightPlain(c))
            c += 8;
        if (c >= last && areEightPlain(last))
            return true;
    }
    return std::all_of(bytes.begin(), bytes.end(), [](char c) {
        return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
    });
}

bool areSerializable(const HeaderList& headers)
{
    return std::all_of(headers.begin(), headers.end(),
                       [](const Header& h) { return ascii::isToken(h.name) && isText(h.value); });
}

constexpr QByteArrayView separator = ": ";
constexpr QByteArrayView lineEnd = "\r\n";

qsizetype sizeOf(const HeaderList& headers)
{
    qsizetype size = lineEnd.size();
    for (const auto& header : headers)
        size += header.name.size() + separator.size() + header.value.size() + lineEnd.size();
    return size;
}

/// Writes pieces one behind the other into room that was made for all of them.
class Writer
{
public:
    Writer(QByteArray& bytes, qsizetype room)
    {
        const auto before = bytes.size();
        bytes.resize(before + room);
        m_to = bytes.data() + before;
    }
    Writer& operator<<(QByteArrayView piece)
    {
        m_to = std::copy(piece.begin(), piece.end(), m_to);
        return *this;
    }
    Writer& operator<<(const HeaderList& headers)
    {
        for (const auto& header : headers)
            *this << header.name << separator << header.value << lineEnd;
        return *this << lineEnd;
    }

private:
    char* m_to;
};

} // namespace

class RequestParser::Engine : public ParserEngine<true>
{
public:
    using ParserEngine::ParserEngine;
};

class ResponseParser::Engine : public ParserEngine<false>
{
public:
    using ParserEngine::ParserEngine;

    ParseState passOverInterim()
    {
        while (state == ParseState::Complete && isInterim(reader->message.status)) {
            restart(bodyless);
            readOn();
        }
        return state;
    }

private:
    static bool isInterim(int status) { return status >= 100 && status < 200 && status != 101; }
};

QByteArray parseErrorId(ParseError error)
{
    switch (error) {
    case ParseError::None: return {};
    case ParseError::BadStartLine: return "bad-start-line";
    case ParseError::BadVersion: return "bad-version";
    case ParseError::BadHeader: return "bad-header";
    case ParseError::MissingHost: return "missing-host";
    case ParseError::BadContentLength: return "bad-content-length";
    case ParseError::BadTransferEncoding: return "bad-transfer-encoding";
    case ParseError::BadChunk: return "bad-chunk";
    case ParseError::HeaderTooLarge: return "header-too-large";
    case ParseError::BodyTooLarge: return "body-too-large";
    case ParseError::Incomplete: return "incomplete";
    }
    return {};
}

RequestParser::RequestParser(ParseLimits limits) : m_engine(std::make_unique<Engine>(limits)) {}
RequestParser::~RequestParser() = default;
RequestParser::RequestParser(RequestParser&&) noexcept = default;
RequestParser& RequestParser::operator=(RequestParser&&) noexcept = default;

ParseState RequestParser::feed(QByteArrayView bytes) { return m_engine->feed(bytes); }
ParseState RequestParser::state() const { return m_engine->state; }
ParseError RequestParser::error() const { return m_engine->error; }
bool RequestParser::started() const { return m_engine->reader->got_some() || !m_engine->pending.isEmpty(); }
bool RequestParser::headerComplete() const { return m_engine->part == Engine::Part::Body; }

bool RequestParser::expectsContinue() const
{
    if (!headerComplete() || isHttp10())
        return false;
    const auto expect = message().headers.get("Expect");
    return expect && ascii::equalIgnoringCase(*expect, "100-continue");
}

bool RequestParser::keepAlive() const { return headerComplete() && m_engine->reader->keep_alive(); }
bool RequestParser::isHttp10() const { return m_engine->reader->version == 10; }
const RequestMessage& RequestParser::message() const { return m_engine->reader->message; }
RequestMessage RequestParser::takeMessage() { return std::move(m_engine->reader->message); }
QByteArray RequestParser::leftover() const { return m_engine->pending; }
qsizetype RequestParser::heldBytes() const { return m_engine->reader->message.body.size() + m_engine->pending.size(); }

ParseState RequestParser::next()
{
    m_engine->restart(false);
    return m_engine->readOn();
}

ResponseParser::ResponseParser(QByteArrayView requestMethod, ParseLimits limits)
    : m_engine(std::make_unique<Engine>(limits))
{
    m_engine->restart(requestMethod == "HEAD");
}
ResponseParser::~ResponseParser() = default;
ResponseParser::ResponseParser(ResponseParser&&) noexcept = default;
ResponseParser& ResponseParser::operator=(ResponseParser&&) noexcept = default;

ParseState ResponseParser::feed(QByteArrayView bytes)
{
    m_engine->feed(bytes);
    return m_engine->passOverInterim();
}

ParseState ResponseParser::eof()
{
    if (state() != ParseState::NeedMore)
        return state();
    if (!headerComplete())
        return m_engine->fail(ParseError::Incomplete);
    ErrorCode code;
    m_engine->reader->put_eof(code);
    if (code)
        return m_engine->fail(parseErrorFrom(code));
    return m_engine->state = ParseState::Complete;
}

ParseState ResponseParser::state() const { return m_engine->state; }
ParseError ResponseParser::error() const { return m_engine->error; }
bool ResponseParser::started() const { return m_engine->reader->got_some() || !m_engine->pending.isEmpty(); }
bool ResponseParser::headerComplete() const { return m_engine->part == Engine::Part::Body; }
bool ResponseParser::keepAlive() const { return headerComplete() && m_engine->reader->keep_alive(); }
const ResponseMessage& ResponseParser::message() const { return m_engine->reader->message; }
QByteArray ResponseParser::leftover() const { return m_engine->pending; }

ParseState ResponseParser::next(QByteArrayView requestMethod)
{
    m_engine->restart(requestMethod == "HEAD");
    m_engine->readOn();
    return m_engine->passOverInterim();
}

QByteArray serialize(const RequestMessage& message)
{
    constexpr QByteArrayView version = " HTTP/1.1\r\n";
    QByteArray bytes;
    Writer(bytes, message.method.size() + 1 + message.target.size() + version.size() + sizeOf(message.headers)
                      + message.body.size())
        << message.method << " " << message.target << version << message.headers << message.body;
    return bytes;
}

QByteArray serialize(const ResponseMessage& message)
{
    QByteArray bytes;
    appendSerialized(bytes, message);
    return bytes;
}

void appendSerialized(QByteArray& bytes, const ResponseMessage& message)
{
    constexpr QByteArrayView version = "HTTP/1.1 ";
    char digits[16];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), message.status).ptr;
    const QByteArrayView status(digits, end - digits);
    Writer(bytes, version.size() + status.size() + 1 + message.reason.size() + lineEnd.size()
                      + sizeOf(message.headers) + message.body.size())
        << version << status << " " << message.reason << lineEnd << message.headers << message.body;
}

bool isSerializable(const ResponseMessage& message)
{
    return message.status >= 200 && message.status <= 999 && isText(message.reason)
        && areSerializable(message.headers);
}

ParseError parseErrorOf(const RequestMessage& message, ParseLimits limits)
{
    auto size = message.method.size() + message.target.size() + QByteArrayView("  HTTP/1.1\r\n\r\n").size();
    for (const auto& header : message.headers)
        size += header.name.size() + header.value.size() + QByteArrayView(": \r\n").size();
    if (size > limits.headerBytes)
        return ParseError::HeaderTooLarge;
    const auto space = message.target.indexOf(' ');
    const auto target = space < 0 ? message.target : message.target.first(space);
    if (!ascii::isToken(message.method) || target.isEmpty() || !isText(target) || target.contains('\t'))
        return ParseError::BadStartLine;
    if (space >= 0) // what stands behind it is taken for the version
        return ParseError::BadVersion;
    if (!areSerializable(message.headers))
        return ParseError::BadHeader;
    if (message.body.size() > limits.bodyBytes)
        return ParseError::BodyTooLarge;
    return message.headers.contains("Host") ? ParseError::None : ParseError::MissingHost;
}

} // namespace corscope
