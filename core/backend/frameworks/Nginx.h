#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// nginx in front of the application, by the user's own directives: those of core/backend/directives/NginxConfig.h.
Result<std::shared_ptr<const Stage>> makeNginx(const StageSettings& settings);

} // namespace corscope
