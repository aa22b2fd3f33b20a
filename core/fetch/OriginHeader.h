#pragma once

#include "core/fetch/Profile.h"
#include "core/fetch/Request.h"
#include "core/trace/Recorder.h"

namespace corscope {

/// https://fetch.spec.whatwg.org/#append-a-request-origin-header
void appendOriginHeader(Request& request, const Profile& profile, Recorder& recorder);

} // namespace corscope
