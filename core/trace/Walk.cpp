#include "core/trace/Walk.h"

#include <algorithm>

namespace corscope::walk {

static bool isStop(const Step& step, Stops stops)
{
    return stops == Stops::EveryStep || step.landmark;
}

static bool exists(const Trace& trace, int at)
{
    return at >= 0 && at < trace.size();
}

/// First stop at or after a position; -1 where there is none.
static int stopFrom(const Trace& trace, int from, Stops stops)
{
    for (int i = std::max(from, 0); i < trace.size(); ++i)
        if (isStop(trace.at(i), stops))
            return i;
    return -1;
}

/// Index after the last step inside the algorithm that this Enter step opens.
static int endOf(const Trace& trace, int enter)
{
    int i = enter + 1;
    while (i < trace.size() && trace.at(i).depth > trace.at(enter).depth)
        ++i;
    return i;
}

int first(const Trace& trace, Stops stops)
{
    const int stop = stopFrom(trace, 0, stops);
    return stop >= 0 || trace.size() == 0 ? stop : 0;
}

int last(const Trace& trace, Stops stops)
{
    for (int i = trace.size() - 1; i >= 0; --i)
        if (isStop(trace.at(i), stops))
            return i;
    return trace.size() - 1;
}

int next(const Trace& trace, int at, Stops stops)
{
    const int stop = stopFrom(trace, at + 1, stops);
    return stop < 0 ? at : stop;
}

int back(const Trace& trace, int at, Stops stops)
{
    for (int i = std::min(at, trace.size()) - 1; i >= 0; --i)
        if (isStop(trace.at(i), stops))
            return i;
    return at;
}

int over(const Trace& trace, int at, Stops stops)
{
    if (!exists(trace, at))
        return next(trace, at, stops);
    const auto& step = trace.at(at);
    const int enter = step.preflight >= 0 ? step.preflight : at;
    // NB: what a step sets off (a message: the stages it passes) stands deeper than the step itself.
    const int stop = stopFrom(trace, endOf(trace, enter), stops);
    return stop < 0 ? at : stop;
}

int out(const Trace& trace, int at, Stops stops)
{
    if (!exists(trace, at) || trace.at(at).parent < 0)
        return at;
    const int stop = stopFrom(trace, endOf(trace, trace.at(at).parent), stops);
    return stop < 0 ? at : stop;
}

/// The action whose verdict is shown: the last send, or the last action of all while no send is done.
static int decidingAction(const Trace& trace)
{
    for (int i = int(trace.outcomes.size()) - 1; i >= 0; --i)
        if (std::holds_alternative<SendOutcome>(trace.outcomes[size_t(i)]))
            return i;
    return trace.size() ? trace.at(trace.size() - 1).action : 0;
}

int decision(const Trace& trace, int action)
{
    const bool known = action >= 0 && action < int(trace.outcomes.size());
    const auto* send = known ? std::get_if<SendOutcome>(&trace.outcomes[size_t(action)]) : nullptr;
    if (send && send->blocked && exists(trace, send->blockedStep))
        return send->blockedStep;
    int failure = -1;
    int success = -1;
    for (int i = 0; i < trace.size(); ++i) {
        const auto& step = trace.at(i);
        if (step.kind != StepKind::Decision || step.action != action)
            continue;
        // NB: a stage may refuse without blocking anything; only a failure with its reason keeps script from a response.
        if (step.blocked)
            failure = i;
        else
            success = i;
    }
    return failure >= 0 && !(send && send->allowed()) ? failure : success;
}

int decision(const Trace& trace)
{
    const int at = decision(trace, decidingAction(trace));
    return at >= 0 ? at : last(trace, Stops::Landmarks);
}

int landmarkOf(const Trace& trace, int at)
{
    if (!exists(trace, at) || trace.at(at).landmark)
        return at;
    // From the inside out: what comes next in the same algorithm, then what came before in it, then the one around it.
    int enter = trace.at(at).kind == StepKind::Enter ? at : trace.at(at).parent;
    for (; enter >= 0; enter = trace.at(enter).parent) {
        const int end = endOf(trace, enter);
        for (int i = at + 1; i < end; ++i)
            if (trace.at(i).landmark)
                return i;
        for (int i = at - 1; i > enter; --i)
            if (trace.at(i).landmark)
                return i;
    }
    const int after = next(trace, at, Stops::Landmarks);
    return after != at ? after : back(trace, at, Stops::Landmarks);
}

std::vector<int> stops(const Trace& trace, Stops stops)
{
    std::vector<int> result;
    for (int i = 0; i < trace.size(); ++i)
        if (isStop(trace.at(i), stops))
            result.push_back(i);
    return result;
}

} // namespace corscope::walk
