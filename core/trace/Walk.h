#pragma once

#include "core/trace/Trace.h"

/// Moving a cursor over a trace: pure functions from a position to a position. A position is a step's index; every
/// function returns the position unchanged where there is nowhere to go.
namespace corscope::walk {

enum class Stops { Landmarks, EveryStep };

int first(const Trace& trace, Stops stops);
int last(const Trace& trace, Stops stops);
int next(const Trace& trace, int at, Stops stops);
int back(const Trace& trace, int at, Stops stops);
/// Past the whole preflight (or algorithm) that starts or runs at this position.
int over(const Trace& trace, int at, Stops stops);
/// To the first stop after the algorithm this position is in.
int out(const Trace& trace, int at, Stops stops);
/// To the step that decided the verdict: the last failure, or the last decision where all went well.
int decision(const Trace& trace);
/// The same of one action: -1 where it decides nothing.
int decision(const Trace& trace, int action);
/// The landmark under which a step stands in the diagram: itself, or the next landmark of its algorithm.
int landmarkOf(const Trace& trace, int at);
/// Indices of all stops, in order.
std::vector<int> stops(const Trace& trace, Stops stops);

} // namespace corscope::walk
