#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// The package `cors` of Express.
Result<std::shared_ptr<const Stage>> makeExpressCors(const StageSettings& settings);

} // namespace corscope
