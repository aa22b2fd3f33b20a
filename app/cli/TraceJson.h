#pragma once

#include "core/scenario/Scenario.h"
#include "core/trace/Trace.h"

namespace corscope::cli {

/// The trace in the form that resources/docs/trace-json.md describes.
QByteArray traceJson(const Scenario& scenario, const Trace& trace, const QStringList& unmet);

} // namespace corscope::cli
