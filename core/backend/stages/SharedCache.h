#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// A cache in front of the application that serves everybody: a proxy, or a CDN. One that ignores `Vary` hands the
/// answer made for one origin, or for no origin at all, to another.
///
/// What it has stored lives as long as the settings of its server stand as they are: changing them empties it.
Result<std::shared_ptr<const Stage>> makeSharedCache(const StageSettings& settings);

} // namespace corscope
