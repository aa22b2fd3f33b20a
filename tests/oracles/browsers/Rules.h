#pragma once

#include "tests/oracles/browsers/Compare.h"
#include "tests/oracles/browsers/Replay.h"

namespace corscope::oracles::browsers {

/// Why a case cannot be replayed today; empty where it can. Rules look at the kind of case, never at its id.
QByteArray outOfScope(const RecordedCase& recorded);

/// Why the simulated browser differs on purpose in that field; empty where it should not.
QByteArray onPurpose(const RecordedCase& recorded, const Replayed& ours, const Difference& difference,
                     const QByteArray& profile);

} // namespace corscope::oracles::browsers
