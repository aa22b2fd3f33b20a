#pragma once

#include "core/backend/FrameworkDescription.h"
#include "core/backend/ServerConfig.h"

namespace corscope {

/// The stage with another framework in its place. What both know under whatever name (origins, methods, headers,
/// credentials, seconds ...) is kept where the other can say it; the rest has its defaults. What the framework would
/// refuse at start-up is left out.
StageConfig changedFramework(const StageConfig& stage, const FrameworkDescription& framework);

/// The stage in another version, without the settings that the version does not know. \param version empty: the default
StageConfig changedVersion(const StageConfig& stage, const QByteArray& version);

} // namespace corscope
