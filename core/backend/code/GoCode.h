#pragma once

#include "core/backend/code/CodeTokens.h"

namespace corscope::go {

/// A value as Go source: lists are []string.
QByteArray literal(const QJsonValue& value);

/// The fields of the first struct literal of that type: `cors.Options{AllowCredentials: true}`.
Result<std::vector<code::Argument>> readCall(const QByteArray& code, const QByteArray& target);

} // namespace corscope::go
