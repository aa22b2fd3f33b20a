#pragma once

#include "tests/oracles/browsers/Replay.h"

namespace corscope::oracles::browsers {

/// Console lines of an engine beside ours, over the cases in which both refused for CORS or for a policy around it.
struct ConsoleTally
{
    QByteArray engine;
    int compared = 0;
    int exact = 0;
    struct Line { QByteArray id; QStringList recorded, ours; };
    std::vector<Line> wrong;

    /// \param decisionsAgree whether the simulated browser decided as the engine did
    void add(const RecordedCase& recorded, const Replayed& ours, bool decisionsAgree);
};

} // namespace corscope::oracles::browsers
