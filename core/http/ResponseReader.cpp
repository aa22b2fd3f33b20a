#include "core/http/ResponseReader.h"

#include "core/base/Ascii.h"

#include <algorithm>

namespace corscope {

namespace {

/// Behind the empty line that ends the header, be it CRLF or a bare line feed; -1 where it has not arrived.
qsizetype endOfHeader(const QByteArray& bytes, qsizetype from)
{
    for (auto i = bytes.indexOf('\n', from); i >= 0; i = bytes.indexOf('\n', i + 1)) {
        const auto rest = QByteArrayView(bytes).sliced(i + 1);
        if (rest.startsWith('\n'))
            return i + 2;
        if (rest.startsWith("\r\n"))
            return i + 3;
    }
    return -1;
}

/// One that no line feed follows. The header ends in one.
bool hasLoneCarriageReturn(QByteArrayView header)
{
    for (auto i = header.indexOf('\r'); i >= 0; i = header.indexOf('\r', i + 1))
        if (header[i + 1] != '\n')
            return true;
    return false;
}

/// The first of the lines, without its end, which goes as well.
QByteArrayView takeLineOf(QByteArrayView& lines)
{
    const auto end = lines.indexOf('\n');
    auto line = lines.first(end);
    lines = lines.sliced(end + 1);
    if (line.endsWith('\r'))
        line.chop(1);
    return line;
}

bool isHexDigit(char c)
{
    const char lower = ascii::toLower(c);
    return ascii::isDigit(c) || (lower >= 'a' && lower <= 'f');
}

bool isInterim(int status)
{
    return status >= 100 && status < 200 && status != 101;
}

bool isBodyless(int status)
{
    return status == 204 || status == 205 || status == 304 || (status >= 100 && status < 200);
}

// https://fetch.spec.whatwg.org/#concept-header-extract-a-length
struct Length
{
    bool isContradictory = false;
    std::optional<quint64> bytes;
};
Length extractLength(const HeaderList& headers)
{
    const auto values = headers.getDecodeSplit("Content-Length");
    if (!values)
        return {};
    for (const auto& value : *values)
        if (value != values->first())
            return {true, std::nullopt};
    const auto& candidate = values->first();
    bool ok = !candidate.isEmpty() && std::all_of(candidate.begin(), candidate.end(), ascii::isDigit);
    const auto bytes = ok ? candidate.toULongLong(&ok) : 0;
    return {false, ok ? std::optional<quint64>(bytes) : std::nullopt};
}

bool hasToken(const HeaderList& headers, QByteArrayView name, QByteArrayView token)
{
    const auto values = headers.getDecodeSplit(name);
    return values && std::any_of(values->begin(), values->end(),
                                 [&](const auto& value) { return ascii::equalIgnoringCase(value, token); });
}

} // namespace

ResponseReader::ResponseReader(QByteArrayView requestMethod, ParseLimits limits)
    : m_isHead(requestMethod == "HEAD"), m_limits(limits)
{
}

ParseState ResponseReader::feed(QByteArrayView bytes)
{
    m_pending.append(bytes);
    run();
    return m_state;
}

ParseState ResponseReader::eof()
{
    if (m_state != ParseState::NeedMore)
        return m_state;
    // A header whose last line is whole counts, though the empty line behind it is missing.
    if (m_part == Part::Header && m_pending.endsWith('\n'))
        readHeader(m_pending.size());
    run();
    if (m_state == ParseState::NeedMore && m_part == Part::UntilClose)
        complete();
    else if (m_state == ParseState::NeedMore)
        fail(ParseError::Incomplete);
    return m_state;
}

void ResponseReader::run()
{
    while (m_state == ParseState::NeedMore && m_part == Part::Header) {
        static constexpr QByteArrayView expected("HTTP/1.");
        if (!expected.startsWith(QByteArrayView(m_pending).first(std::min(m_pending.size(), expected.size()))))
            return fail(ParseError::BadStartLine);
        const auto end = endOfHeader(m_pending, m_scanned);
        if ((end < 0 ? m_pending.size() : end) > m_limits.headerBytes)
            return fail(ParseError::HeaderTooLarge);
        if (end < 0) {
            m_scanned = std::max<qsizetype>(0, m_pending.size() - 2);
            return;
        }
        readHeader(end);
    }
    while (m_state == ParseState::NeedMore && takeBody()) {}
}

void ResponseReader::readHeader(qsizetype end)
{
    m_scanned = 0;
    m_message = {};
    auto header = QByteArrayView(m_pending).first(end);
    const bool isText = !header.contains('\0') && !hasLoneCarriageReturn(header);
    if (isText && !readStartLine(takeLineOf(header)))
        fail(ParseError::BadStartLine);
    else if (!isText || !readFields(header))
        fail(ParseError::BadHeader);
    m_pending.remove(0, end);
    if (m_state == ParseState::NeedMore && !isInterim(m_message.status))
        beginBody();
}

bool ResponseReader::readStartLine(QByteArrayView line)
{
    // "HTTP/1.1 200 OK": the digits of the version are one each, those of the status up to three.
    if (line.size() < 10 || !ascii::isDigit(line[7]) || line[8] != ' ')
        return false;
    m_isHttp10 = line[7] == '0';
    auto rest = line.sliced(9);
    qsizetype digits = 0;
    while (digits < rest.size() && ascii::isDigit(rest[digits]))
        ++digits;
    if (digits == 0 || digits > 3 || (digits < rest.size() && rest[digits] != ' '))
        return false;
    m_message.status = rest.first(digits).toInt();
    m_message.reason = digits < rest.size() ? ascii::trimmedTabOrSpace(rest.sliced(digits + 1)).toByteArray() : QByteArray();
    return true;
}

bool ResponseReader::readFields(QByteArrayView lines)
{
    while (!lines.isEmpty()) {
        auto field = takeLineOf(lines);
        QByteArray unfolded;
        while (!lines.isEmpty() && ascii::isTabOrSpace(lines.front())) { // goes on from the line before
            unfolded = field.toByteArray() + ' ' + ascii::trimmedTabOrSpace(takeLineOf(lines)).toByteArray();
            field = unfolded;
        }
        if (field.isEmpty() || ascii::isTabOrSpace(field.front()))
            continue;
        const auto colon = field.indexOf(':');
        if (colon < 0)
            return false;
        const auto name = field.first(colon);
        if (ascii::isToken(name))
            m_message.headers.append(name.toByteArray(), ascii::trimmedTabOrSpace(field.sliced(colon + 1)).toByteArray());
    }
    return true;
}

void ResponseReader::beginBody()
{
    const auto& headers = m_message.headers;
    const bool closes = hasToken(headers, "Connection", "close");
    const bool staysOpen = hasToken(headers, "Connection", "keep-alive");
    m_persistent = m_isHttp10 ? staysOpen : !closes;

    const auto length = extractLength(headers);
    const bool chunked = hasToken(headers, "Transfer-Encoding", "chunked");
    if (!chunked && length.isContradictory)
        return fail(ParseError::BadContentLength);
    if (m_isHead || isBodyless(m_message.status)) {
        m_part = Part::End;
        return complete();
    }
    if (chunked) {
        m_part = Part::ChunkSize;
    } else if (length.bytes) {
        m_part = Part::Length;
        m_remaining = *length.bytes;
    } else {
        m_part = Part::UntilClose;
        m_persistent = false;
    }
}

/// \returns whether there may be more to take from what has arrived.
bool ResponseReader::takeBody()
{
    QByteArray line;
    switch (m_part) {
    case Part::Length:
    case Part::Chunk: {
        const auto taken = qsizetype(std::min<quint64>(m_remaining, quint64(m_pending.size())));
        m_message.body.append(m_pending.constData(), taken);
        m_pending.remove(0, taken);
        m_remaining -= quint64(taken);
        if (m_message.body.size() > m_limits.bodyBytes)
            fail(ParseError::BodyTooLarge);
        else if (m_remaining == 0 && m_part == Part::Length)
            complete();
        else if (m_remaining == 0)
            m_part = Part::ChunkEnd;
        return m_remaining == 0;
    }
    case Part::UntilClose:
        m_message.body += std::exchange(m_pending, {});
        if (m_message.body.size() > m_limits.bodyBytes)
            fail(ParseError::BodyTooLarge);
        return false;
    case Part::ChunkSize:
        return readChunkSize();
    case Part::ChunkEnd:
        if (!takeLine(line))
            return false;
        m_part = Part::ChunkSize;
        if (!line.isEmpty())
            fail(ParseError::BadChunk);
        return true;
    case Part::Trailer:
        if (!takeLine(line))
            return false;
        if (line.isEmpty())
            complete();
        return true;
    case Part::Header:
    case Part::End:
        break;
    }
    return false;
}

bool ResponseReader::readChunkSize()
{
    QByteArray line;
    if (!takeLine(line))
        return false;
    const auto size = ascii::trimmedTabOrSpace(QByteArrayView(line).first(line.contains(';') ? line.indexOf(';') : line.size()));
    // NB: a number of Qt's may begin with a sign or with "0x".
    bool ok = std::all_of(size.begin(), size.end(), isHexDigit);
    m_remaining = ok ? size.toByteArray().toULongLong(&ok, 16) : 0;
    if (!ok)
        fail(ParseError::BadChunk);
    m_part = m_remaining == 0 ? Part::Trailer : Part::Chunk;
    return true;
}

bool ResponseReader::takeLine(QByteArray& line)
{
    const auto end = m_pending.indexOf('\n');
    if (end < 0) {
        if (m_pending.size() > m_limits.headerBytes)
            fail(ParseError::BadChunk);
        return false;
    }
    line = m_pending.first(end);
    m_pending.remove(0, end + 1);
    if (line.endsWith('\r'))
        line.chop(1);
    return true;
}

void ResponseReader::fail(ParseError error)
{
    m_error = error;
    m_state = ParseState::Failed;
}

void ResponseReader::complete()
{
    m_state = ParseState::Complete;
}

} // namespace corscope
