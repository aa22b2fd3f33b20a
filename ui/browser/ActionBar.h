#pragma once

#include "core/scenario/Scenario.h"

#include <QWidget>

class QAction;
class QComboBox;

namespace corscope {

class ChosenPage;
class MenuButton;
class ScenarioDocument;

/// What happens in the scenario, one line at a time: which action the forms below show, and what can be done with it.
class ActionBar : public QWidget
{
    Q_OBJECT
public:
    ActionBar(ScenarioDocument& document, ChosenPage& page, QWidget* parent = nullptr);

    int action() const { return m_action; } ///< index into Scenario::actions; -1 where there is none

Q_SIGNALS:
    void actionShown(); ///< another action, or its kind

private:
    QAction* offer(MenuButton* button, const char* name, const QString& text, void (ActionBar::*slot)());
    void choose(int action);
    void insert(const QString& name, const Action& action);
    void addRequest();
    void addWait();
    void addChange();
    void duplicate();
    void remove();
    void moveUp() { move(-1); }
    void moveDown() { move(1); }
    void move(int by);
    void followSend();
    void refresh();
    QString describe(int action) const;

    ScenarioDocument& m_document;
    ChosenPage& m_page;
    QComboBox* m_actions;
    MenuButton* m_add;
    MenuButton* m_more;
    QAction* m_remove;
    QAction* m_up;
    QAction* m_down;
    int m_action = -1;
};

} // namespace corscope
