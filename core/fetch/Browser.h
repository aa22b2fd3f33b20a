#pragma once

#include "core/base/Clock.h"
#include "core/fetch/PreflightCache.h"
#include "core/http/CookieJar.h"

namespace corscope {

/// The simulated browser's own state, which outlives a fetch: the virtual clock, the caches and the cookies.
struct Browser
{
    Clock clock;
    PreflightCache preflightCache;
    CookieJar cookieJar;
};

} // namespace corscope
