#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// A line, or a server, that fails on the way back: the application answers, and its answer comes late, broken, or not
/// at all. To a page every one of these looks as if CORS had refused it. Where nothing listens at all no stage is asked:
/// for that, call a port without a server.
Result<std::shared_ptr<const Stage>> makeFault(const StageSettings& settings);

} // namespace corscope
