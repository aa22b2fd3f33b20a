#pragma once

#include <QIcon>

namespace corscope {

struct Theme;

/// The transport bar's signs, drawn rather than taken from a font, so that they look the same on every machine.
enum class Sign { First, Back, Play, Pause, Next, Last, Decision };
QIcon signIcon(Sign sign, const Theme& theme, int size);

} // namespace corscope
