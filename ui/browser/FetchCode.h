#pragma once

#include "core/scenario/Scenario.h"

namespace corscope {

/// The call as a page's author writes it; options that have their default are left out.
QString fetchCode(const FetchCall& call);

} // namespace corscope
