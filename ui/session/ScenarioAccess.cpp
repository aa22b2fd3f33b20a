#include "ui/session/ScenarioAccess.h"

namespace corscope::scenarioaccess {

namespace {

template<typename List>
auto* at(List& list, int i)
{
    using Pointer = decltype(&list[0]);
    return i >= 0 && size_t(i) < list.size() ? &list[size_t(i)] : Pointer(nullptr);
}

} // namespace

const SendAction* send(const Scenario& scenario, int action)
{
    const auto* found = at(scenario.actions, action);
    return found ? std::get_if<SendAction>(found) : nullptr;
}

SendAction* send(Scenario& scenario, int action)
{
    return const_cast<SendAction*>(send(std::as_const(scenario), action));
}

const PageConfig* pageOf(const Scenario& scenario, int action)
{
    const auto* call = send(scenario, action);
    if (!call)
        return nullptr;
    for (const auto& page : scenario.pages)
        if (page.id == call->page)
            return &page;
    return nullptr;
}

PageConfig* pageOf(Scenario& scenario, int action)
{
    return const_cast<PageConfig*>(pageOf(std::as_const(scenario), action));
}

const CompareAction* lastCompare(const Scenario& scenario)
{
    for (auto it = scenario.actions.rbegin(); it != scenario.actions.rend(); ++it)
        if (const auto* compare = std::get_if<CompareAction>(&*it))
            return compare;
    return nullptr;
}

CompareAction* lastCompare(Scenario& scenario)
{
    return const_cast<CompareAction*>(lastCompare(std::as_const(scenario)));
}

const ServerConfig* server(const Scenario& scenario, int index)
{
    return at(scenario.servers, index);
}

ServerConfig* server(Scenario& scenario, int index)
{
    return at(scenario.servers, index);
}

const StageConfig* stage(const Scenario& scenario, int serverIndex, int index)
{
    const auto* found = server(scenario, serverIndex);
    return found ? at(found->pipeline, index) : nullptr;
}

StageConfig* stage(Scenario& scenario, int serverIndex, int index)
{
    return const_cast<StageConfig*>(stage(std::as_const(scenario), serverIndex, index));
}

} // namespace corscope::scenarioaccess
