#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// The package github.com/jub0bs/cors.
Result<std::shared_ptr<const Stage>> makeJub0bsCors(const StageSettings& settings);

} // namespace corscope
