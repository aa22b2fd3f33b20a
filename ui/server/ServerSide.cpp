#include "ui/server/ServerSide.h"

#include "ui/server/LogCard.h"
#include "ui/server/PipelineList.h"
#include "ui/server/RoutesCard.h"
#include "ui/server/ServerCard.h"
#include "ui/server/SettingsCard.h"
#include "ui/session/RunController.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/ServerEdits.h"
#include "ui/widgets/Column.h"
#include "ui/widgets/Late.h"

#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace corscope {

ServerSide::ServerSide(ScenarioDocument& document, RunController& run, TraceCursor& cursor, QWidget* parent)
    : QWidget(parent), m_document(document), m_run(run), m_cursor(cursor), m_column(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("serverSide"));
    setAccessibleName(tr("Server side"));
    m_column->setContentsMargins(0, 0, 0, 0);
    connect(&document, &ScenarioDocument::scenarioChanged, this, &ServerSide::refresh);
    connect(&run, &RunController::serversChanged, this, &ServerSide::nameTabs);
    refresh();
}

void ServerSide::refresh()
{
    const int count = int(m_document.scenario().servers.size());
    if (count != m_count) {
        const int shown = count > m_count && m_count > 0 ? count - 1 : m_tabs ? m_tabs->currentIndex() : 0;
        m_count = count;
        m_tabs = nullptr;
        delete m_content;
        m_content = count == 1 ? panel(0) : tabs(count, shown);
        m_column->addWidget(m_content);
    }
    nameTabs();
}

QWidget* ServerSide::tabs(int count, int shown)
{
    m_tabs = new QTabWidget;
    m_tabs->setObjectName(QStringLiteral("servers"));
    m_tabs->setAccessibleName(tr("Servers"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->setElideMode(Qt::ElideMiddle);
    m_tabs->setUsesScrollButtons(true);
    for (int i = 0; i < count; ++i)
        m_tabs->addTab(panel(i), QString());
    auto* add = new QToolButton;
    add->setObjectName(QStringLiteral("addServerTab"));
    add->setText(QStringLiteral("+"));
    add->setProperty("role", QStringLiteral("quiet"));
    add->setToolTip(tr("Add a server"));
    add->setAccessibleName(add->toolTip());
    connect(add, &QToolButton::clicked, this, [this] {
        m_document.edit(tr("Add a server"), {},
                        [](Scenario& scenario) { serveredits::addServer(scenario, serveredits::freshServer(scenario)); });
    }, Qt::QueuedConnection); // the tabs are made anew
    m_tabs->setCornerWidget(add);
    m_tabs->setCurrentIndex(qMin(shown, count - 1));
    return m_tabs;
}

void ServerSide::nameTabs()
{
    const auto& servers = m_document.scenario().servers;
    for (int i = 0; m_tabs && i < m_tabs->count() && size_t(i) < servers.size(); ++i) {
        const auto address = m_run.listeningOn(i);
        const auto id = QString::fromUtf8(servers[size_t(i)].id);
        m_tabs->setTabText(i, (address.isEmpty() ? QStringLiteral("✗ ") : QStringLiteral("● ")) + id);
        m_tabs->setTabToolTip(i, address.isEmpty() ? tr("%1 does not listen").arg(id)
                                                   : tr("%1 listens on %2").arg(QString::fromUtf8(servers[size_t(i)].origin()),
                                                                                QString::fromUtf8(address)));
    }
}

void ServerSide::focusPipeline()
{
    for (auto* pipeline : findChildren<PipelineList*>())
        if (pipeline->isVisible()) {
            pipeline->takeKeyboard();
            return;
        }
}

QWidget* ServerSide::panel(int server)
{
    auto* address = new ServerCard(m_document, m_run, server);
    auto* settings = new SettingsCard(m_document, server);
    connect(settings, &SettingsCard::roomWanted, this, &ServerSide::roomWanted);
    auto* routes = new Late([this, server](QWidget* parent) { return new RoutesCard(m_document, server, parent); });
    const auto show = [settings, routes](int stage) {
        settings->showStage(stage);
        routes->setVisible(stage == PipelineList::routes);
    };
    connect(address, &ServerCard::stageChosen, settings, show);
    auto* column = new Column({address, settings, routes}, new LogCard(m_document, m_run, m_cursor, server), 22);
    show(address->chosenStage()); // NB: not before: it shows itself, which without a parent opens a window
    return column;
}

} // namespace corscope
