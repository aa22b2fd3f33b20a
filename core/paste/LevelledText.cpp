#include "core/paste/LevelledText.h"

#include <algorithm>

namespace corscope::paste {

static constexpr qsizetype longestLine = 16384;

TextPlace placeOf(const QString& text, qsizetype at)
{
    const auto before = QStringView(text).left(std::clamp<qsizetype>(at, 0, text.size()));
    const auto lineStart = before.lastIndexOf(QLatin1Char('\n')) + 1;
    return {int(before.count(QLatin1Char('\n'))) + 1, int(before.size() - lineStart) + 1};
}

static QChar levelledQuote(QChar c)
{
    switch (c.unicode()) {
    case 0x2018: case 0x2019: case 0x201a: case 0x201b: return QLatin1Char('\'');
    case 0x201c: case 0x201d: case 0x201e: case 0x201f: return QLatin1Char('"');
    default: return c;
    }
}

// Characters that only say where a line may be broken, or how it runs.
static bool isInvisible(QChar c)
{
    return (c.unicode() >= 0x200b && c.unicode() <= 0x200f) || c.unicode() == 0xfeff || c.unicode() == 0x2060;
}

LevelledText::LevelledText(const QString& text) : m_pasted(text)
{
    m_text.reserve(text.size());
    m_from.reserve(size_t(text.size()) + 1);
    bool lineStart = true;
    bool space = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto c = text[i];
        if (isInvisible(c))
            continue;
        const bool quotedMail = lineStart && c == QLatin1Char('>') && i + 1 < text.size() && text[i + 1].isSpace();
        if (c.isSpace() || quotedMail) {
            lineStart = lineStart || c == QLatin1Char('\n');
            if (!space) {
                m_text += QLatin1Char(' ');
                m_from.push_back(i);
            }
            space = true;
            continue;
        }
        m_text += levelledQuote(c);
        m_from.push_back(i);
        lineStart = space = false;
    }
    m_from.push_back(text.size());
}

QString LevelledText::original(qsizetype from, qsizetype to) const
{
    if (to <= from)
        return {};
    QString result;
    for (auto at = from; at < to; ++at) {
        // White space before `to` stands for one space, so the last character is the one that counts.
        const auto length = at + 1 < to ? originalAt(at + 1) - originalAt(at) : 1;
        const auto piece = QStringView(m_pasted).mid(originalAt(at), length);
        if (piece.contains(QLatin1Char('\n')))
            result += QLatin1Char(' ');
        else
            result += piece;
    }
    return result;
}

qsizetype LevelledText::endOfLine(qsizetype at) const
{
    const auto from = originalAt(at);
    const auto newline = QStringView(m_pasted).mid(from, longestLine).indexOf(QLatin1Char('\n'));
    const auto end = newline < 0 ? std::min(m_pasted.size(), from + longestLine) : from + newline;
    const auto it = std::lower_bound(m_from.begin() + at, m_from.end(), end);
    return std::min<qsizetype>(it - m_from.begin(), m_text.size());
}

} // namespace corscope::paste
