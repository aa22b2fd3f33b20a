#pragma once

#include "core/fetch/Profile.h"
#include "core/fetch/Request.h"
#include "core/trace/Recorder.h"

namespace corscope {

/// https://w3c.github.io/webappsec-upgrade-insecure-requests/#upgrade-request
/// Rewrites the current URL from http to https where the page's policy says `upgrade-insecure-requests`.
/// \returns the URL as it was; null where nothing was rewritten.
std::optional<Url> upgradeToPotentiallyTrustworthyUrl(Request& request, const Profile& profile, Recorder& recorder);

} // namespace corscope
