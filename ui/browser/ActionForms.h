#pragma once

#include <QWidget>

namespace corscope {

class ActionBar;
class Field;
class ScenarioDocument;

/// A wait of the scenario.
class WaitForm : public QWidget
{
    Q_OBJECT
public:
    WaitForm(ScenarioDocument& document, ActionBar& bar, QWidget* parent = nullptr);

private:
    void refresh();

    ScenarioDocument& m_document;
    ActionBar& m_bar;
    Field* m_seconds;
};

/// A change of a setting between two requests.
class ChangeForm : public QWidget
{
    Q_OBJECT
public:
    ChangeForm(ScenarioDocument& document, ActionBar& bar, QWidget* parent = nullptr);

private:
    void refresh();
    void tryOut();

    ScenarioDocument& m_document;
    ActionBar& m_bar;
    Field* m_path;
    Field* m_value;
};

} // namespace corscope
