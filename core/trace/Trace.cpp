#include "core/trace/Trace.h"

namespace corscope {

const SendOutcome* Trace::lastSend() const
{
    for (auto it = outcomes.rbegin(); it != outcomes.rend(); ++it)
        if (const auto* send = std::get_if<SendOutcome>(&*it))
            return send;
    return nullptr;
}

static bool equalState(const std::shared_ptr<const State>& a, const std::shared_ptr<const State>& b)
{
    if (a == b)
        return true;
    if (!a || !b || a->size() != b->size())
        return false;
    for (size_t i = 0; i < a->size(); ++i)
        if (*(*a)[i] != *(*b)[i])
            return false;
    return true;
}

static bool equalMessage(const std::shared_ptr<const WireMessage>& a, const std::shared_ptr<const WireMessage>& b)
{
    return a == b || (a && b && *a == *b);
}

bool sameButTime(const Step& a, const Step& b)
{
    return a.index == b.index && a.kind == b.kind && a.landmark == b.landmark && a.lane == b.lane
        && a.toLane == b.toLane && a.depth == b.depth && a.parent == b.parent && a.action == b.action
        && a.preflight == b.preflight && a.at == b.at && a.verdict == b.verdict && a.label == b.label
        && a.inputs == b.inputs && a.blocked == b.blocked && a.decidingHeader == b.decidingHeader
        && equalMessage(a.message, b.message) && equalState(a.state, b.state);
}

} // namespace corscope
