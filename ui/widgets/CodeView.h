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

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void copyAll();

private:
    int wholeHeight() const;
};

} // namespace corscope
