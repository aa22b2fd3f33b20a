#pragma once

#include "core/advise/Situation.h"
#include "core/fetch/Browser.h"

namespace corscope::advise {

/// The scenario as it stands when that action begins: changes before it made and replaced by waits of no time, what
/// comes after it dropped, so that indices stay the same. Null where a change cannot be made.
std::optional<Scenario> stateAt(const Scenario& scenario, int action);

/// Runs the scenario up to that send, in-process, nobody watching. Null where its settings are refused.
std::optional<SendOutcome> verdict(const Scenario& scenario, int action);

/// Runs it again with a recorder and looks at what happened. Null where there is nothing that blocks.
/// \param state must outlive the situation
std::optional<Situation> situationOf(const Scenario& state, int action);

/// One send alone, by the scenario's browser against its servers.
std::optional<SendOutcome> sendAlone(const Scenario& scenario, const PageConfig& page, const FetchCall& call,
                                     const CookieJar& cookies);
/// The cookies that the browser has after the actions before that one.
CookieJar cookiesBefore(const Scenario& state, int action);

} // namespace corscope::advise
