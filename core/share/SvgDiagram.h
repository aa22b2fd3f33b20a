#pragma once

#include "core/trace/Trace.h"

#include <QByteArray>

namespace corscope::share {

/// The sequence diagram as SVG 1.1 in UTF-8. Light where nothing else is asked for, dark where the reader prefers that.
/// \param action index of one action; -1 for all.
QByteArray svgDiagram(const Trace& trace, int action = -1);

/// The same drawing as an element of a page, which has diagramStyle() among its styles. Every row is a group with the
/// attribute `data-step`.
QByteArray svgElement(const Trace& trace, int action = -1);
QByteArray diagramStyle();

} // namespace corscope::share
