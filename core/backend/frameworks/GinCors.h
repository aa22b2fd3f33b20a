#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// The package github.com/gin-contrib/cors, in the versions of its description.
Result<std::shared_ptr<const Stage>> makeGinCors(const StageSettings& settings);

} // namespace corscope
