#pragma once

#include "core/backend/FrameworkDescription.h"
#include "core/backend/code/CodeTokens.h"

#include <optional>

namespace corscope::go {

/// A value as Go source: lists are []string.
QByteArray literal(const QJsonValue& value);

/// The fields of the first struct literal of that type: `cors.Options{AllowCredentials: true}`; or the functional
/// options of the first call of that name: `handlers.CORS(handlers.AllowCredentials())`. Calls of methods with one
/// literal come with them, as setters.
Result<std::vector<code::Argument>> readCall(const QByteArray& code, const QByteArray& target);
/// What is assigned to the fields of the settings that a function returns (`cors.DefaultConfig`):
/// `config := cors.DefaultConfig()`, `config.MaxAge = time.Hour`. No value where the function is not called.
std::optional<Result<std::vector<code::Argument>>> readPreset(const QByteArray& code, const QByteArray& function);

/// Durations and functions as what is chosen for the option.
Result<QJsonValue> asSetting(const OptionDescription& option, const QJsonValue& read);

} // namespace corscope::go
