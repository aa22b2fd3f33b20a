#pragma once

#include <QFont>
#include <QString>
#include <QStringList>

namespace corscope {

/// Text in at most `lines` lines that are at most `width` wide, cut with an ellipsis where it needs more.
QStringList wrapped(const QString& text, const QFont& font, double width, int lines);

/// A header ("Name: value") in one line: whole where it fits, else without the words that all CORS headers begin with,
/// else with the middle of its value left out, so that scheme, end of the host and port can still be read.
QString headerLine(const QString& header, const QFont& font, double width);
/// "…Allow-Origin: *" for "Access-Control-Allow-Origin: *".
QString shortHeader(const QString& header);

/// Names of several words written as one may be broken between them.
QString breakable(const QString& name);

} // namespace corscope
