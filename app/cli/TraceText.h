#pragma once

#include "core/scenario/Scenario.h"
#include "core/trace/Trace.h"
#include "core/trace/Walk.h"

namespace corscope::cli {

/// The trace as aligned text: per action its steps, then the verdict with its three lamps, the sentence, the ledger.
QStringList traceText(const Scenario& scenario, const Trace& trace, walk::Stops stops);

/// "allowed", "blocked (missing-allow-origin)", or the pairs of a comparison; empty where an action has no verdict.
QString shortVerdict(const Outcome& outcome);

} // namespace corscope::cli
