#pragma once

#include "core/base/Clock.h"
#include "core/fetch/PreflightCache.h"
#include "core/fetch/Profile.h"
#include "core/http/CookieJar.h"

namespace corscope {

/// The simulated browser: its own ways, and its state, which outlives a fetch: the virtual clock, the caches and the
/// cookies.
struct Browser
{
    Profile profile; ///< the standard's way unless said otherwise
    Clock clock;
    PreflightCache preflightCache;
    CookieJar cookieJar;
};

} // namespace corscope
