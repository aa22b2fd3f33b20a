#pragma once

#include <QFrame>

class QAbstractButton;
class QLabel;
class QMenu;
class QToolButton;

namespace corscope {

class ElidedButton;

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
    QString title() const;
    QAbstractButton* enabledSwitch() const { return m_enabled; }
    ElidedButton* name() const { return m_name; } ///< chooses the stage
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
