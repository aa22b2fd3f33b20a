#pragma once

#include "core/base/Clock.h"
#include "core/fetch/PreflightCache.h"

namespace corscope {

/// The simulated browser's own state, which outlives a fetch: the virtual clock and the caches.
struct Browser
{
    Clock clock;
    PreflightCache preflightCache;
    int lane = -1; ///< of the trace being recorded
};

} // namespace corscope
