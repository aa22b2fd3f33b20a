#pragma once

#include "core/trace/Trace.h"

#include <QString>

#include <vector>

namespace corscope {

/// A line of what is shown of the state after a step.
struct StateLine
{
    enum class Kind { Title, Columns, Row, NewRow, Remark };
    Kind kind = Kind::Row;
    QString text;
    bool operator==(const StateLine&) const = default;
};

/// All tables of the state after a step: their titles, and rows whose columns stand below each other in a font of fixed
/// width. Of a long table the newest rows.
std::vector<StateLine> stateLines(const Step& step, const Trace& trace);

/// How things stood before a step; null before the first.
const State* stateBefore(const Step& step, const Trace& trace);
/// Null where there is none of that id.
const StateTable* tableOf(const State* state, const QByteArray& id);

} // namespace corscope
