#pragma once

#include "core/trace/Outcome.h"

#include <QString>

namespace corscope::explain {

/// What is wrong, as half a sentence without a subject's name: "the answer carries no Access-Control-Allow-Origin".
QString reason(const Blocked& blocked, const SendOutcome& outcome);

/// A few words for a box: "no Access-Control-Allow-Origin".
QString shortReason(const Blocked& blocked);

} // namespace corscope::explain
