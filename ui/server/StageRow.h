#pragma once

#include <QFrame>
#include <QPushButton>

class QAbstractButton;
class QLabel;
class QMenu;
class QToolButton;

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

/// One link of the pipeline as it stands in the list: a grip to drag it by, a switch, its name, a menu.
class StageRow : public QFrame
{
    Q_OBJECT
public:
    explicit StageRow(int index, QWidget* parent = nullptr);
    /// The row of the routes, which is always last and always on.
    static StageRow* ofRoutes(QWidget* parent = nullptr);

    void say(const QString& title, const QString& help, bool enabled, const QString& refusal);
    void setPlace(int index, int count);
    void setChosen(bool chosen);
    QString title() const { return m_name->wholeText(); }
    QAbstractButton* enabledSwitch() const { return m_enabled; }
    ElidedButton* name() const { return m_name; }
    QWidget* grip() const { return m_grip; }
    QToolButton* menuButton() const { return m_menuButton; }

private:
    StageRow(QWidget* parent, const QString& name);

    QLabel* m_grip;
    QAbstractButton* m_enabled;
    ElidedButton* m_name;
    QLabel* m_state;
    QToolButton* m_menuButton;
};

} // namespace corscope
