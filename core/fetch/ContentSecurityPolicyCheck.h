#pragma once

#include "core/fetch/Request.h"
#include "core/trace/Outcome.h"
#include "core/trace/Recorder.h"

namespace corscope {

/// https://w3c.github.io/webappsec-csp/#report-for-request
/// Policies that only watch say what they would refuse. \returns what they say
QList<PolicyReport> reportContentSecurityPolicyViolations(const Request& request, Recorder& recorder);

/// https://w3c.github.io/webappsec-csp/#should-block-request
/// The page has said beforehand where its script may connect to.
std::optional<Blocked> blockedByContentSecurityPolicy(const Request& request, Recorder& recorder);

} // namespace corscope
