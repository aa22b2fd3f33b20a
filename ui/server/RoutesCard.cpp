#include "ui/server/RoutesCard.h"

#include "ui/server/RouteForm.h"
#include "ui/server/RouteTableModel.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/ServerEdits.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace corscope {

RoutesCard::RoutesCard(ScenarioDocument& document, int server, QWidget* parent)
    : Card(tr("Routes"), parent), m_document(document), m_server(server), m_model(new RouteTableModel(this)),
      m_table(new QTableView), m_form(new RouteForm), m_empty(new QLabel(tr("No route: every request gets a 404. Add one with +.")))
{
    setObjectName(QStringLiteral("routesCard"));
    addToHeading(button("addRoute", tr("+ Add"), tr("Add a route behind the chosen one"), &RoutesCard::add));
    m_duplicate = button("duplicateRoute", tr("Copy"), tr("Duplicate the route (Ctrl+Shift+D)"), &RoutesCard::duplicate);
    m_up = button("routeUp", QStringLiteral("↑"), tr("Move the route up (Alt+Up): the first that fits answers"), &RoutesCard::moveUp);
    m_down = button("routeDown", QStringLiteral("↓"), tr("Move the route down (Alt+Down)"), &RoutesCard::moveDown);
    m_remove = button("removeRoute", QStringLiteral("×"), tr("Remove the route (Del)"), &RoutesCard::remove);
    for (auto* each : {m_duplicate, m_up, m_down, m_remove})
        addToHeading(each);
    buildTable();
    m_empty->setProperty("role", QStringLiteral("muted"));
    m_empty->setWordWrap(true);
    body()->addWidget(m_table);
    body()->addWidget(m_empty);
    body()->addWidget(m_form);
    connect(m_form, &RouteForm::edited, this,
            [this](const QString& name, const QByteArray& field, bool typing, const std::function<void(RouteConfig&)>& change) {
        const QByteArray key = QStringLiteral("server%1.route%2.").arg(m_server).arg(m_chosen).toUtf8() + field;
        m_document.edit(name, typing ? key : QByteArray(), [&](Scenario& scenario) {
            auto* config = scenarioaccess::server(scenario, m_server);
            if (config && size_t(m_chosen) < config->routes.size())
                change(config->routes[size_t(m_chosen)]);
        });
    });
    connect(&document, &ScenarioDocument::scenarioReplaced, this, [this] { m_chosen = 0; });
    connect(&document, &ScenarioDocument::scenarioChanged, this, &RoutesCard::refresh);
    refresh();
}

QToolButton* RoutesCard::button(const char* name, const QString& text, const QString& help, void (RoutesCard::*action)())
{
    auto* made = new QToolButton;
    made->setObjectName(QLatin1String(name));
    made->setText(text);
    made->setProperty("role", QStringLiteral("quiet"));
    made->setToolTip(help);
    made->setAccessibleName(help);
    connect(made, &QToolButton::clicked, this, action);
    return made;
}

void RoutesCard::buildTable()
{
    m_table->setObjectName(QStringLiteral("routes"));
    m_table->setAccessibleName(tr("Routes of the server"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTextElideMode(Qt::ElideRight);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() * 3 / 2);
    auto* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setMinimumSectionSize(m_table->fontMetrics().averageCharWidth() * 4);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(RouteTableModel::Path, QHeaderView::Stretch);
    header->setSectionResizeMode(RouteTableModel::Effect, QHeaderView::Stretch);
    m_table->installEventFilter(this);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) {
        if (index.isValid())
            choose(index.row());
    });
}

void RoutesCard::choose(int row)
{
    m_chosen = row;
    refresh();
}

void RoutesCard::refresh()
{
    const auto* config = scenarioaccess::server(m_document.scenario(), m_server);
    if (!config)
        return;
    const int count = int(config->routes.size());
    m_model->setRoutes(config->routes);
    m_chosen = qBound(0, m_chosen, qMax(0, count - 1));
    const int shown = qBound(1, count, 6);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height()
                            + shown * m_table->verticalHeader()->defaultSectionSize() + 2);
    m_table->setVisible(count > 0);
    m_empty->setVisible(count == 0);
    m_form->setVisible(count > 0);
    for (auto* each : {m_duplicate, m_remove})
        each->setEnabled(count > 0);
    m_up->setEnabled(count > 0 && m_chosen > 0);
    m_down->setEnabled(m_chosen + 1 < count);
    if (count == 0)
        return;
    if (m_table->currentIndex().row() != m_chosen)
        m_table->selectRow(m_chosen);
    m_form->setRoute(config->routes[size_t(m_chosen)]);
}

void RoutesCard::add()
{
    const auto* config = scenarioaccess::server(m_document.scenario(), m_server);
    const int place = config && !config->routes.empty() ? m_chosen + 1 : 0;
    RouteConfig route;
    route.headers.append("content-type", "application/json");
    route.body = "{}";
    m_chosen = place;
    m_document.edit(tr("Add a route"), {},
                    [&](Scenario& scenario) { serveredits::insertRoute(scenario, m_server, place, route); });
    if (auto* path = m_form->findChild<QWidget*>(QStringLiteral("routePath")))
        path->setFocus();
}

void RoutesCard::duplicate()
{
    const auto* config = scenarioaccess::server(m_document.scenario(), m_server);
    if (!config || config->routes.empty())
        return;
    const auto route = config->routes[size_t(m_chosen)];
    const int place = ++m_chosen;
    m_document.edit(tr("Duplicate a route"), {},
                    [&](Scenario& scenario) { serveredits::insertRoute(scenario, m_server, place, route); });
}

void RoutesCard::remove()
{
    m_document.edit(tr("Remove a route"), {},
                    [&](Scenario& scenario) { serveredits::removeRoute(scenario, m_server, m_chosen); });
}

void RoutesCard::moveBy(int rows)
{
    const int from = m_chosen, to = m_chosen + rows;
    if (to < 0 || to >= m_model->rowCount())
        return;
    const auto path = m_model->index(from, RouteTableModel::Path).data().toString();
    m_chosen = to;
    m_document.edit(rows < 0 ? tr("Move the route %1 up").arg(path) : tr("Move the route %1 down").arg(path), {},
                    [&](Scenario& scenario) { serveredits::moveRoute(scenario, m_server, from, to); });
}

bool RoutesCard::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride)) {
        const auto* key = static_cast<QKeyEvent*>(event);
        void (RoutesCard::*action)() = nullptr;
        if (key->modifiers() == Qt::AltModifier)
            action = key->key() == Qt::Key_Up ? &RoutesCard::moveUp : key->key() == Qt::Key_Down ? &RoutesCard::moveDown : nullptr;
        else if (key->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier) && key->key() == Qt::Key_D)
            action = &RoutesCard::duplicate;
        else if (key->modifiers() == Qt::NoModifier && key->key() == Qt::Key_Delete)
            action = &RoutesCard::remove;
        if (action) {
            event->accept();
            if (event->type() == QEvent::KeyPress)
                (this->*action)();
            return true;
        }
    }
    return Card::eventFilter(watched, event);
}

} // namespace corscope
