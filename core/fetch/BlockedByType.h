#pragma once

#include "core/fetch/Request.h"
#include "core/fetch/Response.h"
#include "core/trace/Recorder.h"

namespace corscope {

/// Refusals of a response by its type, once it has arrived: for scripts and style sheets only.

/// https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?
std::optional<Blocked> blockedDueToMimeType(const Request& request, const Response& response, Recorder& recorder);

/// https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?
std::optional<Blocked> blockedDueToNosniff(const Request& request, const Response& response, Recorder& recorder);

} // namespace corscope
