#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// header() calls written by hand at the top of a PHP script.
Result<std::shared_ptr<const Stage>> makePhpHeaders(const StageSettings& settings);

} // namespace corscope
