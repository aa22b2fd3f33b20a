#pragma once

#include <QPlainTextEdit>

namespace corscope {

class CodeColours;

/// Code to read and to copy: a few lines, one of which can be pointed at. As tall as its text, up to a limit.
class CodeView : public QPlainTextEdit
{
    Q_OBJECT
public:
    enum class Language { JavaScript, Python, PlainText };
    explicit CodeView(Language language, QWidget* parent = nullptr);

    void setCode(const QString& code);
    QString code() const { return toPlainText(); }
    /// \param line from 0; -1 for none.
    void pointAt(int line);
    /// Never less tall than the text: for code in a column that scrolls itself.
    void setFullHeight() { m_fullHeight = true; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void copyAll();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    int textHeight() const;
    void mark();

    bool m_fullHeight = false;
    int m_line = -1;
    CodeColours* m_colours = nullptr;
};

} // namespace corscope
