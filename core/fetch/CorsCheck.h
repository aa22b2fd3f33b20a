#pragma once

#include "core/fetch/Request.h"
#include "core/fetch/Response.h"
#include "core/trace/Recorder.h"

namespace corscope {

/// https://fetch.spec.whatwg.org/#concept-cors-check
/// \returns nothing on success, the reason on failure.
std::optional<Blocked> corsCheck(const Request& request, const Response& response, Recorder& recorder);
/// The same in another credentials mode than the request's own.
std::optional<Blocked> corsCheck(const Request& request, CredentialsMode mode, const Response& response,
                                 Recorder& recorder);

} // namespace corscope
