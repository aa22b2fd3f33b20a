#pragma once

#include "core/share/Exchanges.h"

namespace corscope::share {

/// One send as the text of an issue: verdict, how to reproduce it, what was asked and answered, the diagram, the server's
/// settings. Whatever the scenario says stands in code, so that nothing of it is read as markup.
QByteArray markdownIssue(const Scenario& scenario, const Trace& trace, int action, const SharedSend& send);

} // namespace corscope::share
