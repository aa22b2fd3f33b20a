#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// The package github.com/rs/cors for Go.
Result<std::shared_ptr<const Stage>> makeRsCors(const StageSettings& settings);

} // namespace corscope
