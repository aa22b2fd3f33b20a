#include "ui/server/ServerCard.h"

#include "ui/server/PipelineList.h"
#include "ui/session/RunController.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/ServerEdits.h"
#include "ui/widgets/AddressRow.h"
#include "ui/widgets/Field.h"
#include "ui/widgets/FormGrid.h"

#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace corscope {

ServerCard::ServerCard(ScenarioDocument& document, RunController& run, int server, QWidget* parent)
    : Card(tr("Mock backend"), parent), m_document(document), m_run(run), m_server(server), m_form(new FormGrid),
      m_name(new Field([this](const QString& name) { return nameProblem(name); })),
      m_address(new AddressRow(QStringLiteral("server"), tr("the server"))), m_space(new QComboBox),
      m_pipeline(new PipelineList(document, server)),
      m_listening(new QLabel), m_portTaken(new QWidget), m_portSentence(new QLabel), m_otherPort(new QPushButton)
{
    buildHeading();
    buildForm();
    connect(m_pipeline, &PipelineList::stageChosen, this, &ServerCard::stageChosen);
    connect(&document, &ScenarioDocument::scenarioChanged, this, &ServerCard::refresh);
    connect(&run, &RunController::serversChanged, this, &ServerCard::showListening);
    refresh();
    showListening();
}

void ServerCard::buildHeading()
{
    m_listening->setObjectName(QStringLiteral("listening"));
    m_listening->setProperty("role", QStringLiteral("badge"));
    addToHeading(m_listening);
    auto* menuButton = new QToolButton;
    menuButton->setObjectName(QStringLiteral("serverMenu"));
    menuButton->setText(QStringLiteral("⋯"));
    menuButton->setProperty("role", QStringLiteral("quiet"));
    menuButton->setAccessibleName(tr("Servers: add, duplicate, remove"));
    menuButton->setToolTip(menuButton->accessibleName());
    addToHeading(menuButton);
    connect(menuButton, &QToolButton::clicked, this, [this, menuButton] {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillMenu(*menu);
        menu->popup(menuButton->mapToGlobal(QPoint(0, menuButton->height())));
    });
}

/// NB: an entry may take this card's panel away; it does so after the menu has closed.
void ServerCard::fillMenu(QMenu& menu)
{
    const auto add = [&](const QString& text, const char* name, const std::function<void()>& action) {
        auto* entry = menu.addAction(text);
        entry->setObjectName(QLatin1String(name));
        connect(entry, &QAction::triggered, this, action, Qt::QueuedConnection);
        return entry;
    };
    add(tr("Add a server"), "addServer", [&document = m_document] {
        document.edit(tr("Add a server"), {},
                      [](Scenario& scenario) { serveredits::addServer(scenario, serveredits::freshServer(scenario)); });
    });
    add(tr("Duplicate this server"), "duplicateServer", [&document = m_document, place = m_server] {
        document.edit(tr("Duplicate a server"), {}, [place](Scenario& scenario) {
            serveredits::addServer(scenario, serveredits::copiedServer(scenario, place));
        });
    });
    menu.addSeparator();
    const auto* config = scenarioaccess::server(m_document.scenario(), m_server);
    add(tr("Set its address space"), "setAddressSpace", [this] {
        edit(tr("Set the server's address space"), {},
             [](ServerConfig& changed) { changed.addressSpace = changed.effectiveAddressSpace(); });
        m_space->setFocus();
    })->setEnabled(config && !config->addressSpace);
    menu.addSeparator();
    auto* remove = add(tr("Remove this server"), "removeServer", [&document = m_document, place = m_server] {
        document.edit(tr("Remove a server"), {},
                      [place](Scenario& scenario) { serveredits::removeServer(scenario, place); });
    });
    remove->setEnabled(m_document.scenario().servers.size() > 1);
    if (!remove->isEnabled())
        remove->setText(tr("Remove this server (it is the only one)"));
}

void ServerCard::buildForm()
{
    m_name->setName(QStringLiteral("serverName"), tr("Name of the server"));
    m_nameLabel = m_form->addRow(tr("Name"), m_name);
    m_form->addRow(tr("Origin"), m_address, &AddressRow::addressShown);
    m_space->setObjectName(QStringLiteral("serverAddressSpace"));
    m_space->setAccessibleName(tr("Address space of the server"));
    m_space->setToolTip(tr("From how far away the server's address can be reached; what Local Network Access looks at"));
    m_space->addItem(QString(), QByteArray());
    for (const auto space : {AddressSpace::Loopback, AddressSpace::Local, AddressSpace::Public})
        m_space->addItem(QString::fromUtf8(toBytes(space)), toBytes(space));
    m_spaceLabel = m_form->addRow(tr("Space"), m_space);
    connect(m_space, &QComboBox::activated, this, [this](int index) {
        edit(tr("Change the server's address space"), {}, [&](ServerConfig& config) {
            config.addressSpace = addressSpaceFromBytes(m_space->itemData(index).toByteArray());
        });
    });

    m_portTaken->setObjectName(QStringLiteral("portTaken"));
    m_portSentence->setProperty("role", QStringLiteral("banner"));
    m_portSentence->setProperty("look", QStringLiteral("warning"));
    m_portSentence->setWordWrap(true);
    m_portSentence->setTextFormat(Qt::PlainText);
    m_otherPort->setObjectName(QStringLiteral("otherPort"));
    m_otherPort->setAutoDefault(false);
    auto* taken = new QHBoxLayout(m_portTaken);
    taken->setContentsMargins(0, 0, 0, 0);
    taken->addWidget(m_portSentence, 1);
    taken->addWidget(m_otherPort, 0, Qt::AlignTop);
    m_portTaken->hide();
    m_form->addWide(m_portTaken);
    body()->addWidget(m_form);

    auto* heading = new QHBoxLayout;
    auto* title = new QLabel(tr("Pipeline, outermost first"));
    title->setProperty("role", QStringLiteral("muted"));
    title->setToolTip(tr("A request passes the stages from top to bottom, its answer comes back from bottom to top"));
    auto* add = new QToolButton;
    add->setObjectName(QStringLiteral("addStage"));
    add->setText(tr("+ Add stage"));
    add->setProperty("role", QStringLiteral("quiet"));
    add->setToolTip(tr("Put a stage behind the chosen one"));
    heading->addWidget(title, 1);
    heading->addWidget(add);
    body()->addLayout(heading);
    body()->addWidget(m_pipeline);
    connect(add, &QToolButton::clicked, this, [this, add] { m_pipeline->addStage(add); });

    connect(m_name, &Field::edited, this, [this](const QString& name) {
        edit(tr("Rename the server"), "name", [&](ServerConfig& config) { config.id = name.toUtf8(); });
    });
    connect(m_address, &AddressRow::schemeEdited, this, [this](const QByteArray& scheme) {
        edit(tr("Change the server's scheme"), {}, [&](ServerConfig& config) { config.scheme = scheme; });
    });
    connect(m_address, &AddressRow::hostEdited, this, [this](const QByteArray& host) {
        edit(tr("Change the server's host"), "host", [&](ServerConfig& config) { config.host = host; });
    });
    connect(m_address, &AddressRow::portEdited, this, [this](quint16 port) {
        edit(tr("Change the server's port"), "port", [&](ServerConfig& config) { config.port = port; });
    });
    connect(m_otherPort, &QPushButton::clicked, this, [this] {
        edit(tr("Use port %1").arg(m_freePort), {}, [&](ServerConfig& config) { config.port = m_freePort; });
    });
}

void ServerCard::edit(const QString& name, const QByteArray& field, const std::function<void(ServerConfig&)>& change)
{
    const auto key = field.isEmpty() ? QByteArray() : "server" + QByteArray::number(m_server) + '.' + field;
    m_document.edit(name, key, [&](Scenario& scenario) {
        if (auto* config = scenarioaccess::server(scenario, m_server))
            change(*config);
    });
}

QString ServerCard::nameProblem(const QString& name) const
{
    if (name.trimmed().isEmpty())
        return tr("A server needs a name.");
    const auto& servers = m_document.scenario().servers;
    for (size_t i = 0; i < servers.size(); ++i)
        if (int(i) != m_server && servers[i].id == name.toUtf8())
            return tr("Another server has that name.");
    return {};
}

int ServerCard::chosenStage() const
{
    return m_pipeline->chosenStage();
}

void ServerCard::refresh()
{
    const auto* config = scenarioaccess::server(m_document.scenario(), m_server);
    if (!config)
        return;
    const bool several = m_document.scenario().servers.size() > 1;
    m_name->setText(QString::fromUtf8(config->id));
    m_name->setVisible(several);
    m_nameLabel->setVisible(several);
    m_address->setAddress(config->scheme, config->host, config->port);
    for (QWidget* part : {m_spaceLabel, static_cast<QWidget*>(m_space)})
        part->setVisible(config->addressSpace.has_value());
    auto byHost = *config;
    byHost.addressSpace.reset();
    m_space->setItemText(0, tr("by its address: %1").arg(QString::fromUtf8(toBytes(byHost.effectiveAddressSpace()))));
    m_space->setCurrentIndex(m_space->findData(config->addressSpace ? toBytes(*config->addressSpace) : QByteArray()));
}

void ServerCard::showListening()
{
    const auto address = QString::fromUtf8(m_run.listeningOn(m_server));
    const auto* config = scenarioaccess::server(m_document.scenario(), m_server);
    m_listening->setText(address.isEmpty() ? tr("✗ not listening") : tr("● %1").arg(address));
    m_listening->setToolTip(address.isEmpty() ? tr("The server could not be started")
                                              : tr("Other programs get the same answers here:\n%1").arg(m_run.curlCommand(m_server)));
    m_listening->setAccessibleName(address.isEmpty() ? tr("The server is not listening") : tr("The server listens on %1").arg(address));
    setLook(m_listening, "look", address.isEmpty() ? QStringLiteral("bad") : QStringLiteral("good"));

    // Ports of the system's own (80, 443) are stood in for quietly: that is what the names are mapped for.
    const bool taken = config && !address.isEmpty() && config->port >= 1024
        && address.section(u':', -1) != QString::number(config->port);
    m_freePort = taken ? m_run.freePortAfter(config->port) : quint16(0);
    m_portTaken->setVisible(taken);
    if (!taken)
        return;
    setLook(m_listening, "look", QStringLiteral("warning"));
    m_portSentence->setText(tr("Another program uses port %1. In the sandbox all is as written; for other programs this "
                               "server is at %2.").arg(QString::number(config->port), address));
    m_otherPort->setText(tr("Use %1").arg(m_freePort));
    m_otherPort->setToolTip(tr("Change the server's port to %1, which is free").arg(m_freePort));
    m_otherPort->setVisible(m_freePort != 0);
}

} // namespace corscope
