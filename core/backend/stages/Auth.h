#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// Answers 401 to requests without credentials. A browser sends a preflight without any, which is how authentication
/// in front of the CORS middleware breaks it.
Result<std::shared_ptr<const Stage>> makeAuth(const StageSettings& settings);

} // namespace corscope
