#pragma once

#include "core/paste/InferredRequest.h"
#include "core/scenario/Scenario.h"

namespace corscope::paste {

/// A scenario in which what was pasted happens again: recorded answers are given as they are, settings of a framework stand
/// in the pipeline, and where there is only a console line the server makes the one mistake that the line names.
struct InferredScenario
{
    Scenario scenario;
    Findings findings;
};
InferredScenario inferScenario(const Evidence& evidence, const QString& pasted);

} // namespace corscope::paste
