#pragma once

#include "core/backend/FrameworkDescription.h"
#include "core/backend/FunctionSetting.h"
#include "core/backend/code/CodeTokens.h"

namespace corscope::javascript {

/// The words of the source, the last one End; comments and layout are left out.
Result<std::vector<code::Token>> tokens(const QByteArray& code);

/// A value as JavaScript source; {"regex", "flags"} becomes a regular expression literal.
QByteArray literal(const QJsonValue& value);

/// The function as source, with the setting's values in it.
QByteArray functionLiteral(const FunctionDescription& description, const FunctionSetting& setting);
/// The setting that would be written as that source, whatever the function's parameters are called and however it is
/// set; nothing where it is another function.
std::optional<FunctionSetting> recognised(const QByteArray& source, const FunctionDescription& description);

/// The fields of the object that the first call of `target` is given, or of the variable it is given:
/// `app.use(cors({ origin: "*" }))`, `const options = { origin: "*" }; app.use(cors(options))`. A target `f(word,` is a
/// call of `f` whose first argument mentions that word, and the object is the second; a target `f:` is no call, but a
/// field of that name. A function comes as {"source": "..."}.
Result<std::vector<code::Argument>> readCall(const QByteArray& code, const QByteArray& target);

} // namespace corscope::javascript
