#pragma once

#include "core/base/Result.h"

#include <QJsonValue>
#include <QRegularExpression>

namespace corscope {

/// A JavaScript regular expression, for RegExp.test(): anywhere in the text, unless it is anchored. What the language
/// would refuse is refused. That `g` and `y` make every second test start where the first one ended is left out.
Result<QRegularExpression> javaScriptPattern(const QString& source, const QString& flags);

} // namespace corscope
