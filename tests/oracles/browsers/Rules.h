#pragma once

#include "tests/oracles/browsers/Compare.h"
#include "tests/oracles/browsers/Replay.h"

namespace corscope::oracles::browsers {

/// Why the simulated browser differs on purpose in that field; empty where it should not. Rules look at the kind of case,
/// never at its id.
QByteArray onPurpose(const RecordedCase& recorded, const Replayed& ours, const Difference& difference,
                     const QByteArray& profile);

} // namespace corscope::oracles::browsers
