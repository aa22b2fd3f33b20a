#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// The package github.com/rs/cors for Go.
Result<std::shared_ptr<const Stage>> makeRsCors(const StageSettings& settings);
/// The package github.com/go-chi/cors, which came out of it.
Result<std::shared_ptr<const Stage>> makeChiCors(const StageSettings& settings);

} // namespace corscope
