#pragma once

#include <QString>

#include <optional>

namespace corscope {

/// How well typed letters fit a text in which they stand in this order, not necessarily side by side: "stb" fits "Step
/// back". Beginnings of words and letters side by side count more, a long text less. Null where they do not fit; letters
/// of several typed words are looked for word by word, in any order.
std::optional<int> fuzzyMatch(const QString& typed, const QString& text);

} // namespace corscope
