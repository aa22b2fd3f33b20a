#pragma once

#include "core/trace/Outcome.h"
#include "core/trace/Steps.h"

namespace corscope {

/// Everything that happened in one run, as one value that nobody changes afterwards.
struct Trace
{
    std::vector<Lane> lanes;
    Steps steps;
    std::vector<Outcome> outcomes; ///< one per action of the scenario

    int size() const { return int(steps.size()); }
    const Step& at(int i) const { return *steps[size_t(i)]; }
    /// The last *send*, which is what a verdict is shown of; null where none was run.
    const SendOutcome* lastSend() const;
};

} // namespace corscope
