#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// `hono/cors`, the CORS middleware of Hono.
Result<std::shared_ptr<const Stage>> makeHonoCors(const StageSettings& settings);

} // namespace corscope
