#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// A router that answers OPTIONS its own way, before anything further in could make a preflight's answer of it: it
/// knows no such method, or it lists the methods and believes that is all there is to say.
Result<std::shared_ptr<const Stage>> makeOptionsAnswer(const StageSettings& settings);

} // namespace corscope
