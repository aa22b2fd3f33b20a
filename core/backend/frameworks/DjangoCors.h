#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// CorsMiddleware of django-cors-headers, in the versions of its description.
Result<std::shared_ptr<const Stage>> makeDjangoCors(const StageSettings& settings);

} // namespace corscope
