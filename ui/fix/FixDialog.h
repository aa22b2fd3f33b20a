#pragma once

#include "core/advise/Proposal.h"
#include "core/scenario/Scenario.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QTabWidget;

namespace corscope {

class FixFinder;
class FixesPage;
class LessPage;
class RunController;
class ScenarioDocument;
class TraceCursor;

/// *Fix it*: what can be changed so that a blocked request goes through, and what could be left out. Stays open beside
/// the window; each change is one step of undo of the document, and the scenario is sent again after it.
class FixDialog : public QDialog
{
    Q_OBJECT
public:
    FixDialog(ScenarioDocument& document, RunController& run, TraceCursor& cursor, FixFinder& finder, QWidget* parent = nullptr);

    /// The send that is looked at: the one at the cursor where that is blocked, else the first that is, else the one at the
    /// cursor all the same.
    int action() const;

Q_SIGNALS:
    void sendWanted();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void search();
    void lookForLess();
    void showVerdict();
    void apply(const advise::Proposal& proposal);
    void make(const QString& name, const std::vector<ChangeAction>& edits, bool forgetExpectations);
    void openSmallest(const Scenario& smallest);

    ScenarioDocument& m_document;
    RunController& m_run;
    TraceCursor& m_cursor;
    FixFinder& m_finder;
    QLabel* m_verdict;
    QTabWidget* m_tabs;
    FixesPage* m_fixes;
    LessPage* m_less;
    QTimer m_settle; ///< searches once typing has come to rest
};

} // namespace corscope
