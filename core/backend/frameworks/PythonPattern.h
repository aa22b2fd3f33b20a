#pragma once

#include "core/base/Result.h"

#include <QRegularExpression>

namespace corscope {

/// A pattern of Python's `re`, for whole strings (re.fullmatch); or why re.compile would refuse it. Where the two
/// dialects differ in meaning the pattern is translated; what only Perl's knows is refused.
Result<QRegularExpression> pythonFullMatch(const QString& pattern);
/// The same for the start of a string (re.match): whatever follows is free.
Result<QRegularExpression> pythonMatch(const QString& pattern);
/// As re.match with re.IGNORECASE.
Result<QRegularExpression> pythonMatchIgnoringCase(const QString& pattern);

} // namespace corscope
