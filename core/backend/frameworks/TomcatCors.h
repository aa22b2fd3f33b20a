#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// CorsFilter of Apache Tomcat (org.apache.catalina.filters).
Result<std::shared_ptr<const Stage>> makeTomcatCors(const StageSettings& settings);

} // namespace corscope
