#pragma once

#include "core/fetch/Profile.h"
#include "core/fetch/Request.h"

namespace corscope {

/// What a preflight names in `Access-Control-Request-Headers`, and what its answer has to allow.
QList<QByteArray> preflightHeaderNames(const Request& request, const Profile& profile);

/// Whether a request needs a preflight for what it was at an earlier hop, be it what it may by now.
bool earlierHopNeedsPreflight(const Request& request, const Profile& profile);

/// The request with the origin that its preflight speaks for, and is remembered under.
Request asPreflightSeesIt(const Request& request, const Profile& profile);

} // namespace corscope
