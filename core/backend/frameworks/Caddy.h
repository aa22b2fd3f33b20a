#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// Caddy in front of the application, by the user's own Caddyfile: what core/backend/directives/CaddyConfig.h reads of it.
Result<std::shared_ptr<const Stage>> makeCaddy(const StageSettings& settings);

} // namespace corscope
