#pragma once

#include <QPlainTextEdit>

namespace corscope {

class CodeColours;

/// Code in a fixed font, as wide as its column and as tall as its text, with one line that can be pointed at. What those
/// who show it and those who edit it have in common: the theme's colours and the size.
class CodeText : public QPlainTextEdit
{
    Q_OBJECT
public:
    QString code() const { return toPlainText(); }
    /// \param line from 0; -1 for none.
    void pointAt(int line);

protected:
    enum class Colours { Code, None };
    CodeText(const QString& role, Colours colours, QWidget* parent);

    int pointedLine() const { return m_line; }
    int textHeight() const; ///< of all its lines as they are wrapped now
    QTextEdit::ExtraSelection wholeLine(int line, const QColor& fill) const;
    /// Puts the marks on, in the theme's colours: the line pointed at, and what else there is.
    virtual void mark();

    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    CodeColours* m_colours = nullptr;
    int m_line = -1;
};

} // namespace corscope
