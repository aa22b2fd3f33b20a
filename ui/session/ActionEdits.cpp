#include "ui/session/ActionEdits.h"

#include "ui/session/ListPlaces.h"

#include <algorithm>

namespace corscope::actionedits {

namespace {

void followActions(Scenario& scenario, const Places& places)
{
    auto& expectations = scenario.expectations;
    for (auto& expectation : expectations)
        expectation.action = places(expectation.action);
    std::erase_if(expectations, [](const Expectation& expectation) { return expectation.action < 0; });
    std::stable_sort(expectations.begin(), expectations.end(),
                     [](const Expectation& a, const Expectation& b) { return a.action < b.action; });
}

} // namespace

void insertAction(Scenario& scenario, int place, const Action& action)
{
    if (place < 0 || place > int(scenario.actions.size()))
        return;
    scenario.actions.insert(scenario.actions.begin() + place, action);
    followActions(scenario, inserted(place));
}

void removeAction(Scenario& scenario, int place)
{
    if (place < 0 || place >= int(scenario.actions.size()))
        return;
    scenario.actions.erase(scenario.actions.begin() + place);
    followActions(scenario, removed(place));
}

void moveAction(Scenario& scenario, int from, int to)
{
    const int count = int(scenario.actions.size());
    if (from < 0 || from >= count || to < 0 || to >= count || from == to)
        return;
    const auto action = scenario.actions[size_t(from)];
    scenario.actions.erase(scenario.actions.begin() + from);
    scenario.actions.insert(scenario.actions.begin() + to, action);
    followActions(scenario, moved(from, to));
}

} // namespace corscope::actionedits
