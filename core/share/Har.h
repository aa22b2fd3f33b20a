#pragma once

#include "core/share/Exchanges.h"

namespace corscope::share {

/// The requests of one send as an HTTP Archive, version 1.2, as Chromium's developer tools write it: the preflight is an
/// entry of its own behind the request it went before, a request without an answer has status 0 and `_error`. What the
/// format has no place for, the console's line, stands in its field `comment`.
QByteArray harFile(const Scenario& scenario, const SharedSend& send);

} // namespace corscope::share
