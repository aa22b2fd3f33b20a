#pragma once

#include "core/backend/StageCatalogue.h"

namespace corscope {

/// Sends requests that came over http to https. A preflight must not be redirected, so a page that calls the http
/// address with more than a simple request fails here.
Result<std::shared_ptr<const Stage>> makeHttpsRedirect(const StageSettings& settings);

/// Sends a path that has no route to the same path with, or without, its last slash, where that has one.
Result<std::shared_ptr<const Stage>> makeTrailingSlashRedirect(const StageSettings& settings);

} // namespace corscope
