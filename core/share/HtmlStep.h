#pragma once

#include "core/trace/Trace.h"

namespace corscope::share {

/// One step as an element of a page: what it is called and how it ended, its rule with the place in the standard, the
/// inputs compared byte by byte, the branch taken and the other, the raw message, and what changed.
/// \param number as people count landmarks, from 1; 0 where the step is none
QByteArray stepElement(const Step& step, const Trace& trace, int number);

/// A table of state. \param before what it was; null where that is of no interest
QByteArray stateTable(const StateTable& table, const StateTable* before = nullptr);

} // namespace corscope::share
