#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// aiohttp_cors.setup() and the routes that were added to it.
Result<std::shared_ptr<const Stage>> makeAiohttpCors(const StageSettings& settings);

} // namespace corscope
