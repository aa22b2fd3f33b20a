#include "core/paste/CurlCommand.h"

#include "core/base/Ascii.h"
#include "core/paste/ShellWords.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <cstring>

namespace corscope::paste {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Paste", text); }

struct LongOption
{
    const char* name;
    char letter; ///< of the short form that means the same; 0 where there is none
};
// Options that take a value; the short letter stands for them all from here on. What changes nothing of the request has '-'.
constexpr LongOption withValue[] = {
    {"header", 'H'}, {"request", 'X'}, {"data", 'd'}, {"data-ascii", 'd'}, {"data-raw", '1'}, {"data-binary", '2'},
    {"data-urlencode", '3'}, {"json", '4'}, {"url", '5'}, {"url-query", '6'}, {"cookie", 'b'}, {"user", 'u'},
    {"user-agent", 'A'}, {"referer", 'e'}, {"form", 'F'}, {"form-string", 'F'}, {"range", 'r'}, {"upload-file", 'T'},
    {"oauth2-bearer", '7'}, {"output", '-'}, {"max-time", 'm'}, {"connect-timeout", '-'}, {"proxy", '-'}, {"resolve", '-'},
    {"connect-to", '-'}, {"write-out", '-'}, {"cookie-jar", '-'}, {"cert", '-'}, {"key", '-'}, {"cacert", '-'},
    {"dump-header", '-'}, {"retry", '-'}, {"interface", '-'}, {"max-redirs", '-'}, {"config", '-'}, {"limit-rate", '-'}};
constexpr const char* shortWithValue = "HXdbuAeFrTomxwcEDCKyYzQPt";
constexpr const char* shortWithoutEffect = "oxwcEDCKyYzQPt";

class Reader
{
public:
    explicit Reader(const QStringList& words) : m_words(words) {}

    /// What is wrong, or nothing.
    QString run(PastedRequest& request)
    {
        for (m_at = 1; m_at < m_words.size(); ++m_at) {
            const auto word = m_words[m_at];
            if (word == QLatin1String("--") || word == QLatin1String("-"))
                continue;
            const auto problem = word.startsWith(QLatin1String("--")) ? longOption(word.mid(2))
                : word.startsWith(QLatin1Char('-'))                   ? shortOptions(word)
                                                                      : address(word);
            if (!problem.isEmpty())
                return problem;
        }
        return finish(request);
    }

private:
    QString address(const QString& word)
    {
        if (m_url.isEmpty())
            m_url = word;
        return {};
    }

    QString longOption(const QString& option)
    {
        const auto name = option.section(QLatin1Char('='), 0, 0);
        for (const auto& known : withValue) {
            if (name != QLatin1String(known.name))
                continue;
            if (option.contains(QLatin1Char('=')) )
                return take(known.letter, option.section(QLatin1Char('='), 1));
            if (m_at + 1 >= m_words.size())
                return tr("a value behind --%1").arg(name);
            return take(known.letter, m_words[++m_at]);
        }
        if (name == QLatin1String("get"))
            m_get = true;
        else if (name == QLatin1String("head"))
            m_head = true;
        return {}; // any other is a switch that changes nothing of the request
    }

    QString shortOptions(const QString& word)
    {
        for (qsizetype i = 1; i < word.size(); ++i) {
            const char letter = word[i].toLatin1();
            if (letter && std::strchr(shortWithValue, letter)) {
                if (i + 1 < word.size())
                    return take(std::strchr(shortWithoutEffect, letter) ? '-' : letter, word.mid(i + 1));
                if (m_at + 1 >= m_words.size())
                    return tr("a value behind -%1").arg(word[i]);
                return take(std::strchr(shortWithoutEffect, letter) ? '-' : letter, m_words[++m_at]);
            }
            m_get = m_get || letter == 'G';
            m_head = m_head || letter == 'I';
        }
        return {};
    }

    void addData(const QByteArray& data, const char* separator)
    {
        m_body = m_body ? QByteArray(*m_body + separator + data) : data;
    }

    // "name=value", with the value percent-encoded, as --data-urlencode says.
    static QByteArray encoded(const QString& value)
    {
        const auto equals = value.indexOf(QLatin1Char('='));
        const auto name = equals > 0 ? QByteArray(value.left(equals).toUtf8() + '=') : QByteArray();
        return name + QUrl::toPercentEncoding(equals < 0 ? value : value.mid(equals + 1));
    }

    QString take(char option, const QString& value)
    {
        const auto bytes = value.toUtf8();
        switch (option) {
        case 'H': return header(bytes);
        case 'X': m_method = bytes; break;
        case 'd': {
            const auto isFile = value.startsWith(QLatin1Char('@'));
            addData(isFile ? QByteArray("...") : QByteArray(bytes).replace("\n", "").replace("\r", ""), "&");
            m_fileBody = m_fileBody || isFile;
            break;
        }
        case '2': addData(value.startsWith(QLatin1Char('@')) ? QByteArray("...") : bytes, "&"); break;
        case '1': addData(bytes, "&"); break;
        case '3': addData(encoded(value), "&"); break;
        case '4':
            addData(bytes, "");
            m_contentType = "application/json";
            break;
        case 'F':
            m_contentType = "multipart/form-data; boundary=boundary";
            addData(bytes, "&");
            break;
        case '5': return address(value);
        case '6': m_query.append(encoded(value)); break;
        case 'b': m_headers.append("Cookie", bytes); break;
        case 'u': m_headers.append("Authorization", QByteArray("Basic " + bytes.toBase64())); break;
        case '7': m_headers.append("Authorization", QByteArray("Bearer " + bytes)); break;
        case 'A': m_headers.append("User-Agent", bytes); break;
        case 'e': m_headers.append("Referer", bytes.split(';').front()); break;
        case 'r': m_headers.append("Range", QByteArray("bytes=" + bytes)); break;
        case 'T': m_upload = true; break;
        case 'm': m_seconds = value.toDouble(); break;
        default: break;
        }
        return {};
    }

    QString header(const QByteArray& line)
    {
        const auto colon = line.indexOf(":", line.startsWith(':') ? 1 : 0);
        if (colon < 0)
            return line.endsWith(';') ? QString() : tr("a header as name: value behind -H");
        m_headers.append(line.left(colon).trimmed(), normalizedHeaderValue(line.mid(colon + 1)));
        return {};
    }

    QString finish(PastedRequest& request)
    {
        if (m_url.isEmpty())
            return tr("an address");
        auto& call = request.call;
        auto url = m_url.toUtf8();
        if (!url.contains("://"))
            url = "http://" + url;
        if (m_get && m_body) {
            m_query.append(*m_body);
            m_body.reset();
        }
        for (const auto& part : m_query)
            url += QByteArray(url.contains('?') ? "&" : "?") + part;
        call.url = url;
        call.method = !m_method.isEmpty() ? m_method : QByteArray(m_head ? "HEAD" : m_upload ? "PUT" : m_body ? "POST" : "GET");
        call.headers = m_headers;
        if (m_body || m_upload)
            call.body = m_body.value_or(QByteArray("..."));
        if (m_body && !call.headers.contains("Content-Type"))
            call.headers.append("Content-Type", m_contentType);
        if (m_seconds > 0 && m_seconds < 1e6)
            call.abortAfter = Milliseconds(qint64(m_seconds * 1000));
        if (m_fileBody)
            request.guesses.append(tr("The body comes from a file, which is not here; what is in it does not matter."));
        return {};
    }

    const QStringList& m_words;
    qsizetype m_at = 0;
    QString m_url;
    QByteArray m_method;
    HeaderList m_headers;
    std::optional<QByteArray> m_body;
    QByteArray m_contentType = "application/x-www-form-urlencoded";
    QList<QByteArray> m_query;
    double m_seconds = 0; ///< after which it gives up
    bool m_get = false;
    bool m_head = false;
    bool m_upload = false;
    bool m_fileBody = false;
};

} // namespace

Result<PastedRequest> readCurlCommand(const QString& text, qsizetype from)
{
    const auto command = looksLikeWindows(text, from) ? windowsCommand(text, from) : posixCommand(text, from);
    if (!command)
        return command.error();
    PastedRequest request;
    request.range = {from, command->end};
    if (const auto problem = Reader(command->words).run(request); !problem.isEmpty()) {
        const auto place = placeOf(text, from);
        return InputError{tr("line %1, column %2").arg(place.line).arg(place.column), problem,
                          text.mid(from, command->end - from).left(60).section(QLatin1Char('\n'), 0, 0)};
    }
    takeOverBrowserHeaders(request);
    return request;
}

} // namespace corscope::paste
