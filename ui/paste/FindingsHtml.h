#pragma once

#include "core/paste/PastedReport.h"
#include "ui/theme/Theme.h"

namespace corscope {

/// The scenario in a few lines; what is certain, what was guessed, what could not be read, each with its place. HTML.
QString findingsHtml(const paste::PastedReport& report, const Theme& theme);

} // namespace corscope
