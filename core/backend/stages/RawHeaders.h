#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// Adds headers written by hand to the answers that pass, as a user does who has no middleware.
Result<std::shared_ptr<const Stage>> makeRawHeaders(const StageSettings& settings);

} // namespace corscope
