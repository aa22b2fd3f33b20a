#pragma once

#include "ui/widgets/Card.h"

class QListWidget;
class QStackedWidget;
class QTableView;

namespace corscope {

class AccessLogModel;
class RunController;
class ScenarioDocument;
class TraceCursor;

/// What the server was asked, and what it did: its access log and its ledger, from this window and from everybody else
/// who calls it.
class LogCard : public Card
{
    Q_OBJECT
public:
    LogCard(ScenarioDocument& document, RunController& run, TraceCursor& cursor, int server, QWidget* parent = nullptr);

private:
    QTableView* accessLogView();
    void refresh();
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
};

} // namespace corscope
