#include "core/paste/ConsolePattern.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>

namespace corscope::paste {

namespace {

QJsonObject resource(const char* path)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

std::vector<ConsolePattern::Part> partsOf(const QString& wording)
{
    std::vector<ConsolePattern::Part> parts;
    const auto text = LevelledText::levelled(wording);
    qsizetype from = 0;
    while (from < text.size()) {
        const auto open = text.indexOf(QLatin1Char('{'), from);
        const auto close = open < 0 ? -1 : text.indexOf(QLatin1Char('}'), open);
        if (close < 0) {
            parts.push_back({false, text.mid(from)});
            break;
        }
        if (open > from)
            parts.push_back({false, text.mid(from, open - from)});
        parts.push_back({true, text.mid(open + 1, close - open - 1)});
        from = close + 1;
    }
    return parts;
}

// Which classes an engine has twice, for the answer and for the preflight's.
bool hasTwinForPreflights(const QByteArray& code)
{
    return code.endsWith("AllowOriginHeader") || code.endsWith("AllowOriginValues") || code.endsWith("AllowOriginValue")
        || code == "AllowOriginMismatch" || code == "WildcardOriginNotAllowed" || code == "InvalidAllowCredentials";
}

class Collector
{
public:
    std::vector<ConsolePattern> collect()
    {
        for (const auto* engine : {"chromium", "firefox", "webkit"})
            addEngine(engine);
        for (const auto& item : m_reading.value(QLatin1String("patterns")).toArray())
            addReading(item.toObject());
        return std::move(m_patterns);
    }

private:
    QJsonObject m_wordings = resource(":/spec/console.json");
    QJsonObject m_reading = resource(":/spec/console-reading.json");
    std::vector<ConsolePattern> m_patterns;
    QSet<QString> m_known;

    QString word(const QByteArray& engine, const char* key) const
    {
        return m_wordings.value(QLatin1String(engine)).toObject().value(QLatin1String(key)).toString();
    }

    QJsonObject section(const QByteArray& engine, const char* key) const
    {
        return m_wordings.value(QLatin1String(engine)).toObject().value(QLatin1String(key)).toObject();
    }

    QByteArray codeOf(const QByteArray& engine, const QByteArray& key) const
    {
        const auto classes = m_reading.value(QLatin1String("classes")).toObject().value(QLatin1String(engine)).toObject();
        return classes.value(QLatin1String(key)).toString().toLatin1();
    }

    void add(ConsolePattern pattern, const QString& wording)
    {
        pattern.parts = partsOf(wording.trimmed());
        const QString name = QString::fromLatin1(pattern.engine + '/' + pattern.key + '/' + pattern.initiator + '/') + wording;
        if (pattern.parts.empty() || pattern.parts.front().gap || m_known.contains(name))
            return;
        m_known.insert(name);
        m_patterns.push_back(std::move(pattern));
    }

    /// What can stand in a gap that the wordings fill themselves: by kind of request, or with and without.
    QList<std::pair<QByteArray, QString>> fillings(const ConsolePattern& pattern, const QString& gap) const
    {
        QList<std::pair<QByteArray, QString>> result;
        const auto initiators = section(pattern.engine, "initiators");
        for (auto it = initiators.begin(); it != initiators.end(); ++it) {
            const auto words = it.value().toObject();
            const auto name = it.key().toLatin1();
            if (words.contains(gap) && (pattern.initiator.isEmpty() || pattern.initiator == name))
                result.append({name, words.value(gap).toString()});
        }
        const auto own = m_wordings.value(QLatin1String(pattern.engine)).toObject().value(gap);
        if (own.isString())
            result.append({pattern.initiator, own.toString()});
        if (!result.isEmpty() && gap != QLatin1String("api") && gap != QLatin1String("refused"))
            result.append({pattern.initiator, QString()});
        return result;
    }

    /// Adds the wording with every filling of its gaps; its further lines as such that go with it.
    void addFilled(const ConsolePattern& pattern, QString wording)
    {
        for (const auto* advice : {"{advice}", "{credentialsAdvice}"}) // at the end, and old consoles give other advice
            wording.remove(QLatin1String(advice));
        for (auto open = wording.indexOf(QLatin1Char('{')); open >= 0; open = wording.indexOf(QLatin1Char('{'), open + 1)) {
            const auto close = wording.indexOf(QLatin1Char('}'), open);
            const auto choices = close < 0 ? QList<std::pair<QByteArray, QString>>() : fillings(pattern, wording.mid(open + 1, close - open - 1));
            if (choices.isEmpty())
                continue;
            for (const auto& [initiator, filling] : choices) {
                auto filled = pattern;
                filled.initiator = initiator;
                addFilled(filled, QString(wording).replace(open, close - open + 1, filling));
            }
            return;
        }
        const auto lines = wording.split(QLatin1Char('\n'));
        auto line = pattern;
        if (lines.size() > 1)
            line.initiator.clear(); // only the further lines name it
        for (const auto& text : lines) {
            if (text != word(pattern.engine, "afterwards"))
                add(line, text);
            line.key.clear();
            line.code.clear();
            line.initiator = pattern.initiator;
        }
    }

    struct Frame
    {
        QString text;
        QByteArray initiator; ///< where the frame says it
    };
    /// The frame as far as it may have been copied: whole, or without its beginning; and those of older engines.
    QList<Frame> frames(const QByteArray& engine) const
    {
        const auto whole = word(engine, "frame");
        QList<Frame> cut{{whole, {}}};
        for (const auto* beginning : {"at '{url}'", "from origin '{origin}'", "blocked by CORS policy:", "(Reason: "})
            if (const auto at = whole.indexOf(QLatin1String(beginning)); at > 0)
                cut.append({whole.mid(at), {}});
        if (engine != "webkit")
            cut.append({QStringLiteral("{preflight}{text}"), {}});
        for (const auto& item : m_reading.value(QLatin1String("olderFrames")).toArray()) {
            const auto older = item.toObject();
            if (older.value(QLatin1String("engine")).toString() == QLatin1String(engine))
                cut.append({older.value(QLatin1String("frame")).toString(), older.value(QLatin1String("initiator")).toString().toLatin1()});
        }
        return cut;
    }

    void addFramed(const QByteArray& engine, const QByteArray& key, QByteArray code, const QString& text, bool preflight)
    {
        for (const auto& [frame, initiator] : frames(engine)) {
            // Without its frame a text has to be long enough to be recognised by, and not to be said in passing.
            const bool framed = frame.contains(QLatin1String("{url}")) || frame.contains(QLatin1String("{origin}"))
                || frame.contains(QLatin1String("(Reason"));
            if (!framed && text.size() < 30 && engine != "webkit")
                continue;
            if (text.startsWith(QLatin1Char('{')) && !frame.contains(QLatin1String("{url}")))
                continue;
            const auto filled = QString(frame).replace(QLatin1String("{text}"), text);
            ConsolePattern pattern{engine, key, code, initiator, preflight, false, {}};
            auto plain = QString(filled).remove(QLatin1String("{preflight}"));
            if (text.isEmpty() && !frame.contains(QLatin1String("CORS policy")))
                continue; // nothing of it says that it is about CORS
            if (text.isEmpty())
                plain = plain.trimmed().chopped(1); // the colon may be cut off as well
            addFilled(pattern, plain);
            if (!filled.contains(QLatin1String("{preflight}")) || word(engine, "preflight").isEmpty())
                continue;
            pattern.preflight = true;
            if (hasTwinForPreflights(code))
                pattern.code = "Preflight" + code;
            addFilled(pattern, QString(filled).replace(QLatin1String("{preflight}"), word(engine, "preflight")));
        }
    }

    void addWhole(const QByteArray& engine, const QByteArray& key, const QByteArray& code, const QString& wording, bool isError)
    {
        addFilled({engine, key, code, {}, false, isError, {}}, wording);
    }

    void addEngine(const QByteArray& engine)
    {
        // What WebKit can only say of a preflight; the others say so by the frame or the reason.
        const QList<QByteArray> ofPreflights{"preflight-status-not-ok", "preflight-redirect", "method-not-allowed",
                                             "header-not-allowed", "invalid-allow-methods", "invalid-allow-headers"};
        for (const auto* name : {"texts", "unframedPreflight"}) {
            const auto texts = section(engine, name);
            for (auto it = texts.begin(); it != texts.end(); ++it) {
                const auto key = it.key().toLatin1();
                addFramed(engine, key, codeOf(engine, key), it.value().toString(), ofPreflights.contains(key));
            }
        }
        const auto whole = section(engine, "whole");
        for (auto it = whole.begin(); it != whole.end(); ++it)
            if (it.value().toString() != word(engine, "afterwards")) // by itself that says nothing
                addWhole(engine, it.key().toLatin1(), codeOf(engine, it.key().toLatin1()), it.value().toString(), false);
    }

    void addReading(const QJsonObject& item)
    {
        const auto text = [&](const char* key) { return item.value(QLatin1String(key)).toString(); };
        const auto engine = text("engine").toLatin1();
        const auto key = text("text").toLatin1();
        if (item.contains(QLatin1String("framed")))
            addFramed(engine, key, text("code").toLatin1(), text("framed"), item.value(QLatin1String("preflight")).toBool());
        else
            addWhole(engine, key, text("code").toLatin1(), text("whole"), item.value(QLatin1String("error")).toBool());
    }
};

bool isDigits(QStringView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); });
}

// Whether what was found can stand in that gap.
bool fits(const QString& gap, QStringView found)
{
    if (gap == QLatin1String("statusCode"))
        return isDigits(found) || found == QLatin1String("(null)");
    if (gap == QLatin1String("origin") || gap == QLatin1String("finalOrigin"))
        return (found == QLatin1String("null") || found.contains(QLatin1String(":"))) && !found.contains(QLatin1Char(' '));
    if (gap == QLatin1String("initiator") || gap == QLatin1String("kind"))
        return found.size() < 40;
    // An address may have been broken over lines, once or twice.
    if (gap == QLatin1String("url") || gap == QLatin1String("firstUrl") || gap == QLatin1String("target"))
        return found.contains(QLatin1Char(':')) && found.count(QLatin1Char(' ')) < 3;
    return true;
}

constexpr qsizetype longestGap = 8192;

// Where the literal stands next; one that ends a sentence has to be followed by nothing of a word.
qsizetype nextLiteral(const QString& text, const QString& literal, qsizetype from, qsizetype limit, bool last)
{
    const auto view = QStringView(text).left(std::min(limit, from + longestGap));
    for (auto at = view.indexOf(literal, from); at >= 0; at = view.indexOf(literal, at + 1)) {
        const auto end = at + literal.size();
        if (!last || literal.size() > 1 || end >= text.size() || text[end] == QLatin1Char(' '))
            return at;
    }
    return -1;
}

} // namespace

const std::vector<ConsolePattern>& consolePatterns()
{
    static const std::vector<ConsolePattern> patterns = Collector().collect();
    return patterns;
}

std::optional<ConsoleMatch> matched(const ConsolePattern& pattern, const LevelledText& text, qsizetype at, qsizetype limit)
{
    ConsoleMatch match{&pattern, at, at, 0, {}};
    const auto& parts = pattern.parts;
    for (size_t i = 0; i < parts.size(); ++i) {
        if (!parts[i].gap) {
            if (!QStringView(text.text()).left(limit).mid(match.to).startsWith(parts[i].text))
                return std::nullopt;
            match.to += parts[i].text.size();
            match.literal += parts[i].text.size();
            continue;
        }
        if (i + 1 < parts.size() && parts[i + 1].gap)
            continue; // two gaps side by side: the first is empty
        auto end = i + 1 < parts.size() ? nextLiteral(text.text(), parts[i + 1].text, match.to, limit, i + 2 == parts.size())
                                        : std::min({limit, match.to + longestGap, text.endOfLine(match.to)});
        // A status is a number, and what follows it may be anything.
        if (i + 1 == parts.size() && (parts[i].text == QLatin1String("statusCode") || pattern.isError)) {
            const auto space = text.text().indexOf(QLatin1Char(' '), match.to);
            end = space < 0 ? end : std::min(end, space);
        }
        if (end < match.to || !fits(parts[i].text, QStringView(text.text()).mid(match.to, end - match.to)))
            return std::nullopt;
        match.gaps.insert(parts[i].text, text.original(match.to, end));
        match.to = end;
    }
    return match;
}

} // namespace corscope::paste
