#pragma once

#include "core/backend/Server.h"
#include "core/base/Result.h"
#include "core/fetch/Browser.h"
#include "core/network/Network.h"
#include "core/scenario/Scenario.h"
#include "core/trace/Trace.h"

#include <memory>

namespace corscope {

/// Runs the actions of a scenario, one after the other, and writes what happens.
///
/// The browser's state (clock, caches) and the servers' (logs) live in the arguments and go on from run to run, so a
/// second *send* meets the preflight cache of the first.
class Runner
{
public:
    Runner(Browser& browser, Backend& backend, Network& network);

    /// Runs all actions of the scenario. The servers must already have the scenario's settings.
    Trace run(const Scenario& scenario, Recorder& recorder);

private:
    Browser& m_browser;
    Backend& m_backend;
    Network& m_network;
};

/// Puts the scenario's cookies into the jar of a browser that has not had them yet. Runner::run() begins with it.
void takeInitialCookies(Browser& browser, const Scenario& scenario);

/// Whether the backend accepts every setting that the scenario's servers have, at the start and after each change.
Result<Done> checkScenario(const Scenario& scenario);

/// The one entry point where nothing needs to be kept: a fresh browser, a fresh backend, in-process. \returns the
/// trace, or what is wrong with the scenario.
Result<Trace> runInProcess(const Scenario& scenario);
/// The same with a browser that remembers something, and goes on to.
Result<Trace> runInProcess(const Scenario& scenario, Browser& browser);

/// One sentence per expectation that the trace does not meet; empty where all hold.
QStringList unmetExpectations(const Scenario& scenario, const Trace& trace);

} // namespace corscope
