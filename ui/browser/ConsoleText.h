#pragma once

#include "core/trace/Trace.h"

namespace corscope {

/// What the developer console of the scenario's browser says after that action; empty where it says nothing.
QString consoleText(const Trace& trace, int action, const QByteArray& profile);

} // namespace corscope
