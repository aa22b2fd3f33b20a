#include "ui/widgets/FlowLayout.h"

#include <QWidget>

namespace corscope {

FlowLayout::FlowLayout(QWidget* parent, int spacing) : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(spacing);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

void FlowLayout::insert(int index, QWidget* widget)
{
    addChildWidget(widget);
    m_items.insert(index, new QWidgetItem(widget));
    invalidate();
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

QSize FlowLayout::minimumSize() const
{
    // Long items can be cut; the last one, which takes what is left, cannot.
    return m_items.isEmpty() ? QSize() : m_items.last()->minimumSize();
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    place(rect, Move::Yes);
}

int FlowLayout::place(const QRect& rect, Move move) const
{
    int x = rect.x();
    int y = rect.y();
    int lineHeight = 0;
    for (auto* item : m_items) {
        if (item->isEmpty())
            continue;
        const bool takesRest = item == m_items.last() && item->expandingDirections().testFlag(Qt::Horizontal);
        QSize size = takesRest ? item->minimumSize() : item->sizeHint();
        size.setWidth(qMin(size.width(), rect.width()));
        size.setHeight(item->sizeHint().height());
        if (x > rect.x() && x + size.width() > rect.x() + rect.width()) {
            x = rect.x();
            y += lineHeight + spacing();
            lineHeight = 0;
        }
        if (takesRest)
            size.setWidth(rect.x() + rect.width() - x);
        if (move == Move::Yes)
            item->setGeometry(QRect(QPoint(x, y), size));
        x += size.width() + spacing();
        lineHeight = qMax(lineHeight, size.height());
    }
    return y + lineHeight - rect.y();
}

} // namespace corscope
