#pragma once

#include "core/scenario/Scenario.h"

#include <functional>

namespace corscope {

/// From an entry's place in a list before an edit to its place afterwards; -1 where it is gone.
using Places = std::function<int(int)>;

Places inserted(int at);
Places removed(int at);
Places moved(int from, int to);

/// Lets the changes between two sends go along with the entries of a list that they name; a change whose entry is gone
/// goes too. \param list what stands before the place in a path: "servers[0].pipeline[".
void followPaths(Scenario& scenario, const QString& list, const Places& places);

} // namespace corscope
