#include "ui/widgets/CodeView.h"

#include <QClipboard>
#include <QGuiApplication>

namespace corscope {

CodeView::CodeView(Language language, QWidget* parent)
    : CodeText(QStringLiteral("code-view"), language == Language::PlainText ? Colours::None : Colours::Code, parent)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    document()->setDocumentMargin(0);
}

void CodeView::setCode(const QString& code)
{
    if (code == toPlainText())
        return;
    setPlainText(code);
    mark();
    updateGeometry();
}

void CodeView::copyAll()
{
    QGuiApplication::clipboard()->setText(toPlainText());
}

int CodeView::wholeHeight() const
{
    const auto margins = contentsMargins();
    return textHeight() + fontMetrics().lineSpacing() / 2 + margins.top() + margins.bottom();
}

QSize CodeView::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 24, wholeHeight()};
}

QSize CodeView::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 16, qMin(wholeHeight(), fontMetrics().lineSpacing() * 4)};
}

} // namespace corscope
