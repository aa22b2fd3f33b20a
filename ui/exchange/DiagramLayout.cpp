#include "ui/exchange/DiagramLayout.h"

#include "ui/exchange/DiagramBuilder.h"

#include <algorithm>

namespace corscope {

using Row = DiagramLayout::Row;

bool DiagramFilter::shows(const Step& step) const
{
    switch (step.kind) {
    case StepKind::Message:
    case StepKind::Ghost: return messages;
    case StepKind::Effect: return changes;
    default: return decisions;
    }
}

// NB: rows stand in the order of their steps, and below each other.
const Row* DiagramLayout::rowOf(int step) const
{
    const auto it = std::lower_bound(rows.begin(), rows.end(), step, [](const Row& row, int s) { return row.lastStep < s; });
    return it == rows.end() || it->step > step ? nullptr : &*it;
}

size_t DiagramLayout::firstRowBelow(double y) const
{
    return size_t(std::lower_bound(rows.begin(), rows.end(), y, [](const Row& row, double top) {
        return row.bounds.bottom() < top;
    }) - rows.begin());
}

const Row* DiagramLayout::rowAt(const QPointF& point) const
{
    for (size_t i = firstRowBelow(point.y() - 3); i < rows.size() && rows[i].bounds.top() - 3 <= point.y(); ++i)
        if (rows[i].bounds.adjusted(-4, -3, 4, 3).contains(point))
            return &rows[i];
    return nullptr;
}

DiagramLayout layoutDiagram(const Trace& trace, const QFont& font, double width, const DiagramFilter& filter)
{
    return DiagramBuilder(font, width, filter).take(trace);
}

} // namespace corscope
