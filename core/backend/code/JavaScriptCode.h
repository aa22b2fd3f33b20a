#pragma once

#include "core/backend/code/CodeTokens.h"

namespace corscope::javascript {

/// The words of the source, the last one End; comments and layout are left out.
Result<std::vector<code::Token>> tokens(const QByteArray& code);

/// A value as JavaScript source; {"regex", "flags"} becomes a regular expression literal.
QByteArray literal(const QJsonValue& value);

/// The fields of the object that the first call of `target` is given, or of the variable it is given:
/// `app.use(cors({ origin: "*" }))`, `const options = { origin: "*" }; app.use(cors(options))`.
Result<std::vector<code::Argument>> readCall(const QByteArray& code, const QByteArray& target);

} // namespace corscope::javascript
