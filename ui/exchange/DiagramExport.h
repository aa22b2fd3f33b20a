#pragma once

#include "core/base/Result.h"
#include "ui/exchange/DiagramLayout.h"

#include <QString>

class QWidget;

namespace corscope {

/// What an exported diagram says besides the diagram.
struct DiagramSheet
{
    QString title;   ///< of the scenario
    QString verdict; ///< one or a few sentences; empty: those of the trace's last send
    DiagramFilter filter;
};

/// Writes the whole diagram as SVG, PNG (two pixels for one) or PDF (A4, as many pages as it takes), by the ending of
/// the path. It is light on paper and in the same size whatever theme and zoom are on the screen.
/// \returns what is wrong with the path, or with the trace where there is nothing to draw.
Result<Done> exportDiagram(const Trace& trace, const DiagramSheet& sheet, const QString& path);

/// Asks for a path, and exports. \returns the sentence to show afterwards; empty where the user thought better of it.
Result<QString> exportDiagramAs(QWidget* parent, const Trace& trace, const DiagramSheet& sheet);

} // namespace corscope
