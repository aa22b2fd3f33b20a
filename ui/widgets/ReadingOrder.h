#pragma once

#include <QList>

class QWidget;

namespace corscope {

/// What the Tab key goes through, in the order in which one reads: column by column, line by line, whenever it was made.
/// Of buttons of which one is chosen, only that one.
QList<QWidget*> readingOrder(QWidget& window);
/// Takes the keyboard to the next (or previous) one, and scrolls it into sight. \returns whether there is one.
bool focusInReadingOrder(QWidget& window, bool next);

} // namespace corscope
