#pragma once

#include "core/advise/Proposal.h"

#include <functional>

namespace corscope::advise {

struct SearchOptions
{
    QByteArray framework = "fastapi"; ///< what is inserted where a server has no CORS middleware
    int maxTrials = 600;              ///< runs of the scenario, all in all
    int maxDepth = 4;                 ///< bundles of changes made one after the other
    int maxProposals = 8;
    std::function<bool()> cancelled; ///< asked between runs, on the thread that searches; may be empty
};

/// The smallest changes that turn that send into an allowed one, least privilege first. Every proposal was run.
/// Pure: may be called from any thread.
Advice advise(const Scenario& scenario, int action, const SearchOptions& options = {});

/// Whether that action is a send that is blocked.
bool isBlocked(const Scenario& scenario, int action);

} // namespace corscope::advise
