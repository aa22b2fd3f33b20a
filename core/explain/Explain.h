#pragma once

#include "core/trace/Trace.h"

#include <QString>

/// Reason and trace in, words for people out: the one place where prose is made.
namespace corscope::explain {

/// Short title of a step, e.g. "CORS check".
QString stepTitle(const Step& step);
/// The rule the step follows, in our own words.
QString stepText(const Step& step, const Trace& trace);
/// What follows from the answer a step gave; empty where it did not ask.
QString branchTaken(const Step& step);
/// What would have followed from the other answer; empty where there is none.
QString branchNotTaken(const Step& step);
/// Where the rule stands, e.g. "Fetch §4.10 CORS check, step 4"; empty where no standard says so.
QString citation(const Step& step);
/// Address of that place; empty where there is none.
QString citationUrl(const Step& step);
/// Who decided, at which step, why, and what the server did. The first sentence stands alone.
QString verdictSentence(const Trace& trace, int action);
/// One or two short lines, parted by '\n', for a box of the diagram.
QString diagramText(const Step& step);

} // namespace corscope::explain
