#pragma once

#include <QFont>
#include <QString>

namespace corscope::verdicttext {

/// Where the first sentence ends: at a full stop, question or exclamation mark before a space and a capital.
int firstSentenceEnd(const QString& text);

/// The text in so many lines at most, its first sentence in bold: where it is longer, what stands before its last
/// sentence is cut, because the first says who blocked and the last says what the server did.
QString fitted(const QString& text, const QFont& font, double width, int lines);

} // namespace corscope::verdicttext
