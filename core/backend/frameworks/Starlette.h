#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// CORSMiddleware of Starlette, which FastAPI hands on unchanged, in the versions of its description.
Result<std::shared_ptr<const Stage>> makeStarlette(const StageSettings& settings);

} // namespace corscope
