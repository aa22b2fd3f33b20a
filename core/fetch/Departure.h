#pragma once

#include "core/fetch/Profile.h"
#include "core/trace/Recorder.h"

namespace corscope {

/// Asks a rule how it goes in this browser. Where that is not the standard's way, the trace says so: one step for each
/// difference that decides the rule on its own.
template<typename Rule>
auto decided(const Profile& profile, Spec& spec, Rule rule)
{
    const auto answer = rule(profile);
    if (spec.listening() && profile != Profile()) {
        if (const auto standard = rule(Profile()); !(answer == standard))
            for (const auto& [difference, departure] : departuresOf(profile))
                if (!(rule(departure) == standard))
                    spec.departure(difference);
    }
    return answer;
}

} // namespace corscope
