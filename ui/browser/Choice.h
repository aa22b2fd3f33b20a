#pragma once

#include <QString>
#include <QStringList>

class QComboBox;
class QPlainTextEdit;

namespace corscope {

/// A combo box of words of the platform ("no-cors"), narrow enough for a column.
QComboBox* wordChoice(const char* name, const QString& accessibleName, const QStringList& words);
/// A few lines to type into.
QPlainTextEdit* fewLines(const char* name, const QString& accessibleName, const QString& placeholder);
/// Replaces the text without saying so, unless it is there already.
void setQuietly(QPlainTextEdit& edit, const QString& text);

} // namespace corscope
