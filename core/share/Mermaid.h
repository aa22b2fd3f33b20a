#pragma once

#include "core/trace/Trace.h"

#include <QString>

namespace corscope::share {

/// The landmarks of a run as a Mermaid sequence diagram (https://mermaid.js.org/syntax/sequenceDiagram.html), for READMEs
/// and issues: preflights in a tinted block, requests that were never sent as broken arrows, decisions as notes.
/// \param action index of one action; -1 for all.
QString mermaidDiagram(const Trace& trace, int action = -1);

} // namespace corscope::share
