#pragma once

class QWidget;

namespace corscope {

/// Makes a window that is built follow another size of text: what its widgets took from the font when they were made
/// (own fonts, margins, spacings, least and greatest sizes, parts of splitters) grows or shrinks by the ratio.
void scaleText(QWidget& window, double ratio);

} // namespace corscope
