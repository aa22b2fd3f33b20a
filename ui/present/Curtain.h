#pragma once

#include "core/trace/Trace.h"

/// A run as an audience may see it so far: pure functions from a whole trace to the part of it that was shown. Views need
/// to know nothing of it; what has not been shown is not in the trace that they are given.
namespace corscope::curtain {

enum class LastStep { Asked, Answered };

/// Whether the step answers something that an audience can predict first.
bool isQuestion(const Step& step);
/// The steps up to this one. Where it is only asked, the last one is without its answer. An action's outcome is there as
/// soon as the step that decided it is answered.
Trace shownUntil(const Trace& whole, int step, LastStep last);

} // namespace corscope::curtain
