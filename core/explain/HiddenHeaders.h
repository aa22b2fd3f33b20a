#pragma once

#include "core/trace/Outcome.h"

#include <QString>

namespace corscope::explain {

/// Why script does not see a header that came, in one sentence.
QString hiddenHeaderReason(const PageView& page, QByteArrayView name);

} // namespace corscope::explain
