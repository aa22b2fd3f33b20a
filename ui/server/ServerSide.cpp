#include "ui/server/ServerSide.h"

#include "ui/server/LogCard.h"
#include "ui/server/ServerCard.h"
#include "ui/server/SettingsCard.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/widgets/Column.h"

#include <QTabWidget>
#include <QVBoxLayout>

namespace corscope {

ServerSide::ServerSide(ScenarioDocument& document, RunController& run, TraceCursor& cursor, QWidget* parent)
    : QWidget(parent), m_document(document), m_run(run), m_cursor(cursor), m_column(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("serverSide"));
    m_column->setContentsMargins(0, 0, 0, 0);
    connect(&document, &ScenarioDocument::scenarioChanged, this, &ServerSide::refresh);
    refresh();
}

void ServerSide::refresh()
{
    QList<QByteArray> ids;
    for (const auto& server : m_document.scenario().servers)
        ids.append(server.id);
    if (m_content && ids == m_shown)
        return;
    m_shown = ids;
    delete m_content;
    if (ids.size() == 1) {
        m_content = panel(0);
    } else {
        auto* tabs = new QTabWidget;
        tabs->setObjectName(QStringLiteral("servers"));
        tabs->setDocumentMode(true);
        for (int i = 0; i < ids.size(); ++i)
            tabs->addTab(panel(i), QString::fromUtf8(ids[i]));
        m_content = tabs;
    }
    m_column->addWidget(m_content);
}

QWidget* ServerSide::panel(int server)
{
    auto* address = new ServerCard(m_document, m_run, server);
    auto* settings = new SettingsCard(m_document, server);
    connect(address, &ServerCard::stageChosen, settings, &SettingsCard::showStage);
    auto* column = new Column({address, settings}, new LogCard(m_document, m_run, m_cursor, server), 22);
    settings->showStage(address->chosenStage()); // NB: not before: it shows itself, which without a parent opens a window
    return column;
}

} // namespace corscope
