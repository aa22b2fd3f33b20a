#pragma once

#include "core/advise/Proposal.h"
#include "core/base/Result.h"

namespace corscope::advise {

/// The changes that lead from one scenario to the other, each as far in as it can be made. Both have the same actions.
std::vector<ChangeAction> editsBetween(const Scenario& before, const Scenario& after);

/// The same changes for the scenario before its own changes were made: where one of them sets the value later on,
/// that one is changed; changes whose stage gets another place follow it.
std::vector<ChangeAction> beforeItsChanges(const std::vector<ChangeAction>& edits, const Scenario& scenario,
                                           int action);

/// What undoes these edits once they are made, in the order in which it is to be done.
Result<std::vector<ChangeAction>> undoing(const Scenario& scenario, const std::vector<ChangeAction>& edits);

} // namespace corscope::advise
