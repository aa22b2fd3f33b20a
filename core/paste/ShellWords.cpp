#include "core/paste/ShellWords.h"

#include "core/paste/LevelledText.h"

#include <QCoreApplication>

namespace corscope::paste {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Paste", text); }

constexpr qsizetype longestCommand = 1 << 20;

InputError unfinished(const QString& text, qsizetype at)
{
    const auto place = placeOf(text, at);
    return {tr("line %1, column %2").arg(place.line).arg(place.column), tr("a quotation mark that is closed"),
            text.mid(at, 20).section(QLatin1Char('\n'), 0, 0)};
}

class PosixReader
{
public:
    PosixReader(const QString& text, qsizetype from) : m_text(text), m_at(from), m_end(std::min(text.size(), from + longestCommand)) {}

    Result<ShellCommand> run()
    {
        ShellCommand command;
        QString word;
        bool inWord = false;
        const auto finish = [&] {
            if (inWord)
                command.words.append(word);
            word.clear();
            inWord = false;
        };
        while (m_at < m_end) {
            const auto c = m_text[m_at];
            if (c == QLatin1Char('\\')) {
                const auto next = peek(1) == QLatin1Char('\r') && peek(2) == QLatin1Char('\n') ? 3 : 2;
                if (peek(next - 1) != QLatin1Char('\n')) {
                    word += m_at + 1 < m_end ? peek(1) : c; // the last sign of all stands for itself
                    inWord = true;
                }
                m_at += next;
            } else if (c == QLatin1Char('\n') || QStringLiteral(";|&<>").contains(c)) {
                break;
            } else if (c.isSpace()) {
                finish();
                ++m_at;
            } else if (c == QLatin1Char('\'') || c == QLatin1Char('"') || (c == QLatin1Char('$') && peek(1) == QLatin1Char('\''))) {
                const auto start = m_at;
                inWord = true;
                m_at += c == QLatin1Char('$') ? 2 : 1;
                const bool closed = c == QLatin1Char('$') ? readAnsi(word) : c == QLatin1Char('"') ? readDouble(word) : readSingle(word);
                if (!closed)
                    return unfinished(m_text, start);
            } else {
                word += c;
                inWord = true;
                ++m_at;
            }
        }
        finish();
        command.end = std::min(m_at, m_end);
        return command;
    }

private:
    QChar peek(qsizetype ahead) const { return m_at + ahead < m_end ? m_text[m_at + ahead] : QChar(); }

    bool readSingle(QString& word)
    {
        const auto close = m_text.indexOf(QLatin1Char('\''), m_at);
        if (close < 0 || close >= m_end)
            return false;
        word += QStringView(m_text).mid(m_at, close - m_at);
        m_at = close + 1;
        return true;
    }

    bool readDouble(QString& word)
    {
        for (; m_at < m_end; ++m_at) {
            const auto c = m_text[m_at];
            if (c == QLatin1Char('"')) {
                ++m_at;
                return true;
            }
            if (c == QLatin1Char('\\') && m_at + 1 < m_end && QStringLiteral("\"\\$`\n").contains(peek(1))) {
                ++m_at;
                if (m_text[m_at] == QLatin1Char('\n'))
                    continue;
            }
            word += m_text[m_at];
        }
        return false;
    }

    // $'..' of bash: the escapes of C.
    bool readAnsi(QString& word)
    {
        while (m_at < m_end) {
            const auto c = m_text[m_at++];
            if (c == QLatin1Char('\''))
                return true;
            if (c != QLatin1Char('\\')) {
                word += c;
                continue;
            }
            if (m_at >= m_end)
                return false;
            const auto e = m_text[m_at++];
            switch (e.unicode()) {
            case 'n': word += QLatin1Char('\n'); break;
            case 't': word += QLatin1Char('\t'); break;
            case 'r': word += QLatin1Char('\r'); break;
            case 'x': number(word, 2, 16); break;
            case 'u': number(word, 4, 16); break;
            case 'U': number(word, 8, 16); break;
            default:
                if (e >= QLatin1Char('0') && e <= QLatin1Char('7')) {
                    --m_at;
                    number(word, 3, 8);
                } else {
                    word += e;
                }
            }
        }
        return false;
    }

    void number(QString& word, int digits, int base)
    {
        char32_t value = 0;
        for (int i = 0; i < digits && m_at < m_end; ++i, ++m_at) {
            bool ok = false;
            const auto digit = m_text.mid(m_at, 1).toUInt(&ok, base);
            if (!ok)
                break;
            value = value * char32_t(base) + digit;
        }
        if (value > 0 && value <= 0x10ffff) // no word holds a NUL
            word += QString::fromUcs4(&value, 1);
    }

    const QString& m_text;
    qsizetype m_at;
    qsizetype m_end;
};

// What cmd.exe hands on: carets taken away, up to the end of the line that counts.
QString withoutCarets(const QString& text, qsizetype& at, qsizetype end)
{
    QString line;
    bool inQuotes = false;
    const auto skipNewline = [&] {
        if (at < end && text[at] == QLatin1Char('\r'))
            ++at;
        if (at < end && text[at] == QLatin1Char('\n'))
            ++at;
    };
    const auto atNewline = [&] { return at < end && (text[at] == QLatin1Char('\r') || text[at] == QLatin1Char('\n')); };
    while (at < end) {
        const auto c = text[at];
        if (c == QLatin1Char('^') && !inQuotes) {
            ++at;
            if (atNewline()) {
                skipNewline();
                // An empty line behind it is a line break that was meant.
                if (atNewline()) {
                    skipNewline();
                    line += QLatin1Char('\n');
                }
            } else if (at < end) {
                line += text[at++];
            }
            continue;
        }
        if (c == QLatin1Char('\n') && !inQuotes)
            break;
        if (c == QLatin1Char('"'))
            inQuotes = !inQuotes;
        line += c;
        ++at;
    }
    return line;
}

// How a program of Windows cuts its command line into words; null where a quotation mark is not closed.
std::optional<QStringList> programWords(const QString& line)
{
    QStringList words;
    QString word;
    bool inWord = false;
    bool inQuotes = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const auto c = line[i];
        if (c == QLatin1Char('\\')) {
            qsizetype slashes = 0;
            while (i + slashes < line.size() && line[i + slashes] == QLatin1Char('\\'))
                ++slashes;
            const bool quote = i + slashes < line.size() && line[i + slashes] == QLatin1Char('"');
            word += QString(quote ? slashes / 2 : slashes, QLatin1Char('\\'));
            inWord = true;
            i += slashes - 1;
            if (quote && slashes % 2) {
                word += QLatin1Char('"');
                ++i;
            }
        } else if (c == QLatin1Char('"')) {
            if (inQuotes && i + 1 < line.size() && line[i + 1] == QLatin1Char('"')) {
                word += c;
                ++i;
            } else {
                inQuotes = !inQuotes;
            }
            inWord = true;
        } else if (c.isSpace() && !inQuotes) {
            if (inWord)
                words.append(word);
            word.clear();
            inWord = false;
        } else {
            word += c;
            inWord = true;
        }
    }
    if (inQuotes)
        return std::nullopt;
    if (inWord)
        words.append(word);
    return words;
}

} // namespace

Result<ShellCommand> posixCommand(const QString& text, qsizetype from) { return PosixReader(text, from).run(); }

Result<ShellCommand> windowsCommand(const QString& text, qsizetype from)
{
    auto at = from;
    const auto line = withoutCarets(text, at, std::min(text.size(), from + longestCommand));
    const auto words = programWords(line);
    if (!words)
        return unfinished(text, from);
    return ShellCommand{*words, at};
}

bool looksLikeWindows(const QString& text, qsizetype from)
{
    const auto end = std::min(text.size(), from + longestCommand);
    QChar last; // that is no blank
    bool inQuotes = false;
    for (auto at = from; at < end && text[at] != QLatin1Char('\n'); ++at) {
        const auto c = text[at];
        const auto next = at + 1 < end ? text[at + 1] : QChar();
        if (c == QLatin1Char('^') && next == QLatin1Char('"'))
            return true;
        if (c == QLatin1Char('\\') && (next == QLatin1Char('\'') || next == QLatin1Char('"') || next == QLatin1Char('\\'))) {
            ++at;
        } else if (c == QLatin1Char('"')) {
            inQuotes = !inQuotes;
        } else if (c == QLatin1Char('\'') && !inQuotes) {
            // What sh takes as it is says nothing. For cmd.exe this is a sign like any other, and need not be paired.
            const bool escapes = at > from && text[at - 1] == QLatin1Char('$');
            auto close = at + 1;
            while (close < end && text[close] != c)
                close += escapes && text[close] == QLatin1Char('\\') ? 2 : 1;
            if (close < end)
                at = close;
        }
        if (!c.isSpace())
            last = c;
    }
    return last == QLatin1Char('^');
}

} // namespace corscope::paste
