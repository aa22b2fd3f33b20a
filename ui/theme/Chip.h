#pragma once

#include <QLabel>

namespace corscope {

/// A short word on a tinted, rounded ground: a verdict, a lamp, a count. Says what it says in words; the tint only
/// repeats it.
class Chip : public QLabel
{
    Q_OBJECT
public:
    enum class Look { Neutral, Allow, Block, Preflight, Accent };
    explicit Chip(QWidget* parent = nullptr);
    Chip(const QString& text, Look look, QWidget* parent = nullptr);
    void say(const QString& text, Look look);
    Look look() const { return m_look; }

private:
    Look m_look = Look::Neutral;
};

/// Sets a dynamic property that the style looks at, and has the widget drawn anew.
void setLook(QWidget& widget, const char* property, const QString& value);

} // namespace corscope
