#pragma once

#include "core/backend/code/CodeTokens.h"

namespace corscope::php {

/// The words of the source, the last one End; comments, layout and the tags are left out. A string with a variable in
/// it has the flag "$", and stands as it is written.
Result<std::vector<code::Token>> tokens(const QByteArray& code);

/// A value as PHP source; strings in single quotes.
QByteArray literal(const QJsonValue& value);

/// The keys and values of the first array behind `target`: `return ['a' => 1]`, `return array('a' => 1)`.
Result<std::vector<code::Argument>> readCall(const QByteArray& code, const QByteArray& target);

} // namespace corscope::php
