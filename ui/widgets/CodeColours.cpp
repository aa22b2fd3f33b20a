#include "ui/widgets/CodeColours.h"

#include "ui/theme/Theme.h"

#include <QSet>

namespace corscope {

namespace {

bool isWord(const QString& word)
{
    static const QSet<QString> words{
        QStringLiteral("await"), QStringLiteral("const"), QStringLiteral("let"), QStringLiteral("from"),
        QStringLiteral("import"), QStringLiteral("def"), QStringLiteral("async"), QStringLiteral("return"),
        QStringLiteral("True"), QStringLiteral("False"), QStringLiteral("None"), QStringLiteral("true"),
        QStringLiteral("false"), QStringLiteral("null")};
    return words.contains(word);
}

} // namespace

void CodeColours::highlightBlock(const QString& text)
{
    const auto theme = Theme::of(m_view);
    int i = 0;
    while (i < text.size()) {
        const int start = i;
        const QChar at = text[i];
        if (at == u'"' || at == u'\'') {
            for (++i; i < text.size() && text[i] != at; ++i)
                if (text[i] == u'\\')
                    ++i;
            i = qMin(int(text.size()), i + 1);
            setFormat(start, i - start, theme.server.text);
        } else if (at == u'#' || (at == u'/' && i + 1 < text.size() && text[i + 1] == u'/')) {
            setFormat(start, int(text.size()) - start, theme.muted);
            return;
        } else if (at.isLetter() || at == u'_') {
            while (i < text.size() && (text[i].isLetterOrNumber() || text[i] == u'_'))
                ++i;
            if (isWord(text.mid(start, i - start)))
                setFormat(start, i - start, theme.chosen.text);
        } else {
            ++i;
        }
    }
}

} // namespace corscope
