#pragma once

#include <QWidget>

class QCheckBox;
class QHBoxLayout;
class QPushButton;

namespace corscope {

class RunController;
class ScenarioDocument;
class ScenarioMenu;

/// The bar above the workspace: scenario, Send, transport, pause.
class TopBar : public QWidget
{
    Q_OBJECT
public:
    /// \param transport steps through the trace.
    TopBar(ScenarioDocument& document, RunController& run, QWidget* transport, QWidget* parent = nullptr);

    ScenarioMenu* scenarios() const { return m_scenarios; }
    void addAtEnd(QWidget* widget);

Q_SIGNALS:
    void sendWanted();

private:
    void showRun();

    RunController& m_run;
    QHBoxLayout* m_row;
    ScenarioMenu* m_scenarios;
    QPushButton* m_send;
    QCheckBox* m_pause;
};

} // namespace corscope
