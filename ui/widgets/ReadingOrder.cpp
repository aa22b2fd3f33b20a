#include "ui/widgets/ReadingOrder.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QScrollArea>

#include <algorithm>

namespace corscope {

/// Above, or in the same line and further left.
static bool isBefore(const QRect& a, const QRect& b)
{
    const int overlap = std::min(a.bottom(), b.bottom()) - std::max(a.top(), b.top());
    const bool sameLine = overlap * 2 > std::min(a.height(), b.height());
    return sameLine ? a.left() < b.left() : a.top() < b.top();
}

static bool takesTab(const QWidget& widget)
{
    if (!widget.isEnabled() || widget.focusProxy() || (widget.focusPolicy() & Qt::TabFocus) != Qt::TabFocus)
        return false;
    const auto* button = qobject_cast<const QAbstractButton*>(&widget);
    if (!button || !button->group() || !button->group()->exclusive())
        return true;
    const auto* chosen = button->group()->checkedButton();
    return button == (chosen ? chosen : button->group()->buttons().value(0));
}

static void collect(QWidget& parent, QList<QWidget*>& found)
{
    QList<QWidget*> children;
    for (auto* child : parent.findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        if (child->isWindow() || !child->isVisible())
            continue;
        // NB: "before" is no order in the strict sense, so no sorting algorithm is trusted with it.
        auto place = children.end();
        while (place != children.begin() && isBefore(child->geometry(), (*(place - 1))->geometry()))
            --place;
        children.insert(place, child);
    }
    for (auto* child : std::as_const(children)) {
        if (takesTab(*child))
            found.append(child);
        collect(*child, found);
    }
}

QList<QWidget*> readingOrder(QWidget& window)
{
    QList<QWidget*> found;
    collect(window, found);
    return found;
}

bool focusInReadingOrder(QWidget& window, bool next)
{
    const auto all = readingOrder(window);
    if (all.isEmpty())
        return false;
    const auto at = all.indexOf(window.focusWidget());
    const auto count = all.size();
    const auto to = at < 0 ? (next ? 0 : count - 1) : (at + (next ? 1 : count - 1)) % count;
    all[to]->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    for (auto* parent = all[to]->parentWidget(); parent; parent = parent->parentWidget())
        if (auto* area = qobject_cast<QScrollArea*>(parent))
            area->ensureWidgetVisible(all[to]);
    return true;
}

} // namespace corscope
