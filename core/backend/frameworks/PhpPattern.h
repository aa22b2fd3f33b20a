#pragma once

#include <QByteArray>
#include <QRegularExpression>

#include <optional>

namespace corscope {

/// A pattern as preg_match() takes it, between delimiters and with modifiers behind: `#^https://.*\.example\.com\z#i`.
/// None where PHP would warn and find nothing: no delimiters, an unknown modifier, a pattern that cannot be read.
std::optional<QRegularExpression> phpPattern(const QString& written);

/// Laravel's and php-cors' wildcards: `*` is anything, the rest is text. Line breaks are only anything in `anyLine`.
QRegularExpression phpWildcard(const QString& written, bool anyLine);

} // namespace corscope
