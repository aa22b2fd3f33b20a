#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// falcon.CORSMiddleware.
Result<std::shared_ptr<const Stage>> makeFalconCors(const StageSettings& settings);

} // namespace corscope
