#pragma once

#include "core/fetch/CorsSafelist.h"

#include <QString>

namespace corscope {

/// How the request form words the mark of a header: one word for the chip, one sentence for its reason.
QString headerMarkWord(const HeaderMark& mark);
QString headerMarkReason(const HeaderMark& mark);
/// The chip's look: "good", "warning", "bad".
QString headerMarkLook(const HeaderMark& mark);

} // namespace corscope
