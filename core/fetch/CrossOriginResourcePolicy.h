#pragma once

#include "core/fetch/Request.h"
#include "core/fetch/Response.h"
#include "core/trace/Recorder.h"

namespace corscope {

/// https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check : a server's veto against being embedded unread.
/// \returns nothing where the response is allowed, the reason where it is blocked.
std::optional<Blocked> crossOriginResourcePolicyCheck(const Request& request, const Response& response,
                                                      Recorder& recorder);

/// https://fetch.spec.whatwg.org/#cross-origin-embedder-policy-allows-credentials
bool embedderPolicyAllowsCredentials(const Request& request);

} // namespace corscope
