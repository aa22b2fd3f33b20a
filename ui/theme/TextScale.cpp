#include "ui/theme/TextScale.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QGridLayout>
#include <QHeaderView>
#include <QLayout>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTabBar>
#include <QTreeView>
#include <QVariant>
#include <QWidget>

namespace corscope {

static int times(int length, double ratio)
{
    // A line of one pixel stays one.
    return length <= 1 ? length : qMax(1, qRound(length * ratio));
}

static QMargins times(const QMargins& margins, double ratio)
{
    return {times(margins.left(), ratio), times(margins.top(), ratio), times(margins.right(), ratio), times(margins.bottom(), ratio)};
}

static void scaleLayout(QLayout& layout, double ratio)
{
    layout.setContentsMargins(times(layout.contentsMargins(), ratio));
    if (auto* grid = qobject_cast<QGridLayout*>(&layout)) {
        grid->setHorizontalSpacing(times(grid->horizontalSpacing(), ratio));
        grid->setVerticalSpacing(times(grid->verticalSpacing(), ratio));
        for (int i = 0; i < grid->columnCount(); ++i)
            grid->setColumnMinimumWidth(i, times(grid->columnMinimumWidth(i), ratio));
    } else if (layout.spacing() > 0) {
        layout.setSpacing(times(layout.spacing(), ratio));
    }
    for (int i = 0; i < layout.count(); ++i)
        if (auto* inner = layout.itemAt(i)->layout())
            scaleLayout(*inner, ratio);
}

static void scaleFont(QWidget& widget, double ratio)
{
    if (!widget.testAttribute(Qt::WA_SetFont) || !(widget.font().resolveMask() & QFont::SizeResolved))
        return;
    auto font = widget.font();
    if (font.pixelSize() > 0)
        font.setPixelSize(qMax(1, qRound(font.pixelSize() * ratio)));
    else
        font.setPointSizeF(font.pointSizeF() * ratio);
    widget.setFont(font);
}

static void scaleLimits(QWidget& widget, double ratio)
{
    const auto least = widget.minimumSize();
    const auto most = widget.maximumSize();
    const auto limit = [ratio](int length) { return length >= QWIDGETSIZE_MAX ? length : times(length, ratio); };
    widget.setMaximumSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX);
    widget.setMinimumSize(times(least.width(), ratio), times(least.height(), ratio));
    widget.setMaximumSize(limit(most.width()), limit(most.height()));
}

static void scaleParts(QWidget& widget, double ratio)
{
    if (auto* splitter = qobject_cast<QSplitter*>(&widget)) {
        splitter->setHandleWidth(times(splitter->handleWidth(), ratio));
    } else if (auto* header = qobject_cast<QHeaderView*>(&widget)) {
        for (int i = 0; i < header->count(); ++i)
            if (header->sectionResizeMode(i) == QHeaderView::Interactive || header->sectionResizeMode(i) == QHeaderView::Fixed)
                header->resizeSection(i, times(header->sectionSize(i), ratio));
    } else if (auto* tree = qobject_cast<QTreeView*>(&widget)) {
        tree->setIndentation(times(tree->indentation(), ratio));
    } else if (auto* button = qobject_cast<QAbstractButton*>(&widget)) {
        button->setIconSize(button->iconSize() * ratio);
    } else if (auto* text = qobject_cast<QPlainTextEdit*>(&widget)) {
        text->setTabStopDistance(text->tabStopDistance() * ratio);
    }
}

void scaleText(QWidget& window, double ratio)
{
    QList<QWidget*> all = window.findChildren<QWidget*>();
    all.prepend(&window);
    for (auto* widget : all) {
        scaleFont(*widget, ratio);
        if (!widget->isWindow())
            scaleLimits(*widget, ratio);
        // A style's own margins inside a view are none of ours.
        if (!qobject_cast<QAbstractScrollArea*>(widget) && !widget->contentsMargins().isNull())
            widget->setContentsMargins(times(widget->contentsMargins(), ratio));
        if (widget->layout())
            scaleLayout(*widget->layout(), ratio);
        scaleParts(*widget, ratio);
    }
}

} // namespace corscope
