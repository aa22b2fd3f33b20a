#pragma once

#include "core/backend/ServerConfig.h"
#include "core/base/Result.h"
#include "core/paste/LevelledText.h"

#include <optional>

namespace corscope::paste {

/// Settings of a CORS middleware, or a server's own directives, found in pasted text.
struct FrameworkSnippet
{
    StageConfig stage;
    QString title;   ///< of the framework
    TextRange range;
};

/// The first piece of code in which a framework is set up that is known here; the error where there is one that cannot be
/// read; nothing where there is none.
std::optional<Result<FrameworkSnippet>> readFrameworkSnippet(const QString& text);

} // namespace corscope::paste
