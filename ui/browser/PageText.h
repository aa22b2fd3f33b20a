#pragma once

#include "core/trace/Outcome.h"

#include <QColor>

namespace corscope {

struct PageTextColours
{
    QColor quiet;
    QColor bad;
};

/// The page's view of one fetch() as rich text: what the promise became, what script can read, and, struck through,
/// what the browser received but keeps from it.
QString pageViewHtml(const SendOutcome& outcome, const PageTextColours& colours);

} // namespace corscope
