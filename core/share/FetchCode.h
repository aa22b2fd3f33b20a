#pragma once

#include "core/fetch/FetchCall.h"

#include <QString>

namespace corscope {

/// The call as a page's author writes it; options that have their default are left out.
QString fetchCode(const FetchCall& call);

} // namespace corscope
