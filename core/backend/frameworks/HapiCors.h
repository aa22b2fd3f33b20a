#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// Hapi's own `cors` setting.
Result<std::shared_ptr<const Stage>> makeHapiCors(const StageSettings& settings);

} // namespace corscope
