#include "ui/verdict/VerdictText.h"

#include <QTextLayout>

#include <algorithm>

namespace corscope::verdicttext {

static bool endsSentence(const QString& text, qsizetype at)
{
    return at + 2 < text.size() && QStringLiteral(".!?").contains(text[at]) && text[at + 1].isSpace() && !text[at + 2].isLower();
}

int firstSentenceEnd(const QString& text)
{
    for (int i = 0; i + 2 < text.size(); ++i)
        if (endsSentence(text, i))
            return i + 1;
    return int(text.size());
}

static bool fits(const QString& text, const QFont& font, double width, int lines)
{
    QTextLayout layout(text, font);
    QTextLayout::FormatRange bold;
    bold.start = 0;
    bold.length = firstSentenceEnd(text);
    bold.format.setFontWeight(QFont::Bold);
    layout.setFormats({bold});
    layout.beginLayout();
    int count = 0;
    for (auto line = layout.createLine(); line.isValid() && count <= lines; line = layout.createLine(), ++count)
        line.setLineWidth(width);
    layout.endLayout();
    return count <= lines;
}

QString fitted(const QString& text, const QFont& font, double width, int lines)
{
    if (fits(text, font, width, lines))
        return text;
    const int first = firstSentenceEnd(text);
    qsizetype last = text.size();
    for (qsizetype i = first; i + 2 < text.size(); ++i)
        if (endsSentence(text, i))
            last = i + 2;
    auto tail = text.mid(last);
    // NB: a last sentence that is long itself has to give way too.
    if (tail.size() > text.size() / 2)
        tail.clear();
    const auto cutAt = [&](qsizetype length) { return QString(text.left(length).trimmed() + QStringLiteral("… ") + tail).trimmed(); };
    qsizetype low = 0;
    qsizetype high = text.size() - tail.size();
    while (low < high) {
        const auto middle = (low + high + 1) / 2;
        if (fits(cutAt(middle), font, width, lines))
            low = middle;
        else
            high = middle - 1;
    }
    const auto space = text.lastIndexOf(QLatin1Char(' '), low);
    return cutAt(space > low - 14 && space > 0 ? space : low);
}

} // namespace corscope::verdicttext
