#pragma once

#include <QString>
#include <QStringList>

namespace corscope::share {

enum class Weight { Normal, Bold };

/// How wide a text stands in a usual sans serif, in units of the font's size, a little generously: a diagram that is read
/// elsewhere is set in a font nobody knows here.
double textWidth(const QString& text, Weight weight);

/// The text in at most `lines` lines of that width, broken between words, inside of one where it is too long alone, and cut
/// with an ellipsis where it needs more.
QStringList wrappedText(const QString& text, Weight weight, double width, int lines);

} // namespace corscope::share
