#pragma once

#include "core/scenario/JsonWriter.h"
#include "core/scenario/Scenario.h"

namespace corscope {

/// A scenario in the form of its file: the documented order of keys, default values left out.
JsonTree scenarioTree(const Scenario& scenario);

} // namespace corscope
