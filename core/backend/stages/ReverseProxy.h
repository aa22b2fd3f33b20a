#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// Stands in front of the application as a server of its own: it adds, overrides and strips headers, and answers by
/// itself what the application never gets to see. What it writes itself lacks the application's CORS headers.
Result<std::shared_ptr<const Stage>> makeReverseProxy(const StageSettings& settings);

} // namespace corscope
