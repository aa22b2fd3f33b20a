#pragma once

#include <QFrame>

class QHBoxLayout;
class QVBoxLayout;

namespace corscope {

class ElidedLabel;

/// A titled panel: a heading line, with room for chips and buttons at its end, and a body.
class Card : public QFrame
{
    Q_OBJECT
public:
    explicit Card(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    QVBoxLayout* body() const { return m_body; }
    void addToHeading(QWidget* widget);
    /// The body goes up to the frame: for views that bring their own margins.
    void setFlush();

private:
    ElidedLabel* m_title;
    QHBoxLayout* m_heading;
    QVBoxLayout* m_body;
};

} // namespace corscope
