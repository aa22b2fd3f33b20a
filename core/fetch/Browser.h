#pragma once

#include "core/base/Clock.h"
#include "core/fetch/PreflightCache.h"
#include "core/http/CookieJar.h"

#include <QSet>

namespace corscope {

/// The simulated browser's own state, which outlives a fetch: the virtual clock, the caches and the cookies.
struct Browser
{
    Clock clock;
    PreflightCache preflightCache;
    CookieJar cookieJar;
    QSet<QByteArray> openConnections; ///< by partition, origin and whether credentials go along
};

} // namespace corscope
