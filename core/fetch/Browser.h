#pragma once

#include "core/base/Clock.h"
#include "core/fetch/Authentication.h"
#include "core/fetch/HttpCache.h"
#include "core/fetch/PreflightCache.h"
#include "core/http/CookieJar.h"

namespace corscope {

/// The simulated browser's own state, which outlives a fetch: the virtual clock, the caches, the cookies and the
/// passwords that servers took.
struct Browser
{
    Clock clock;
    PreflightCache preflightCache;
    HttpCache httpCache;
    AuthenticationEntries authenticationEntries;
    CookieJar cookieJar;
};

} // namespace corscope
