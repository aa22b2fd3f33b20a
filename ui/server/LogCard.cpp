#include "ui/server/LogCard.h"

#include "core/url/Url.h"
#include "ui/server/AccessLogModel.h"
#include "ui/session/RunController.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/TraceCursor.h"
#include "ui/widgets/Segmented.h"

#include <QHeaderView>
#include <QListWidget>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace corscope {

LogCard::LogCard(ScenarioDocument& document, RunController& run, TraceCursor& cursor, int server, QWidget* parent)
    : Card(tr("Server log"), parent), m_document(document), m_run(run), m_cursor(cursor), m_server(server),
      m_accessLog(new AccessLogModel(this)), m_ledger(new QListWidget), m_pages(new QStackedWidget)
{
    auto* which = new Segmented({{"access", tr("Requests"), tr("Every request the server saw, also from other programs")},
                                 {"ledger", tr("Ledger"), tr("What the route handlers did, whatever the page was told")}});
    which->setObjectName(QStringLiteral("logChooser"));
    which->setValue("access");
    addToHeading(which);
    auto* clear = new QToolButton;
    m_clear = clear;
    clear->setText(tr("Clear"));
    clear->setObjectName(QStringLiteral("clearLogs"));
    clear->setProperty("role", QStringLiteral("quiet"));
    clear->setToolTip(tr("Clear the logs of all servers"));
    addToHeading(clear);

    m_accessLogView = accessLogView();
    m_ledger->setObjectName(QStringLiteral("ledger"));
    m_ledger->setAccessibleName(tr("Ledger: what the route handlers did"));
    m_ledger->setFrameShape(QFrame::NoFrame);
    m_ledger->setProperty("role", QStringLiteral("flat-list"));
    m_pages->addWidget(m_accessLogView);
    m_pages->addWidget(m_ledger);
    body()->addWidget(m_pages);

    connect(which, &Segmented::chosen, this, [this](const QByteArray& value) {
        m_pages->setCurrentIndex(value == "ledger" ? 1 : 0);
    });
    connect(m_accessLogView->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) { goTo(m_requestSteps.value(index.row(), -1)); });
    connect(m_accessLogView, &QAbstractItemView::clicked, this,
            [this](const QModelIndex& index) { goTo(m_requestSteps.value(index.row(), -1)); });
    connect(m_ledger, &QListWidget::currentRowChanged, this, [this](int row) { goTo(m_ledgerSteps.value(row, -1)); });
    connect(m_ledger, &QListWidget::itemClicked, this,
            [this](QListWidgetItem* item) { goTo(m_ledgerSteps.value(m_ledger->row(item), -1)); });
    connect(clear, &QToolButton::clicked, &run, &RunController::clearLogs);
    connect(&run, &RunController::logsChanged, this, &LogCard::refresh);
    connect(&run, &RunController::serversChanged, this, &LogCard::refresh);
    connect(&cursor, &TraceCursor::traceChanged, this, &LogCard::refresh);
    connect(&cursor, &TraceCursor::traceGrew, this, [this] { findSteps(m_run.accessLog(m_server), m_run.ledger(m_server)); });
    refresh();
}

QTableView* LogCard::accessLogView()
{
    auto* view = new QTableView;
    view->setObjectName(QStringLiteral("accessLog"));
    view->setAccessibleName(tr("Access log"));
    view->setProperty("role", QStringLiteral("flat-list"));
    view->setModel(m_accessLog);
    view->setFrameShape(QFrame::NoFrame);
    view->setShowGrid(false);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setTextElideMode(Qt::ElideMiddle);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setAccessibleDescription(tr("Choosing a request goes to its step, where it belongs to the run that is shown"));
    view->setFocusPolicy(Qt::TabFocus);
    view->setTabKeyNavigation(false);
    view->setWordWrap(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->verticalHeader()->setDefaultSectionSize(view->fontMetrics().height() * 3 / 2);
    view->verticalHeader()->setMinimumSectionSize(view->fontMetrics().height());
    view->horizontalHeader()->hide();
    view->horizontalHeader()->setMinimumSectionSize(view->fontMetrics().averageCharWidth() * 4);
    view->horizontalHeader()->setSectionResizeMode(AccessLogModel::Request, QHeaderView::Stretch);
    view->horizontalHeader()->setSectionResizeMode(AccessLogModel::Status, QHeaderView::ResizeToContents);
    view->horizontalHeader()->setSectionResizeMode(AccessLogModel::Remark, QHeaderView::ResizeToContents);
    return view;
}

/// The request that a failed preflight kept from this server.
QString LogCard::neverSent() const
{
    // A preview leaves no line in a log.
    const auto* send = m_cursor.standing().isPreview() ? nullptr : m_cursor.trace()->lastSend();
    const auto* server = scenarioaccess::server(m_document.scenario(), m_server);
    if (!send || !server || send->requestSent || send->preflight != SendOutcome::Preflight::Sent)
        return {};
    const auto url = Url::parse(send->url);
    if (!url || url->origin().serialized() != server->origin())
        return {};
    return tr("%1 was never sent").arg(QString::fromUtf8(send->method + ' ' + url->requestTarget()));
}

/// The grey row below the requests.
QString LogCard::remark() const
{
    const auto missing = neverSent();
    return missing.isEmpty() && m_run.accessLog(m_server).isEmpty() ? tr("No request has come yet.") : missing;
}

void LogCard::goTo(int step)
{
    if (!m_filling && step >= 0)
        m_cursor.moveTo(step);
}

/// Which steps of the trace that is shown the entries belong to.
void LogCard::findSteps(const QList<AccessLogEntry>& entries, const QList<LedgerEntry>& ledger)
{
    const auto* server = scenarioaccess::server(m_document.scenario(), m_server);
    const auto id = server ? server->id : QByteArray();
    const auto logged = m_cursor.standing().isPreview() ? std::make_shared<const Trace>() : m_cursor.trace();
    m_requestSteps = entries.isEmpty() ? QList<int>() : stepsOfLog(entries, *logged, id);
    m_ledgerSteps = ledger.isEmpty() ? QList<int>() : stepsOfLedger(ledger, *logged, id);
}

void LogCard::refresh()
{
    m_filling = true;
    const auto last = remark();
    const auto entries = m_run.accessLog(m_server);
    const auto ledger = m_run.ledger(m_server);
    findSteps(entries, ledger);
    m_accessLog->setEntries(entries, last, m_requestSteps);
    m_accessLogView->clearSpans();
    if (!last.isEmpty())
        m_accessLogView->setSpan(m_accessLog->rowCount() - 1, 0, 1, AccessLogModel::ColumnCount);
    m_accessLogView->scrollToBottom();
    m_ledger->clear();
    for (const auto& entry : ledger) {
        const auto effect = entry.effect.isEmpty() ? tr("only read") : QString::fromUtf8(entry.effect);
        m_ledger->addItem(QString::fromUtf8(entry.method + ' ' + entry.target) + QStringLiteral(" · ") + effect);
    }
    if (ledger.isEmpty()) {
        auto* item = new QListWidgetItem(tr("No handler has run, so nothing was changed."), m_ledger);
        item->setFlags(Qt::ItemIsEnabled);
        item->setForeground(palette().brush(QPalette::PlaceholderText));
    }
    m_ledger->scrollToBottom();
    m_clear->setEnabled(!entries.isEmpty() || !ledger.isEmpty());
    m_filling = false;
}

} // namespace corscope
