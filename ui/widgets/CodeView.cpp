#include "ui/widgets/CodeView.h"

#include "ui/theme/Theme.h"
#include "ui/widgets/CodeColours.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QTextBlock>
#include <QtMath>

namespace corscope {

CodeView::CodeView(Language language, QWidget* parent) : QPlainTextEdit(parent)
{
    setProperty("role", QStringLiteral("code-view"));
    setFont(Theme::fixedLike(font()));
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    document()->setDocumentMargin(0);
    if (language != Language::PlainText)
        m_colours = new CodeColours(*this, document());
}

void CodeView::setCode(const QString& code)
{
    if (code == toPlainText())
        return;
    setPlainText(code);
    mark();
    updateGeometry();
}

void CodeView::pointAt(int line)
{
    m_line = line;
    mark();
}

void CodeView::mark()
{
    QList<QTextEdit::ExtraSelection> selections;
    const auto block = document()->findBlockByNumber(m_line);
    if (m_line >= 0 && block.isValid()) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(block);
        selection.format.setProperty(QTextFormat::FullWidthSelection, true);
        selection.format.setBackground(Theme::of(*this).chosen.fill);
        selections.append(selection);
    }
    setExtraSelections(selections);
}

void CodeView::copyAll()
{
    QGuiApplication::clipboard()->setText(toPlainText());
}

void CodeView::changeEvent(QEvent* event)
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

void CodeView::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        updateGeometry();
}

int CodeView::textHeight() const
{
    double height = 0;
    for (auto block = document()->begin(); block.isValid(); block = block.next())
        height += blockBoundingRect(block).height();
    const auto margins = contentsMargins();
    return qCeil(height) + fontMetrics().lineSpacing() / 2 + margins.top() + margins.bottom();
}

QSize CodeView::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 24, textHeight()};
}

QSize CodeView::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 16, m_fullHeight ? textHeight() : qMin(textHeight(), fontMetrics().lineSpacing() * 4)};
}

} // namespace corscope
