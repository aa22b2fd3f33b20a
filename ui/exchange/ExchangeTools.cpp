#include "ui/exchange/ExchangeTools.h"

#include "ui/exchange/SequenceDiagram.h"
#include "ui/session/TraceCursor.h"
#include "ui/theme/Chip.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace corscope {

QAction* ExchangeTools::add(const QString& id, const QString& text, const QString& key, const QString& tip)
{
    auto* action = new QAction(text, this);
    action->setObjectName(id);
    if (!key.isEmpty())
        action->setShortcut(QKeySequence(key));
    action->setToolTip(key.isEmpty() ? tip : tr("%1 (%2)").arg(tip, action->shortcut().toString(QKeySequence::NativeText)));
    addAction(action);
    m_menu->addAction(action);
    return action;
}

QAction* ExchangeTools::addToggle(const QString& id, const QString& text, const QString& key, const QString& tip)
{
    auto* action = add(id, text, key, tip);
    action->setCheckable(true);
    connect(action, &QAction::triggered, this, &ExchangeTools::apply);
    return action;
}

ExchangeTools::ExchangeTools(SequenceDiagram& diagram, TraceCursor& cursor, QWidget* parent)
    : QWidget(parent), m_diagram(diagram), m_cursor(cursor)
{
    m_menu = new QMenu(this);
    m_menu->setToolTipsVisible(true);
    buildActions();
    m_button = new QToolButton;
    m_button->setObjectName(QStringLiteral("exchangeShow"));
    m_button->setAccessibleName(tr("What the diagram shows"));
    m_button->setToolTip(tr("Choose what the diagram shows, and how large"));
    m_button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    connect(m_button, &QToolButton::clicked, m_menu, [this] {
        m_menu->popup(m_button->mapToGlobal(QPoint(0, m_button->height())));
    });
    m_button->setFocusPolicy(Qt::StrongFocus);
    m_button->setProperty("role", QStringLiteral("quiet"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_button);
    connect(&diagram, &SequenceDiagram::filterChanged, this, &ExchangeTools::refresh);
    refresh();
}

void ExchangeTools::buildActions()
{
    m_messages = addToggle(QStringLiteral("showMessages"), tr("Messages"), QStringLiteral("Ctrl+Alt+M"),
                           tr("Show what travels: requests, responses, calls, and what was never sent"));
    m_decisions = addToggle(QStringLiteral("showDecisions"), tr("Decisions"), QStringLiteral("Ctrl+Alt+D"),
                            tr("Show where something was decided"));
    m_changes = addToggle(QStringLiteral("showChanges"), tr("State changes"), QStringLiteral("Ctrl+Alt+C"),
                          tr("Show what a handler did, and what was stored or forgotten"));
    m_lanes = m_menu->addMenu(tr("Lanes"));
    m_lanes->setObjectName(QStringLiteral("showLanes"));
    connect(m_lanes, &QMenu::aboutToShow, this, &ExchangeTools::fillLanes);
    m_fold = addToggle(QStringLiteral("foldPreflights"), tr("Fold preflights"), QStringLiteral("Ctrl+Alt+F"),
                       tr("Show each preflight as one row"));
    m_all = add(QStringLiteral("showAll"), tr("Show everything"), QStringLiteral("Ctrl+Alt+A"), tr("No filter, nothing folded"));
    connect(m_all, &QAction::triggered, this, [this] { m_diagram.setFilter({}); });
    m_menu->addSeparator();
    // NB: their keys are the diagram's, while the keyboard is there; in the window they may mean something else.
    const auto zoom = [&](const QString& id, const QString& text, const QString& key, const auto& slot) {
        auto* action = add(id, text + QLatin1Char('\t') + key, {}, tr("With the keyboard in the diagram: %1").arg(key));
        connect(action, &QAction::triggered, &m_diagram, slot);
    };
    zoom(QStringLiteral("diagramZoomIn"), tr("Larger"), tr("Ctrl++"), &SequenceDiagram::zoomIn);
    zoom(QStringLiteral("diagramZoomOut"), tr("Smaller"), tr("Ctrl+-"), &SequenceDiagram::zoomOut);
    zoom(QStringLiteral("diagramZoomNormal"), tr("Normal size"), tr("Ctrl+0"), [this] { m_diagram.setZoom(1); });
    zoom(QStringLiteral("diagramFitWidth"), tr("Fit the width"), tr("Ctrl+9"), &SequenceDiagram::fitWidth);
}

void ExchangeTools::fillLanes()
{
    m_lanes->clear();
    const auto& hidden = m_diagram.filter().hiddenLanes;
    for (const auto& lane : m_cursor.trace()->lanes) {
        auto text = lane.title.isEmpty() ? QString::fromUtf8(lane.id) : lane.title;
        if (!lane.server.isEmpty())
            text += QStringLiteral(" (%1)").arg(QString::fromUtf8(lane.server));
        auto* action = m_lanes->addAction(text);
        action->setObjectName(QStringLiteral("lane_") + QString::fromUtf8(lane.id));
        action->setCheckable(true);
        action->setChecked(!hidden.contains(lane.id));
        connect(action, &QAction::triggered, this, [this, id = lane.id](bool shown) {
            auto filter = m_diagram.filter();
            if (shown)
                filter.hiddenLanes.erase(id);
            else
                filter.hiddenLanes.insert(id);
            m_diagram.setFilter(filter);
        });
    }
    m_lanes->setEnabled(!m_lanes->isEmpty());
}

void ExchangeTools::apply()
{
    auto filter = m_diagram.filter();
    filter.messages = m_messages->isChecked();
    filter.decisions = m_decisions->isChecked();
    filter.changes = m_changes->isChecked();
    if (filter.foldPreflights != m_fold->isChecked()) {
        filter.foldPreflights = m_fold->isChecked();
        filter.otherwise.clear();
    }
    m_diagram.setFilter(filter);
}

void ExchangeTools::refresh()
{
    const auto& filter = m_diagram.filter();
    m_messages->setChecked(filter.messages);
    m_decisions->setChecked(filter.decisions);
    m_changes->setChecked(filter.changes);
    m_fold->setChecked(filter.foldPreflights);
    m_all->setEnabled(filter != DiagramFilter());
    m_button->setText(filter.showsAll() ? tr("Show ▾") : tr("Show: filtered ▾"));
}

} // namespace corscope
