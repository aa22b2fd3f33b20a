#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// @middy/http-cors, the CORS middleware of middy.
Result<std::shared_ptr<const Stage>> makeMiddyCors(const StageSettings& settings);

} // namespace corscope
