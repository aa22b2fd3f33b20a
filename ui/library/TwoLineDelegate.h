#pragma once

#include <QStyledItemDelegate>

namespace corscope {

/// A row with a title, a second, muted line under it (Qt::UserRole + 1) and a word at its end (Qt::UserRole + 2).
class TwoLineDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    static constexpr int second = Qt::UserRole + 1;
    static constexpr int atEnd = Qt::UserRole + 2;
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace corscope
