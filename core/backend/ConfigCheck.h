#pragma once

#include "core/backend/ServerConfig.h"
#include "core/base/Result.h"

namespace corscope {

/// Whether address and routes of a server can be served; the pipeline is looked at by makeStage(). Errors carry a JSON
/// path relative to the server ("routes[2].path").
Result<Done> checkedConfig(const ServerConfig& config);

} // namespace corscope
