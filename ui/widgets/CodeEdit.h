#pragma once

#include "ui/widgets/CodeText.h"

namespace corscope {

/// A few lines of code that can be edited: one line can be pointed at, one place can be marked as a mistake. As tall as
/// its text, within limits. Its undo is the document's, but for text that the document does not have: with a mistake
/// in it.
class CodeEdit : public CodeText
{
    Q_OBJECT
public:
    using CodeText::Colours;
    explicit CodeEdit(Colours colours, QWidget* parent = nullptr);

    /// Without saying so; the cursor stays where it was as far as possible.
    void setCode(const QString& code);
    /// \param line from 0, -1 for none. \param text the words that are wrong there; the whole line where it has none
    /// such. \param column from 0 where it is known; -1 otherwise.
    void markMistake(int line, const QString& text = {}, int column = -1);
    bool hasMistake() const { return m_wrongLine >= 0; }
    /// Whether undo or redo, now, is about typed text that went nowhere else.
    bool undoesItself(const QKeyEvent& key) const;
    void setLines(int least, int most); ///< how tall it is, in lines

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void edited(const QString& code); ///< by the user
    void lineEntered(int line);       ///< the user's cursor went to that line, from 0
    void entered();                   ///< the keyboard is here now

protected:
    void focusInEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void mark() override;

    QString m_shown; ///< the text that is known about
    bool m_quiet = false;
    bool m_redoable = false; ///< a mistake was taken back, and can come again
    int m_wrongLine = -1;
    int m_wrongColumn = -1;
    QString m_wrongText;
    int m_least = 3;
    int m_most = 40;
};

} // namespace corscope
