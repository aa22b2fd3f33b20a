#pragma once

#include "core/base/Result.h"
#include "core/paste/PastedRequest.h"

namespace corscope::paste {

/// A curl command that begins at that place, as people type it and as browsers copy it, for sh or for cmd.exe.
Result<PastedRequest> readCurlCommand(const QString& text, qsizetype from);

} // namespace corscope::paste
