#pragma once

#include "core/fetch/Response.h"
#include "core/trace/Recorder.h"

namespace corscope {

/// Opaque Response Blocking, the draft that is to become part of Fetch (https://github.com/whatwg/fetch/pull/1442,
/// https://github.com/annevk/orb): whether a response that came without permission is something pages embed, a script, a
/// style sheet, a picture. What is not stays out of the page's process.
bool isInOpaqueResponseSafelist(const Response& response, Recorder& recorder);

} // namespace corscope
