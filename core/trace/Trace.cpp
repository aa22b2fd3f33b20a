#include "core/trace/Trace.h"

#include <algorithm>

namespace corscope {

const SendOutcome* Trace::lastSend() const
{
    for (auto it = outcomes.rbegin(); it != outcomes.rend(); ++it)
        if (const auto* send = std::get_if<SendOutcome>(&*it))
            return send;
    return nullptr;
}

static bool equalState(const State* a, const State* b)
{
    if (a == b)
        return true;
    const auto equal = [](const KeptTable& x, const KeptTable& y) { return x.isMadeOfTheSame(y) || *x == *y; };
    return a && b && std::equal(a->begin(), a->end(), b->begin(), b->end(), equal);
}

/// What two steps point to, or that both point to nothing.
template<typename T>
static bool equalTargets(const T* a, const T* b)
{
    return a == b || (a && b && *a == *b);
}

bool sameButTime(const Step& a, const Step& b)
{
    return a.index == b.index && a.kind == b.kind && a.landmark == b.landmark && a.lane == b.lane
        && a.toLane == b.toLane && a.depth == b.depth && a.parent == b.parent && a.action == b.action
        && a.preflight == b.preflight && a.at == b.at && a.verdict == b.verdict && a.label == b.label
        && std::equal(a.inputs.begin(), a.inputs.end(), b.inputs.begin(), b.inputs.end())
        && a.decidingHeader == b.decidingHeader && equalTargets(a.blocked, b.blocked)
        && equalTargets(a.message, b.message) && equalState(a.state, b.state);
}

} // namespace corscope
