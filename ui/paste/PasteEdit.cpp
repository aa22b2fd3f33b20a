#include "ui/paste/PasteEdit.h"

#include "ui/theme/Theme.h"

#include <QHelpEvent>
#include <QMimeData>
#include <QToolTip>
#include <QUrl>

#include <algorithm>

namespace corscope {

PasteEdit::PasteEdit(QWidget* parent) : QPlainTextEdit(parent)
{
    setFont(Theme::fixedLike(font()));
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAnywhere);
}

void PasteEdit::setMarks(const std::vector<PasteReading::Mark>& marks)
{
    m_marks = marks;
    colour();
}

void PasteEdit::colour()
{
    const auto theme = Theme::of(*this);
    const auto length = document()->characterCount() - 1;
    QList<QTextEdit::ExtraSelection> selections;
    for (const auto& mark : m_marks) {
        const auto to = std::min<qsizetype>(mark.range.to, length);
        if (mark.range.from < 0 || mark.range.from >= to)
            continue;
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(document());
        selection.cursor.setPosition(int(mark.range.from));
        selection.cursor.setPosition(int(to), QTextCursor::KeepAnchor);
        // By a line as well, not by colour alone.
        selection.format.setUnderlineStyle(mark.read ? QTextCharFormat::SingleUnderline : QTextCharFormat::WaveUnderline);
        selection.format.setUnderlineColor(mark.read ? theme.allow.line : theme.block.line);
        selection.format.setBackground(mark.read ? theme.allow.fill : theme.block.fill);
        selection.format.setForeground(theme.text);
        selections.append(selection);
    }
    setExtraSelections(selections);
}

bool PasteEdit::canInsertFromMimeData(const QMimeData* source) const
{
    return source->hasUrls() || source->hasText();
}

void PasteEdit::insertFromMimeData(const QMimeData* source)
{
    for (const auto& url : source->urls())
        if (url.isLocalFile()) {
            Q_EMIT fileGiven(url.toLocalFile());
            return;
        }
    const auto text = source->text();
    if (text.size() > mostShown)
        Q_EMIT largeTextGiven(text);
    else
        insertPlainText(text);
}

bool PasteEdit::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto at = cursorForPosition(help->pos()).position();
        for (const auto& mark : m_marks)
            if (mark.range.from <= at && at < mark.range.to) {
                QToolTip::showText(help->globalPos(), mark.what, this);
                return true;
            }
        QToolTip::hideText();
        return true;
    }
    return QPlainTextEdit::viewportEvent(event);
}

void PasteEdit::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
}

} // namespace corscope
