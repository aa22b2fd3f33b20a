#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// Micro-cors, the CORS middleware of micro.
Result<std::shared_ptr<const Stage>> makeMicroCors(const StageSettings& settings);

} // namespace corscope
