#pragma once

#include "ui/exchange/DiagramLayout.h"

namespace corscope {

/// Places the lanes of a trace side by side: sets lanes, width and headerHeight of a layout. Lanes shrink, and their
/// names are broken and cut, before the diagram becomes wider than there is room.
void placeLanes(DiagramLayout& layout, const Trace& trace, const QFont& font, double width, const DiagramFilter& filter);

} // namespace corscope
