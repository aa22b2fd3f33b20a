#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// HandleCors of Laravel, which asks fruitcake/php-cors.
Result<std::shared_ptr<const Stage>> makePhpCors(const StageSettings& settings);

} // namespace corscope
