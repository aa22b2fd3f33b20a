#include "ui/widgets/ElidedButton.h"

namespace corscope {

void ElidedButton::say(const QString& text)
{
    m_text = text;
    elide();
    updateGeometry();
}

void ElidedButton::elide()
{
    auto bold = font();
    bold.setBold(true); // as it is while it is chosen
    const auto shown = QFontMetrics(bold).elidedText(m_text, Qt::ElideRight, width() - fontMetrics().height() * 2 / 3);
    if (shown != text())
        setText(shown);
}

QSize ElidedButton::sizeHint() const
{
    auto bold = font();
    bold.setBold(true);
    return {QFontMetrics(bold).horizontalAdvance(m_text) + fontMetrics().height(), QPushButton::sizeHint().height()};
}

QSize ElidedButton::minimumSizeHint() const
{
    return {qMin(sizeHint().width(), fontMetrics().height() * 4), sizeHint().height()};
}

void ElidedButton::resizeEvent(QResizeEvent* event)
{
    QPushButton::resizeEvent(event);
    elide();
}

} // namespace corscope
