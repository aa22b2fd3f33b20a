#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// Turns a handler's exception into a 500. What stands outside of it adds its headers to that answer, what stands
/// inside does not.
Result<std::shared_ptr<const Stage>> makeErrorHandler(const StageSettings& settings);

} // namespace corscope
