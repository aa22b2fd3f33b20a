#pragma once

#include "core/backend/code/CodeTokens.h"

namespace corscope::java {

/// A value as Java source; a whole number is a long one.
QByteArray literal(const QJsonValue& value);

/// What the setters are given of the first object of the class that is made: `c.setMaxAge(600L)`, and `add...` by
/// one item. Where none is made, what Spring MVC is told: `registry.addMapping("/**").maxAge(600)`, or else
/// `@CrossOrigin(maxAge = 600)`.
Result<std::vector<code::Argument>> readCall(const QByteArray& code, const QByteArray& target);

} // namespace corscope::java
