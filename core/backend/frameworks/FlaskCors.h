#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// Flask-CORS, put around a whole application: CORS(app).
Result<std::shared_ptr<const Stage>> makeFlaskCors(const StageSettings& settings);

} // namespace corscope
