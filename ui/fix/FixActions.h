#pragma once

#include <QObject>

class QAction;
class QWidget;

namespace corscope {

class ExplainDialog;
class FixDialog;
class FixFinder;
class RunController;
class ScenarioDocument;
class TraceCursor;

/// *Fix it…* and *Why?*: their actions, their buttons at the verdict, and the dialogs behind them. After a run that ended
/// blocked it looks for fixes by itself, so that the button says how many there are.
class FixActions : public QObject
{
    Q_OBJECT
public:
    /// \param window the dialogs' parent
    FixActions(ScenarioDocument& document, RunController& run, TraceCursor& cursor, QWidget* window);

    QAction* fix() const { return m_fix; }
    QAction* why() const { return m_why; }
    /// Both as buttons, for the end of the verdict bar.
    QWidget* buttons();

public Q_SLOTS:
    void openFix();
    void openWhy();

Q_SIGNALS:
    void sendWanted();

private:
    void follow();
    void showCount();

    ScenarioDocument& m_document;
    RunController& m_run;
    TraceCursor& m_cursor;
    QWidget* m_window;
    FixFinder* m_finder;
    QAction* m_fix;
    QAction* m_why;
    FixDialog* m_fixDialog = nullptr;
    ExplainDialog* m_whyDialog = nullptr;
};

} // namespace corscope
