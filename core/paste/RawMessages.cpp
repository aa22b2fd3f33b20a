#include "core/paste/RawMessages.h"

#include "core/base/Ascii.h"
#include "core/url/Url.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace corscope::paste {

namespace {

struct Line
{
    QByteArray text;
    qsizetype from = 0;
    qsizetype to = 0;
};

// A block of header lines while it is being read.
struct Block
{
    enum class Kind { Unknown, Request, Answer } kind = Kind::Unknown;
    bool started = false;   ///< a start line or a heading says so
    QByteArray method;
    QByteArray target;
    int status = 0;
    HeaderList headers;
    TextRange range;
    bool isEmpty() const { return !started && headers.isEmpty(); }
};

bool isOneOf(QByteArrayView name, std::initializer_list<const char*> names)
{
    return std::any_of(names.begin(), names.end(), [&](const char* other) { return ascii::equalIgnoringCase(name, other); });
}

bool isOfAnswers(QByteArrayView name)
{
    return (ascii::startsWithIgnoringCase(name, "access-control-") && !ascii::startsWithIgnoringCase(name, "access-control-request-"))
        || isOneOf(name, {"server", "set-cookie", "vary", "location", "etag", "last-modified", "x-powered-by", "www-authenticate"});
}

bool isOfRequests(QByteArrayView name)
{
    return ascii::startsWithIgnoringCase(name, "access-control-request-") || ascii::startsWithIgnoringCase(name, "sec-")
        || isOneOf(name, {"origin", "host", "referer", "user-agent", "cookie", "authorization", "accept"});
}

class Reader
{
public:
    RawMessages run(const QList<Line>& lines)
    {
        for (qsizetype i = 0; i < lines.size(); ++i)
            i += line(lines, i);
        finish();
        return std::move(m_result);
    }

private:
    RawMessages m_result;
    Block m_block;
    QByteArray m_url;    ///< of developer tools' "Request URL"
    QByteArray m_method;
    int m_status = 0;
    int m_foreign = 0;   ///< lines in a row that were no header

    void begin(Block::Kind kind, const Line& line)
    {
        finish();
        m_block.kind = kind;
        m_block.started = true;
        m_block.range = {line.from, line.to};
    }

    // \returns how many lines more were used
    qsizetype line(const QList<Line>& lines, qsizetype i)
    {
        const auto& line = lines[i];
        auto text = line.text;
        // As comments beside a command, or a call.
        for (const QByteArrayView mark : {QByteArrayView("#"), QByteArrayView("//"), QByteArrayView("rem")})
            if (text == mark || (text.startsWith(mark) && text.size() > mark.size() && text[mark.size()] == ' ')) {
                text = text.mid(mark.size()).trimmed();
                break;
            }
        // curl -v marks what it sends and what comes back.
        if (text.startsWith("< ") || text.startsWith("> ") || text == "<" || text == ">")
            text = text.mid(2).trimmed();
        static const QRegularExpression status(QStringLiteral("^HTTP/[0-9.]{1,3} ([1-9][0-9]{2})(?: .*)?$"));
        static const QRegularExpression call(QStringLiteral("^([A-Z]{3,20}) ([^ ]+) HTTP/[0-9.]{1,3}$"));
        const auto shown = QString::fromLatin1(text.left(4096));
        if (const auto found = status.match(shown); found.hasMatch()) {
            begin(Block::Kind::Answer, line);
            m_block.status = found.captured(1).toInt();
            return 0;
        }
        if (const auto found = call.match(shown); found.hasMatch()) {
            begin(Block::Kind::Request, line);
            m_block.method = found.captured(1).toLatin1();
            m_block.target = found.captured(2).toLatin1();
            return 0;
        }
        const auto heading = ascii::lowered(text);
        if (heading == "response headers" || heading == "request headers") {
            begin(heading.startsWith("resp") ? Block::Kind::Answer : Block::Kind::Request, line);
            return 0;
        }
        if (text.isEmpty() || heading == "general") {
            if (!m_block.headers.isEmpty())
                finish();
            return 0;
        }
        return headerLine(lines, i, text);
    }

    qsizetype headerLine(const QList<Line>& lines, qsizetype i, const QByteArray& text)
    {
        const auto colon = text.indexOf(':', text.startsWith(':') ? 1 : 0);
        const auto name = colon < 0 ? QByteArray() : text.left(colon).trimmed();
        auto value = colon < 0 ? QByteArray() : text.mid(colon + 1).trimmed();
        const bool pseudo = name.startsWith(':');
        const bool general = isOneOf(name, {"Request URL", "Request Method", "Status Code"});
        if (colon < 0 || (!ascii::isToken(name) && !pseudo && !general) || value.startsWith("//")) {
            if (++m_foreign > 1 || !m_block.started)
                finish();
            return 0;
        }
        // Without a start line only what is known to be a header is one; text has colons too.
        if (!m_block.started && !general && !pseudo && !isOfAnswers(name) && !isOfRequests(name) && m_block.headers.isEmpty())
            return 0;
        qsizetype used = 0;
        if (value.isEmpty() && i + 1 < lines.size() && !lines[i + 1].text.isEmpty() && !lines[i + 1].text.endsWith(':')
            && (general || isOfAnswers(name) || isOfRequests(name) || m_block.started) && lines[i + 1].text.indexOf(": ") < 0) {
            value = lines[i + 1].text; // newer developer tools write the value on a line of its own
            used = 1;
        }
        m_foreign = 0;
        if (general || pseudo) {
            generalLine(name, value, lines[i]);
        } else {
            const auto kind = isOfAnswers(name) ? Block::Kind::Answer : isOfRequests(name) ? Block::Kind::Request : Block::Kind::Unknown;
            const bool other = kind != Block::Kind::Unknown && m_block.kind != Block::Kind::Unknown && kind != m_block.kind;
            if (!m_block.started && other)
                finish();
            if (m_block.isEmpty())
                m_block.range.from = lines[i].from;
            if (m_block.kind == Block::Kind::Unknown)
                m_block.kind = kind;
            m_block.headers.append(name, normalizedHeaderValue(value));
        }
        m_block.range.to = lines[i + used].to;
        return used;
    }

    void generalLine(const QByteArray& name, const QByteArray& value, const Line& line)
    {
        if (m_block.isEmpty())
            m_block.range = {line.from, line.to};
        if (name == "Request URL")
            m_url = value;
        else if (name == "Request Method")
            m_method = value;
        else if (name == "Status Code")
            m_status = value.left(3).toInt();
        else if (name == ":status") {
            m_block.kind = Block::Kind::Answer;
            m_block.status = value.toInt();
        } else {
            m_block.kind = Block::Kind::Request;
            if (name == ":method")
                m_block.method = value;
            else if (name == ":path")
                m_block.target = value;
            else if (name == ":authority")
                m_block.headers.append("Host", value);
        }
        m_block.started = m_block.started || name.startsWith(':');
    }

    void finish()
    {
        auto block = std::exchange(m_block, {});
        m_foreign = 0;
        if (block.kind == Block::Kind::Request && (!block.headers.isEmpty() || !block.method.isEmpty()))
            finishRequest(block);
        else if (block.kind == Block::Kind::Answer && (block.status || !block.headers.isEmpty()))
            finishAnswer(block);
    }

    void finishRequest(const Block& block)
    {
        PastedRequest request;
        request.range = block.range;
        request.call.method = !block.method.isEmpty() ? block.method : !m_method.isEmpty() ? m_method : "GET";
        request.call.headers = block.headers;
        request.call.url = m_url;
        const auto host = block.headers.get("Host");
        if (block.target.startsWith("http"))
            request.call.url = block.target;
        else if (host && (m_url.isEmpty() || !block.target.isEmpty())) {
            const auto scheme = m_url.startsWith("https") || block.headers.get("Origin").value_or(QByteArray()).startsWith("https") ? "https://" : "http://";
            request.call.url = scheme + *host + (block.target.isEmpty() ? QByteArray("/") : block.target);
            if (m_url.isEmpty())
                request.guesses.append(QCoreApplication::translate("Paste", "Whether http or https: the headers do not say it."));
        }
        takeOverBrowserHeaders(request);
        m_url = request.call.url;
        m_method = request.call.method;
        m_result.requests.push_back(std::move(request));
    }

    void finishAnswer(const Block& block)
    {
        PastedAnswer answer;
        answer.range = block.range;
        const int status = block.status ? block.status : m_status;
        answer.statusSaid = status != 0;
        answer.status = status ? status : 200;
        answer.headers = block.headers;
        answer.method = m_method;
        answer.url = m_url;
        m_status = 0;
        m_result.answers.push_back(std::move(answer));
    }
};

} // namespace

RawMessages readRawMessages(const QString& text)
{
    QList<Line> lines;
    qsizetype from = 0;
    while (from <= text.size()) {
        const auto newline = text.indexOf(QLatin1Char('\n'), from);
        const auto to = newline < 0 ? text.size() : newline;
        lines.append({text.mid(from, to - from).trimmed().toUtf8(), from, to});
        from = to + 1;
    }
    return Reader().run(lines);
}

} // namespace corscope::paste
