#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// Spring's CorsFilter (org.springframework.web.filter), with its CorsConfiguration and DefaultCorsProcessor.
Result<std::shared_ptr<const Stage>> makeSpringCors(const StageSettings& settings);

} // namespace corscope
