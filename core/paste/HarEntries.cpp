#include "core/paste/HarEntries.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

namespace corscope::paste {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Paste", text); }

constexpr qsizetype longestString = 64 * 1024;
constexpr qsizetype longestEntry = 4 * 1024 * 1024;
constexpr int deepest = 100;

/// Follows JSON byte by byte, only as far as brackets and strings go, and cuts out log.entries[*].
class Splitter
{
public:
    explicit Splitter(const std::function<bool(const QJsonObject&)>& entry) : m_entry(entry) {}

    /// \returns false where reading is to stop
    bool feed(QByteArrayView chunk)
    {
        for (qsizetype i = 0; i < chunk.size(); ++i) {
            // Nearly all of such a file stands in strings.
            if (m_inString && !m_escape && m_escapeLeft == 0) {
                const auto rest = chunk.sliced(i);
                const auto plain = std::find_if(rest.begin(), rest.end(), [](char c) { return c == '"' || c == '\\'; }) - rest.begin();
                stringBytes(rest.first(plain));
                i += plain;
                if (i == chunk.size())
                    break;
            }
            ++m_at;
            if (m_inString ? !stringByte(chunk[i]) : !byte(chunk[i]))
                return false;
        }
        return true;
    }

    const std::optional<InputError>& error() const { return m_error; }
    bool found() const { return m_found; }

private:
    enum Depth { Root = 1, Log = 2, Entries = 3, Entry = 4 };

    bool fail(const QString& expected, const QString& found)
    {
        m_error = InputError{tr("byte %1").arg(m_at), expected, found};
        return false;
    }

    bool inEntry() const { return m_entriesOpen && m_depth >= Entry; }

    void keep(char c) { keep(QByteArrayView(&c, 1)); }
    void keep(QByteArrayView bytes)
    {
        if (!inEntry())
            return;
        const auto kept = std::min(bytes.size(), longestEntry - m_bytes.size());
        m_bytes.append(bytes.first(kept));
        m_tooLong = m_tooLong || kept < bytes.size();
    }

    /// What neither ends the string nor begins an escape.
    void stringBytes(QByteArrayView bytes)
    {
        m_at += bytes.size();
        if (!m_cut) {
            const auto kept = std::clamp<qsizetype>(longestString - 1 - m_length, 0, bytes.size());
            keep(bytes.first(kept));
            m_cut = kept < bytes.size();
        }
        m_length += bytes.size();
        if (m_depth <= Log)
            m_key.append(bytes.first(std::min<qsizetype>(bytes.size(), 16 - m_key.size())));
    }

    // Strings are cut where they grow long, but never within an escape.
    bool stringByte(char c)
    {
        const bool ends = c == '"' && !m_escape;
        const bool begins = m_escapeLeft == 0 && !m_escape;
        if (ends)
            m_inString = false;
        m_length += 1;
        if (ends || m_length < longestString || !begins || m_cut) {
            if (ends || !m_cut)
                keep(c);
        } else {
            m_cut = true;
        }
        if (m_escape) {
            m_escape = false;
            m_escapeLeft = c == 'u' ? 4 : 0;
        } else if (m_escapeLeft > 0) {
            --m_escapeLeft;
        } else if (c == '\\') {
            m_escape = true;
        }
        if (m_depth <= Log && !ends && m_key.size() < 16)
            m_key += c;
        return true;
    }

    bool byte(char c)
    {
        if (c == '"') {
            m_inString = true;
            m_escape = m_cut = false;
            m_escapeLeft = 0;
            m_length = 0;
            m_key.clear();
        } else if (c == '{' || c == '[') {
            if (++m_depth > deepest)
                return fail(tr("JSON that is not nested so deeply"), {});
            if (m_depth == Log && c == '{')
                m_inLog = m_key == "log";
            if (m_depth == Entries && c == '[' && m_inLog && m_key == "entries")
                m_entriesOpen = m_found = true;
        }
        if (m_depth == 0 && !isspace(static_cast<unsigned char>(c)) && static_cast<unsigned char>(c) < 0x80)
            return fail(tr("a HAR file, which begins with {"), QString(QLatin1Char(c)));
        keep(c);
        if (c == '}' || c == ']') {
            const bool entryEnds = m_entriesOpen && m_depth == Entry;
            if (m_entriesOpen && m_depth == Entries)
                m_entriesOpen = false;
            --m_depth;
            if (entryEnds)
                return endOfEntry();
            if (m_depth == 0)
                return false; // what stands behind the file is no part of it
        }
        return true;
    }

    bool endOfEntry()
    {
        const auto bytes = std::exchange(m_bytes, {});
        if (std::exchange(m_tooLong, false))
            return true;
        QJsonParseError problem;
        const auto document = QJsonDocument::fromJson(bytes, &problem);
        if (!document.isObject())
            return fail(tr("an entry of a HAR file"), problem.errorString());
        return m_entry(document.object());
    }

    const std::function<bool(const QJsonObject&)>& m_entry;
    std::optional<InputError> m_error;
    QByteArray m_bytes;
    QByteArray m_key;
    qint64 m_at = 0;
    qsizetype m_length = 0;
    int m_depth = 0;
    int m_escapeLeft = 0;
    bool m_inString = false;
    bool m_escape = false;
    bool m_cut = false;
    bool m_inLog = false;
    bool m_entriesOpen = false;
    bool m_tooLong = false;
    bool m_found = false;
};

} // namespace

Result<Done> readHarEntries(QIODevice& device, const std::function<bool(const QJsonObject& entry)>& entry)
{
    Splitter splitter(entry);
    QByteArray chunk(64 * 1024, Qt::Uninitialized);
    for (auto read = device.read(chunk.data(), chunk.size()); read > 0; read = device.read(chunk.data(), chunk.size()))
        if (!splitter.feed(QByteArrayView(chunk).first(read)))
            break;
    if (splitter.error())
        return *splitter.error();
    if (!splitter.found())
        return InputError{tr("HAR file"), tr("entries in its log"), {}};
    return Done{};
}

} // namespace corscope::paste
