#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// @koa/cors, the CORS middleware of Koa.
Result<std::shared_ptr<const Stage>> makeKoaCors(const StageSettings& settings);

} // namespace corscope
