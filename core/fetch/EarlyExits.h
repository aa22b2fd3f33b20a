#pragma once

#include "core/fetch/Profile.h"
#include "core/fetch/Request.h"
#include "core/trace/Blocked.h"
#include "core/trace/Recorder.h"

namespace corscope {

/// Refusals that come before CORS is asked, and before anything is sent.

/// https://fetch.spec.whatwg.org/#block-bad-port
std::optional<Blocked> blockedDueToBadPort(const Request& request, Recorder& recorder);

/// https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
/// A page that came over https may not fetch from where a bystander can read along.
std::optional<Blocked> blockedAsMixedContent(const Request& request, const Profile& profile, Recorder& recorder);

} // namespace corscope
