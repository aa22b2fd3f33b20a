#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// HAProxy in front of the application, by the user's own directives: those of core/backend/directives/HaproxyConfig.h.
Result<std::shared_ptr<const Stage>> makeHaproxy(const StageSettings& settings);

} // namespace corscope
