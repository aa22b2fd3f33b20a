#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// HandleCors() of h3, which Nitro and Nuxt stand on.
Result<std::shared_ptr<const Stage>> makeH3Cors(const StageSettings& settings);

} // namespace corscope
