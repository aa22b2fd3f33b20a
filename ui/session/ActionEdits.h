#pragma once

#include "core/scenario/Scenario.h"

/// Changing what happens in a scenario. Expectations name an action by its place: they go along with it, or go when it
/// goes. Places that do not exist change nothing.
namespace corscope::actionedits {

/// Before the action that stands at that place.
void insertAction(Scenario& scenario, int place, const Action& action);
void removeAction(Scenario& scenario, int place);
/// \param to its place afterwards.
void moveAction(Scenario& scenario, int from, int to);

} // namespace corscope::actionedits
