#pragma once

#include "core/advise/Proposal.h"
#include "core/scenario/Scenario.h"
#include "core/trace/Trace.h"

namespace corscope::share {

/// One page that holds a whole run: verdict, diagram, every step with its rule, inputs and message, what page and console
/// saw, settings, logs. It loads nothing, and a Content-Security-Policy keeps it so; its only script is our own, named by
/// its hash, so that nothing in a scenario can become one. Without scripts everything is there, one below the other.
///
/// \param advice on the send of share::sharedAction(); null to leave it out.
QByteArray htmlReport(const Scenario& scenario, const Trace& trace, const advise::Advice* advice = nullptr);

} // namespace corscope::share
