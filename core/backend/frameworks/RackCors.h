#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// Rack::Cors, in the versions of its description.
Result<std::shared_ptr<const Stage>> makeRackCors(const StageSettings& settings);

} // namespace corscope
