#pragma once

#include "core/fetch/Response.h"

namespace corscope {

/// https://fetch.spec.whatwg.org/#concept-filtered-response : what a response shows of itself to script.
Response basicFilteredResponse(Response response);
Response corsFilteredResponse(Response response);
Response opaqueFilteredResponse(Response response);
Response opaqueRedirectFilteredResponse(Response response);

/// https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
bool isCorsSafelistedResponseHeaderName(QByteArrayView name, const QList<QByteArray>& exposed);
/// https://fetch.spec.whatwg.org/#forbidden-response-header-name
bool isForbiddenResponseHeaderName(QByteArrayView name);

} // namespace corscope
