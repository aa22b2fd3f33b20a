#pragma once

#include "core/scenario/Scenario.h"

/// Changing the lists of a scenario's servers. What else in the scenario names an entry by its place in the list (a
/// change between two sends) goes along with it, or goes when the entry goes. Places that do not exist change nothing.
namespace corscope::serveredits {

/// Before the stage that stands at that place.
void insertStage(Scenario& scenario, int server, int place, const StageConfig& stage);
void removeStage(Scenario& scenario, int server, int place);
/// \param to its place afterwards.
void moveStage(Scenario& scenario, int server, int from, int to);

void insertRoute(Scenario& scenario, int server, int place, const RouteConfig& route);
void removeRoute(Scenario& scenario, int server, int place);
void moveRoute(Scenario& scenario, int server, int from, int to);

/// At the end of the list.
void addServer(Scenario& scenario, const ServerConfig& server);
void removeServer(Scenario& scenario, int place);

/// A server to begin with: a name and a port that no other server of the scenario has, one route.
ServerConfig freshServer(const Scenario& scenario);
/// The same server again, under a name and a port of its own.
ServerConfig copiedServer(const Scenario& scenario, int place);

} // namespace corscope::serveredits
