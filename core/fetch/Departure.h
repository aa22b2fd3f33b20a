#pragma once

#include "core/fetch/Profile.h"
#include "core/trace/Recorder.h"

namespace corscope {

/// Where a rule does not go the standard's way in this browser, the trace says so: one step for each difference that
/// decides the rule on its own.
template<typename Rule>
void recordDepartures(const Profile& profile, Spec& spec, Rule rule)
{
    static const Profile standard;
    if (!spec.listening() || profile == standard)
        return;
    const auto usual = rule(standard);
    if (rule(profile) == usual)
        return;
    for (const auto& [difference, departure] : departuresOf(profile))
        if (!(rule(departure) == usual))
            spec.departure(difference);
}

/// Asks a rule how it goes in this browser, and records its departures.
template<typename Rule>
auto decided(const Profile& profile, Spec& spec, Rule rule)
{
    recordDepartures(profile, spec, rule);
    return rule(profile);
}

} // namespace corscope
