#include "ui/library/TwoLineDelegate.h"

#include "ui/theme/Theme.h"

#include <QPainter>

namespace corscope {

void TwoLineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto theme = Theme::of(*option.widget);
    const bool chosen = option.state & QStyle::State_Selected;
    const bool enabled = index.flags() & Qt::ItemIsEnabled;
    painter->save();
    if (chosen)
        painter->fillRect(option.rect, theme.chosen.fill);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, theme.heading);
    if (chosen)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), theme.chosen.line);
    const QFontMetrics metrics(option.font);
    const int em = metrics.height();
    auto room = option.rect.adjusted(em * 3 / 4, 0, -em * 3 / 4, 0);
    const auto end = index.data(atEnd).toString();
    const auto below = index.data(second).toString();
    auto first = room;
    if (!below.isEmpty()) {
        first.setTop(room.top() + em / 4);
        first.setHeight(em + 2);
    }
    painter->setFont(option.font);
    if (!end.isEmpty()) {
        painter->setPen(chosen ? theme.chosen.text : theme.muted);
        painter->drawText(first, Qt::AlignRight | Qt::AlignVCenter, end);
        first.setRight(first.right() - metrics.horizontalAdvance(end) - em / 2);
    }
    painter->setPen(!enabled ? theme.ghost : chosen ? theme.chosen.text : theme.text);
    painter->drawText(first, Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, first.width()));
    if (!below.isEmpty()) {
        auto line = room;
        line.setTop(first.bottom());
        line.setBottom(room.bottom() - em / 4);
        painter->setPen(theme.muted);
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(below, Qt::ElideRight, line.width()));
    }
    painter->restore();
}

QSize TwoLineDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const int em = QFontMetrics(option.font).height();
    return {em * 10, index.data(second).toString().isEmpty() ? em * 7 / 4 : em * 11 / 4};
}

} // namespace corscope
