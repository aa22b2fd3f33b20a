#pragma once

#include "core/base/Clock.h"
#include "core/fetch/Authentication.h"
#include "core/fetch/HttpCache.h"
#include "core/fetch/PreflightCache.h"
#include "core/fetch/Profile.h"
#include "core/http/CookieJar.h"

#include <QSet>

namespace corscope {

/// The simulated browser: its own ways, and its state, which outlives a fetch: the virtual clock, the caches, the
/// cookies and the passwords that servers took.
struct Browser
{
    Profile profile; ///< the standard's way unless said otherwise
    Clock clock;
    PreflightCache preflightCache;
    HttpCache httpCache;
    AuthenticationEntries authenticationEntries;
    CookieJar cookieJar;
    bool hasInitialCookies = false; ///< those of its scenario have been put into the jar
    QSet<QByteArray> openConnections; ///< by partition, origin and whether credentials go along
};

} // namespace corscope
