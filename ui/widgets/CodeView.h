#pragma once

#include "ui/widgets/CodeText.h"

namespace corscope {

/// Code to read and to copy: a few lines, one of which can be pointed at. As tall as its text, up to a limit.
class CodeView : public CodeText
{
    Q_OBJECT
public:
    enum class Language { JavaScript, Python, PlainText };
    explicit CodeView(Language language, QWidget* parent = nullptr);

    void setCode(const QString& code);
    /// Never less tall than the text: for code in a column that scrolls itself.
    void setFullHeight() { m_fullHeight = true; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void copyAll();

private:
    int wholeHeight() const;

    bool m_fullHeight = false;
};

} // namespace corscope
