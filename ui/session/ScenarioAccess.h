#pragma once

#include "core/scenario/Scenario.h"

/// Finding the parts of a scenario that a form shows. Null where the scenario has no such part.
namespace corscope::scenarioaccess {

const SendAction* send(const Scenario& scenario, int action);
SendAction* send(Scenario& scenario, int action);
/// The page whose script makes this send.
const PageConfig* pageOf(const Scenario& scenario, int action);
PageConfig* pageOf(Scenario& scenario, int action);
const CompareAction* lastCompare(const Scenario& scenario);
CompareAction* lastCompare(Scenario& scenario);
const ServerConfig* server(const Scenario& scenario, int index);
ServerConfig* server(Scenario& scenario, int index);
const StageConfig* stage(const Scenario& scenario, int server, int stage);
StageConfig* stage(Scenario& scenario, int server, int stage);

} // namespace corscope::scenarioaccess
