#pragma once

#include "core/share/Exchanges.h"

namespace corscope::share {

/// The call as its page's script has it, and in comments below it what the call alone cannot say: the messages that crossed
/// the wire, and what the console says. Runs as it stands.
QByteArray fetchText(const SharedSend& send);

} // namespace corscope::share
