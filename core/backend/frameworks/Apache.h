#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// Apache in front of the application, by the user's own directives: those of core/backend/directives/ApacheConfig.h.
Result<std::shared_ptr<const Stage>> makeApache(const StageSettings& settings);

} // namespace corscope
