#pragma once

#include "core/advise/Remedy.h"
#include "core/advise/Situation.h"

/// Where remedies come from. Each list is what is worth a try in that situation; whether it helps is found by running.
namespace corscope::advise {

/// By the parts that a middleware's options play: this origin, method, header, credentials.
std::vector<Bundle> settingRemedies(const Situation& at, int stage);
/// By the headers that a stage or a route writes as they stand.
std::vector<Bundle> headerRemedies(const Situation& at);
/// By the lines of a server's own directives.
std::vector<Bundle> directiveRemedies(const Situation& at, int stage);
/// By which stages there are, in which order.
/// \param framework what is inserted where no middleware is there
std::vector<Bundle> pipelineRemedies(const Situation& at, const QByteArray& framework);
/// By a connection that breaks.
std::vector<Bundle> connectionRemedies(const Situation& at);
/// By how stages redirect, where a redirect was followed.
std::vector<Bundle> redirectRemedies(const Situation& at);
/// By what the page asks for, and where.
std::vector<Bundle> requestRemedies(const Situation& at);

/// All of them.
std::vector<Bundle> remedies(const Situation& at, const QByteArray& framework);

/// What can be done where no setting helps; empty where nothing is known.
QString withoutRemedy(const Blocked& blocked);

} // namespace corscope::advise
