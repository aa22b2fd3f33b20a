#pragma once

#include "core/base/Result.h"
#include "core/paste/PastedRequest.h"

namespace corscope::paste {

/// A call of fetch() in JavaScript that begins at that place, as people write it and as browsers copy it. What is no
/// literal is taken for granted, and said.
Result<PastedRequest> readFetchCode(const QString& text, qsizetype from);

} // namespace corscope::paste
