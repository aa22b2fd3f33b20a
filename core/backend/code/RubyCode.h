#pragma once

#include "core/backend/code/CodeTokens.h"

namespace corscope::ruby {

/// The words of the source, the last one End; comments and layout are left out. Symbols are strings whose flags are
/// ":"; %w[..] and %i[..] are lists like any other.
Result<std::vector<code::Token>> tokens(const QByteArray& code);

/// A value as Ruby source; {"regex", "flags"} becomes a pattern. \param symbols words are written as symbols
QByteArray literal(const QJsonValue& value, bool symbols = false);

} // namespace corscope::ruby
