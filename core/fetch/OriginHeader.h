#pragma once

#include "core/fetch/Request.h"
#include "core/trace/Recorder.h"

namespace corscope {

/// https://fetch.spec.whatwg.org/#append-a-request-origin-header
void appendOriginHeader(Request& request, Recorder& recorder);

} // namespace corscope
