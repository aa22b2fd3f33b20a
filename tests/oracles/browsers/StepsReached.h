#pragma once

#include "tests/oracles/browsers/Recording.h"

#include <QTextStream>

namespace corscope::oracles::browsers {

/// Replays the cases in every profile and looks which steps of resources/spec/steps.json are ever recorded. Prints those
/// that are not, and those that are although the file says that no case reaches them.
/// \returns how many are wrong in one way or the other
int unreachedSteps(const std::vector<RecordedCase>& cases, QTextStream& out);

} // namespace corscope::oracles::browsers
