#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// middleware.CORS of Echo 4 (github.com/labstack/echo).
Result<std::shared_ptr<const Stage>> makeEchoCors(const StageSettings& settings);

} // namespace corscope
