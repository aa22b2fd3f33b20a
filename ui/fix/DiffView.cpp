#include "ui/fix/DiffView.h"

#include "core/advise/Differences.h"
#include "ui/theme/Theme.h"

#include <QEvent>
#include <QTextBlock>

namespace corscope {

constexpr int contextLines = 4;

DiffView::DiffView(QWidget* parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setFont(Theme::fixedLike(font()));
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
}

/// Unchanged lines far from any change are left out.
static QStringList shortened(const std::vector<advise::DiffLine>& lines)
{
    std::vector<bool> near(lines.size());
    for (size_t i = 0; i < lines.size(); ++i)
        if (lines[i].mark != ' ')
            for (size_t j = i - std::min<size_t>(i, contextLines); j < lines.size() && j <= i + contextLines; ++j)
                near[j] = true;
    QStringList result;
    bool left = false;
    for (size_t i = 0; i < lines.size(); ++i) {
        if (near[i])
            result.append(QLatin1Char(lines[i].mark) + QStringLiteral(" ") + QString::fromUtf8(lines[i].text));
        else if (!left)
            result.append(QStringLiteral("  …"));
        left = !near[i];
    }
    return result;
}

void DiffView::setDifferences(const std::vector<advise::Difference>& differences, Show show)
{
    QStringList lines;
    for (const auto& difference : differences) {
        const bool code =
            show == Show::Code && (!difference.codeBefore.isEmpty() || !difference.codeAfter.isEmpty());
        if (!lines.isEmpty())
            lines.append(QString());
        lines.append(QStringLiteral("@@ ") + difference.title);
        lines += shortened(code ? advise::lineDiff(difference.codeBefore, difference.codeAfter)
                                : advise::lineDiff(difference.settingsBefore, difference.settingsAfter));
    }
    setPlainText(lines.join(QLatin1Char('\n')));
    colour();
}

void DiffView::colour()
{
    const auto theme = Theme::of(*this);
    QList<QTextEdit::ExtraSelection> marks;
    for (auto block = document()->firstBlock(); block.isValid(); block = block.next()) {
        const auto text = block.text();
        const bool title = text.startsWith(QLatin1String("@@ "));
        const auto* tone = text.startsWith(QLatin1String("+ ")) ? &theme.allow
            : text.startsWith(QLatin1String("- "))               ? &theme.block
                                                                 : nullptr;
        if (!tone && !title)
            continue;
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(block);
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        if (tone)
            mark.format.setBackground(tone->fill);
        marks.append(mark);
        mark.format = {};
        mark.format.setForeground(tone ? tone->text : theme.muted);
        mark.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        marks.append(mark);
    }
    setExtraSelections(marks);
}

void DiffView::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
}

} // namespace corscope
