#pragma once

#include "tests/oracles/browsers/Recording.h"
#include "core/trace/Outcome.h"

namespace corscope::oracles::browsers {

/// What the simulated browser did in a case: as an engine would be recorded, and with its reasons.
struct Replayed
{
    Observation seen;
    std::vector<SendOutcome> outcomes; ///< one per fetch
};

/// Runs the steps of a case in one browser, in-process. Only for cases that are in scope.
/// \param profile one of Profile::names()
Replayed replay(const RecordedCase& recorded, const QByteArray& profile);

} // namespace corscope::oracles::browsers
