#pragma once

#include "tests/oracles/browsers/Recording.h"
#include "core/fetch/Profile.h"
#include "core/trace/Outcome.h"
#include "core/trace/Recorder.h"

namespace corscope::oracles::browsers {

/// What the simulated browser did in a case: as an engine would be recorded, and with its reasons.
struct Replayed
{
    Observation seen;
    std::vector<SendOutcome> outcomes; ///< one per fetch
};

/// Runs the steps of a case in one browser, in-process.
/// \param recorder told of every step, but for fetches that run side by side
Replayed replay(const RecordedCase& recorded, const Profile& profile, Recorder& recorder = Recorder::silent());

} // namespace corscope::oracles::browsers
