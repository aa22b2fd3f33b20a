#include "ui/widgets/CodeText.h"

#include "ui/theme/Theme.h"
#include "ui/widgets/CodeColours.h"

#include <QEvent>
#include <QResizeEvent>
#include <QTextBlock>
#include <QtMath>

namespace corscope {

CodeText::CodeText(const QString& role, Colours colours, QWidget* parent) : QPlainTextEdit(parent)
{
    setProperty("role", role);
    setFont(Theme::fixedLike(font()));
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    if (colours == Colours::Code)
        m_colours = new CodeColours(*this, document());
}

void CodeText::pointAt(int line)
{
    m_line = line;
    mark();
}

QTextEdit::ExtraSelection CodeText::wholeLine(int line, const QColor& fill) const
{
    QTextEdit::ExtraSelection selection;
    selection.cursor = QTextCursor(document()->findBlockByNumber(line));
    selection.format.setProperty(QTextFormat::FullWidthSelection, true);
    selection.format.setBackground(fill);
    return selection;
}

void CodeText::mark()
{
    QList<QTextEdit::ExtraSelection> selections;
    if (m_line >= 0 && m_line < document()->blockCount())
        selections.append(wholeLine(m_line, Theme::of(*this).chosen.fill));
    setExtraSelections(selections);
}

int CodeText::textHeight() const
{
    double height = 0;
    for (auto block = document()->begin(); block.isValid(); block = block.next())
        height += blockBoundingRect(block).height();
    return qCeil(height);
}

void CodeText::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        mark();
        if (m_colours)
            m_colours->rehighlight();
    }
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
}

void CodeText::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        updateGeometry(); // lines are wrapped elsewhere now
}

} // namespace corscope
