#pragma once

#include <QWidget>

class QCheckBox;
class QHBoxLayout;
class QVBoxLayout;
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
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void sendWanted();

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    void showRun();
    void arrange();
    int widthWithoutTransport() const;

    RunController& m_run;
    QVBoxLayout* m_rows;
    QHBoxLayout* m_row;
    QWidget* m_transport; ///< in the row, or below it where that has no room
    ScenarioMenu* m_scenarios;
    QPushButton* m_send;
    QCheckBox* m_pause;
};

} // namespace corscope
