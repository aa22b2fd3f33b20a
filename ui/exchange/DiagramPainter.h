#pragma once

#include "ui/exchange/DiagramLayout.h"
#include "ui/theme/Theme.h"

class QPainter;

namespace corscope {

/// How far a run has got, for drawing it.
struct DiagramLook
{
    Theme theme;
    QFont font;
    int current = -1; ///< the step looked at
    int until = -1;   ///< steps after this one have not happened yet, and look it
    int hovered = -1;
    bool focused = false;
    double progress = 1; ///< of the current step's arrival, 0 to 1: its message is still under way
};

/// Draws what a layout has placed: everything but the lane headers, which stay where they are when the rest scrolls.
void paintDiagram(QPainter& painter, const DiagramLayout& layout, const DiagramLook& look, const QRectF& exposed);
void paintLaneHeaders(QPainter& painter, const DiagramLayout& layout, const DiagramLook& look);

} // namespace corscope
