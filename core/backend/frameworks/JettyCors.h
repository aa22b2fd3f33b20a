#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// CrossOriginFilter of Eclipse Jetty (org.eclipse.jetty.servlets).
Result<std::shared_ptr<const Stage>> makeJettyCors(const StageSettings& settings);

} // namespace corscope
