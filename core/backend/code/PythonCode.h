#pragma once

#include "core/backend/code/CodeTokens.h"

namespace corscope::python {

/// The words of the source, the last one End; comments and layout are left out.
Result<std::vector<code::Token>> tokens(const QByteArray& code);

/// A value as Python source. \param pattern a regular expression, written as a raw string where that is easier to read
QByteArray literal(const QJsonValue& value, bool pattern = false);

/// The keyword arguments of the first call that mentions `target`, as its function or as its first argument:
/// `CORSMiddleware(app, a=1)`, `app.add_middleware(CORSMiddleware, a=1)`.
Result<std::vector<code::Argument>> readCall(const QByteArray& code, const QByteArray& target);

} // namespace corscope::python
