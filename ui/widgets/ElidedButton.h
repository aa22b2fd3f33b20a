#pragma once

#include <QPushButton>

namespace corscope {

/// A button that gives way when there is little room: its text ends in an ellipsis.
class ElidedButton : public QPushButton
{
    Q_OBJECT
public:
    using QPushButton::QPushButton;
    void say(const QString& text);
    QString wholeText() const { return m_text; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void elide();
    QString m_text;
};

} // namespace corscope
