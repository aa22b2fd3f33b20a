#pragma once

#include "ui/server/LogSteps.h"
#include "ui/widgets/Card.h"

class QListWidget;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace corscope {

class AccessLogModel;
class RunController;
class ScenarioDocument;
class TraceCursor;

/// What the server was asked, and what it did: its access log and its ledger, from this window and from everybody else
/// who calls it. A line that belongs to the run that is shown leads to its step.
class LogCard : public Card
{
    Q_OBJECT
public:
    LogCard(ScenarioDocument& document, RunController& run, TraceCursor& cursor, int server, QWidget* parent = nullptr);

private:
    QTableView* accessLogView();
    void refresh();
    void findSteps(const QList<AccessLogEntry>& entries, const QList<LedgerEntry>& ledger);
    void goTo(int step);
    QString neverSent() const;
    QString remark() const;

    ScenarioDocument& m_document;
    RunController& m_run;
    TraceCursor& m_cursor;
    int m_server;
    AccessLogModel* m_accessLog;
    QTableView* m_accessLogView;
    QListWidget* m_ledger;
    QStackedWidget* m_pages;
    QToolButton* m_clear = nullptr;
    QList<int> m_requestSteps; ///< by line of the access log; -1 where the line is not of the run that is shown
    QList<int> m_ledgerSteps;  ///< by line of the ledger
    bool m_filling = false;    ///< what is chosen now, the user has not chosen
};

} // namespace corscope
