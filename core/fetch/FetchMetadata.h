#pragma once

#include "core/fetch/Request.h"

namespace corscope {

/// https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-append-the-fetch-metadata-headers-for-a-request
/// `Sec-Fetch-Dest`, `-Mode` and `-Site`, for URLs that are potentially trustworthy.
void appendFetchMetadataHeaders(Request& request);

} // namespace corscope
