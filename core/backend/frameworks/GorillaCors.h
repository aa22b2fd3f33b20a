#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// handlers.CORS of github.com/gorilla/handlers.
Result<std::shared_ptr<const Stage>> makeGorillaCors(const StageSettings& settings);

} // namespace corscope
