#pragma once

#include "core/advise/Situation.h"
#include "core/fetch/Browser.h"
#include "core/fetch/Client.h"

namespace corscope::advise {

/// The scenario as it stands when that action begins: changes before it made and replaced by waits of no time, what
/// comes after it dropped, so that indices stay the same. Null where a change cannot be made.
std::optional<Scenario> stateAt(const Scenario& scenario, int action);

/// Runs the scenario up to that send, in-process, nobody watching. Null where its settings are refused.
std::optional<SendOutcome> verdict(const Scenario& scenario, int action);

/// Runs it again with a recorder and looks at what happened. Null where there is nothing that blocks.
/// \param state must outlive the situation
std::optional<Situation> situationOf(const Scenario& state, int action);

/// Sends that know nothing of each other, to the scenario's servers: a fresh browser for each, with these cookies.
class Strangers
{
public:
    Strangers(const Scenario& scenario, const CookieJar& cookies);
    ~Strangers();
    /// Null where the servers' settings are refused.
    std::optional<SendOutcome> send(const OpenPage& page, const FetchCall& call);

private:
    const Scenario& m_scenario;
    const CookieJar& m_cookies;
    std::unique_ptr<class World> m_world;
};
/// The cookies that the browser has after the actions before that one.
CookieJar cookiesBefore(const Scenario& state, int action);

} // namespace corscope::advise
