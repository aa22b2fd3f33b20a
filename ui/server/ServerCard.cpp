#include "ui/server/ServerCard.h"

#include "ui/server/PipelineList.h"
#include "ui/session/RunController.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/widgets/AddressRow.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/FormGrid.h"

#include <QVBoxLayout>

namespace corscope {

ServerCard::ServerCard(ScenarioDocument& document, RunController& run, int server, QWidget* parent)
    : Card(tr("Mock backend"), parent), m_document(document), m_run(run), m_server(server),
      m_address(new AddressRow(QStringLiteral("server"), tr("the server"))), m_pipeline(new PipelineList(document, server)),
      m_listening(new QLabel)
{
    m_listening->setObjectName(QStringLiteral("listening"));
    m_listening->setProperty("role", QStringLiteral("badge"));
    addToHeading(m_listening);
    auto* form = new FormGrid;
    form->addRow(tr("Origin"), m_address, &AddressRow::addressShown);
    form->addRow(tr("Pipeline"), m_pipeline);
    body()->addWidget(form);

    const auto edit = [this](const QString& name, const QByteArray& field, const std::function<void(ServerConfig&)>& change) {
        const auto key = field.isEmpty() ? QByteArray() : "server" + QByteArray::number(m_server) + '.' + field;
        m_document.edit(name, key, [&](Scenario& scenario) {
            if (auto* config = scenarioaccess::server(scenario, m_server))
                change(*config);
        });
    };
    connect(m_address, &AddressRow::schemeEdited, this, [edit](const QByteArray& scheme) {
        edit(tr("Change the server's scheme"), {}, [&](ServerConfig& config) { config.scheme = scheme; });
    });
    connect(m_address, &AddressRow::hostEdited, this, [edit](const QByteArray& host) {
        edit(tr("Change the server's host"), "host", [&](ServerConfig& config) { config.host = host; });
    });
    connect(m_address, &AddressRow::portEdited, this, [edit](quint16 port) {
        edit(tr("Change the server's port"), "port", [&](ServerConfig& config) { config.port = port; });
    });
    connect(m_pipeline, &PipelineList::stageChosen, this, &ServerCard::stageChosen);
    connect(&document, &ScenarioDocument::scenarioChanged, this, &ServerCard::refresh);
    connect(&run, &RunController::serversChanged, this, &ServerCard::showListening);
    refresh();
    showListening();
}

int ServerCard::chosenStage() const
{
    return m_pipeline->chosenStage();
}

void ServerCard::refresh()
{
    if (const auto* config = scenarioaccess::server(m_document.scenario(), m_server))
        m_address->setAddress(config->scheme, config->host, config->port);
}

void ServerCard::showListening()
{
    const auto address = QString::fromUtf8(m_run.listeningOn(m_server));
    m_listening->setText(address.isEmpty() ? tr("✗ not listening") : tr("● %1").arg(address));
    m_listening->setToolTip(address.isEmpty() ? tr("The server could not be started")
                                              : tr("Other programs get the same answers here:\n%1").arg(m_run.curlCommand(m_server)));
    setLook(m_listening, "look", address.isEmpty() ? QStringLiteral("bad") : QStringLiteral("good"));
}

} // namespace corscope
