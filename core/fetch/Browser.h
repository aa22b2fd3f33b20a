#pragma once

#include "core/base/Clock.h"
#include "core/fetch/Authentication.h"
#include "core/fetch/HttpCache.h"
#include "core/fetch/PreflightCache.h"
#include "core/fetch/Profile.h"
#include "core/http/CookieJar.h"

#include <vector>

namespace corscope {

/// https://fetch.spec.whatwg.org/#concept-connection : what tells one from another.
struct Connection
{
    QByteArray networkPartitionKey;
    Origin origin;
    bool credentials = false;
    bool operator==(const Connection&) const = default;
};

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
    std::vector<Connection> openConnections; ///< one for each server it has talked to; those are few
};

} // namespace corscope
