#pragma once

#include "core/fetch/Request.h"

namespace corscope {

/// https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer
/// \returns null for "no referrer".
std::optional<Url> determineReferrer(const Request& request);

/// https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header : the last policy that is known.
ReferrerPolicy parseReferrerPolicy(const HeaderList& headers);

} // namespace corscope
