#pragma once

#include "core/fetch/Browser.h"
#include "core/fetch/Request.h"
#include "core/fetch/Response.h"
#include "core/trace/Recorder.h"

namespace corscope {

/// https://fetch.spec.whatwg.org/#append-a-request-cookie-header
void appendCookieHeader(Request& request, Browser& browser, Recorder& recorder);

/// https://fetch.spec.whatwg.org/#parse-and-store-response-set-cookie-headers
void storeSetCookieHeaders(const Request& request, const Response& response, Browser& browser, Recorder& recorder);

} // namespace corscope
