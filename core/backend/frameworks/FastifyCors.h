#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// @fastify/cors, the CORS middleware of Fastify.
Result<std::shared_ptr<const Stage>> makeFastifyCors(const StageSettings& settings);

} // namespace corscope
