#include "ui/theme/ElidedLabel.h"

#include "ui/theme/AccessibleRole.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <cmath>

namespace corscope {

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setAccessibleRole(*this, QAccessible::StaticText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::say(const QString& text, const QString& address, const QString& more)
{
    m_address = address;
    setAccessibleRole(*this, address.isEmpty() ? QAccessible::StaticText : QAccessible::Link);
    setText(text);
    setToolTip(more.isEmpty() ? text : more);
    setCursor(address.isEmpty() ? Qt::ArrowCursor : Qt::PointingHandCursor);
    setFocusPolicy(address.isEmpty() ? Qt::NoFocus : Qt::StrongFocus);
    updateGeometry();
}

QSize ElidedLabel::sizeHint() const
{
    ensurePolished();
    const QFontMetricsF metrics(font());
    return {int(std::ceil(metrics.horizontalAdvance(text()))) + 4, int(std::ceil(metrics.height())) + 4};
}

QSize ElidedLabel::minimumSizeHint() const
{
    const auto whole = sizeHint();
    return {std::min(whole.width(), fontMetrics().height() * m_kept), whole.height()};
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const auto color = palette().color(m_address.isEmpty() ? foregroundRole() : QPalette::Link);
    painter.setPen(color);
    const auto line = fontMetrics().elidedText(text(), Qt::ElideRight, width() - 2);
    painter.drawText(rect().adjusted(1, 0, -1, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, line);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    } else if (!m_address.isEmpty()) {
        const int y = (height() + fontMetrics().ascent() - fontMetrics().descent()) / 2 + 2;
        painter.setOpacity(0.45);
        painter.drawLine(1, y, 1 + std::min(fontMetrics().horizontalAdvance(line), width() - 2), y);
    }
}

void ElidedLabel::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && !m_address.isEmpty() && rect().contains(event->position().toPoint()))
        Q_EMIT activated(m_address);
}

void ElidedLabel::keyPressEvent(QKeyEvent* event)
{
    const bool opens = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (opens && !m_address.isEmpty())
        Q_EMIT activated(m_address);
    else
        QLabel::keyPressEvent(event);
}

} // namespace corscope
