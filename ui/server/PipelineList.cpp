#include "ui/server/PipelineList.h"

#include "core/backend/FrameworkDescription.h"
#include "core/backend/StageCatalogue.h"
#include "ui/server/StageChooser.h"
#include "ui/server/StageCode.h"
#include "ui/server/StageRow.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/ServerEdits.h"
#include "ui/widgets/ElidedButton.h"
#include "ui/widgets/Field.h"

#include <QApplication>
#include <QCheckBox>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QToolButton>
#include <QVBoxLayout>

namespace corscope {

PipelineList::PipelineList(ScenarioDocument& document, int server, QWidget* parent)
    : QWidget(parent), m_document(document), m_server(server), m_column(new QVBoxLayout(this)),
      m_routes(StageRow::ofRoutes()), m_dropLine(new QFrame(this))
{
    setObjectName(QStringLiteral("pipeline"));
    setAccessibleName(tr("Pipeline: the stages that a request meets, in their order"));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addWidget(m_routes);
    m_dropLine->setProperty("role", QStringLiteral("drop-line"));
    m_dropLine->hide();
    m_routes->name()->installEventFilter(this);
    connect(m_routes->name(), &QAbstractButton::clicked, this, [this] { choose(routes); });
    connect(&document, &ScenarioDocument::scenarioReplaced, this, [this] { m_chosen = -1; });
    connect(&document, &ScenarioDocument::scenarioChanged, this, &PipelineList::refresh);
    refresh();
}

void PipelineList::addRow()
{
    const int index = count();
    auto* row = new StageRow(index);
    for (QWidget* part : {row->grip(), static_cast<QWidget*>(row->enabledSwitch()), static_cast<QWidget*>(row->name()),
                          static_cast<QWidget*>(row->menuButton())})
        part->installEventFilter(this);
    connect(row->enabledSwitch(), &QAbstractButton::clicked, this, [this, index](bool on) { switchStage(index, on); });
    connect(row->name(), &QAbstractButton::clicked, this, [this, index] { choose(index); });
    connect(row->menuButton(), &QToolButton::clicked, this, [this, index, row] {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillMenu(*menu, index);
        menu->popup(row->menuButton()->mapToGlobal(QPoint(0, row->menuButton()->height())));
    });
    m_column->insertWidget(index, row);
    m_rows.push_back(row);
    QWidget* before = index > 0 ? static_cast<QWidget*>(m_rows[size_t(index) - 1]->menuButton()) : nullptr;
    if (before)
        setTabOrder(before, row->enabledSwitch());
    setTabOrder(row->enabledSwitch(), row->name());
    setTabOrder(row->name(), row->menuButton());
    setTabOrder(row->menuButton(), m_routes->name());
}

void PipelineList::fillMenu(QMenu& menu, int index)
{
    const auto add = [&](const QString& text, const char* key, const char* name, const std::function<void()>& action) {
        auto* entry = menu.addAction(text + u'\t' + QLatin1String(key), this, action);
        entry->setObjectName(QLatin1String(name));
        return entry;
    };
    add(tr("Move up"), "Alt+Up", "moveStageUp", [this, index] { moveStage(index, index - 1); })->setEnabled(index > 0);
    add(tr("Move down"), "Alt+Down", "moveStageDown", [this, index] { moveStage(index, index + 1); })
        ->setEnabled(index + 1 < count());
    add(tr("Duplicate"), "Ctrl+Shift+D", "duplicateStage", [this, index] { duplicate(index); });
    menu.addSeparator();
    add(tr("Remove"), "Del", "removeStage", [this, index] { remove(index); });
}

StageRow* PipelineList::rowWidget(int index) const
{
    return index == routes ? m_routes : index >= 0 && index < count() ? m_rows[size_t(index)] : nullptr;
}

int PipelineList::rowOf(const QObject* part) const
{
    if (part->parent() == m_routes)
        return routes;
    for (int i = 0; i < count(); ++i)
        if (part->parent() == m_rows[size_t(i)])
            return i;
    return -1;
}

void PipelineList::choose(int stage)
{
    const bool isNew = stage != m_chosen;
    m_chosen = stage;
    for (int i = 0; i < count(); ++i)
        m_rows[size_t(i)]->setChosen(i == stage);
    m_routes->setChosen(stage == routes);
    if (isNew)
        Q_EMIT stageChosen(stage);
}

void PipelineList::focus(int index)
{
    if (auto* row = rowWidget(index)) {
        choose(index);
        row->name()->setFocus();
    }
}

void PipelineList::takeKeyboard()
{
    focus(m_chosen != -1 ? m_chosen : count() > 0 ? 0 : routes);
}

void PipelineList::refresh()
{
    const auto* server = scenarioaccess::server(m_document.scenario(), m_server);
    const int wanted = server ? int(server->pipeline.size()) : 0;
    while (count() > wanted) {
        m_rows.back()->hide();
        m_rows.back()->deleteLater();
        m_rows.pop_back();
    }
    while (count() < wanted)
        addRow();
    int cors = -1;
    for (int i = 0; i < wanted; ++i) {
        const auto& stage = server->pipeline[size_t(i)];
        const auto* description = descriptionOf(stage);
        const auto made = makeStage(stage);
        auto* row = m_rows[size_t(i)];
        row->say(stageTitle(stage),
                 description ? QString(description->title + u'\n' + description->summary) : QString(), stage.enabled,
                 made ? QString() : made.error().sentence());
        row->setPlace(i, wanted);
        if (cors < 0 && stage.kind == "cors")
            cors = i;
    }
    const int routeCount = server ? int(server->routes.size()) : 0;
    m_routes->say(tr("Routes (%1)").arg(routeCount), tr("What the handlers answer once a request has come through"), true, {});
    m_routes->setPlace(wanted, wanted);
    const bool gone = m_chosen != routes && (m_chosen < 0 || m_chosen >= wanted);
    choose(!gone ? m_chosen : m_chosen >= wanted && wanted > 0 ? wanted - 1 : cors >= 0 ? cors : wanted > 0 ? 0 : routes);
}

void PipelineList::addStage(QWidget* button)
{
    auto* chooser = new StageChooser(StageChooser::Purpose::AddStage, {}, this);
    connect(chooser, &StageChooser::chosen, this, [this](const QByteArray& id) {
        const auto* description = findFrameworkDescription(id);
        if (!description)
            return;
        const int place = m_chosen >= 0 && m_chosen < count() ? m_chosen + 1 : count();
        m_document.edit(tr("Add %1").arg(description->stageTitle), {}, [&](Scenario& scenario) {
            serveredits::insertStage(scenario, m_server, place, freshStage(*description));
        });
        focus(place);
    });
    chooser->openAt(button);
}

void PipelineList::switchStage(int index, bool on)
{
    const auto title = m_rows[size_t(index)]->title();
    m_document.edit(on ? tr("Switch %1 on").arg(title) : tr("Switch %1 off").arg(title), {}, [&](Scenario& scenario) {
        if (auto* stage = scenarioaccess::stage(scenario, m_server, index))
            stage->enabled = on;
    });
    choose(index);
}

void PipelineList::moveStage(int from, int to)
{
    if (from < 0 || to < 0 || from >= count() || to >= count() || from == to)
        return;
    const auto title = m_rows[size_t(from)]->title();
    const auto other = m_rows[size_t(to)]->title();
    m_chosen = to; // before the list is shown anew: it is the same stage
    m_document.edit(to < from ? tr("Move %1 above %2").arg(title, other) : tr("Move %1 below %2").arg(title, other), {},
                    [&](Scenario& scenario) { serveredits::moveStage(scenario, m_server, from, to); });
    Q_EMIT stageChosen(to);
    focus(to);
}

void PipelineList::duplicate(int index)
{
    const auto* stage = scenarioaccess::stage(m_document.scenario(), m_server, index);
    if (!stage)
        return;
    m_document.edit(tr("Duplicate %1").arg(stageTitle(*stage)), {}, [&, copy = *stage](Scenario& scenario) {
        serveredits::insertStage(scenario, m_server, index + 1, copy);
    });
    focus(index + 1);
}

void PipelineList::remove(int index)
{
    if (index < 0 || index >= count())
        return;
    m_document.edit(tr("Remove %1").arg(m_rows[size_t(index)]->title()), {},
                    [&](Scenario& scenario) { serveredits::removeStage(scenario, m_server, index); });
    Q_EMIT stageChosen(m_chosen);
    focus(count() == 0 ? routes : qMin(index, count() - 1));
}

bool PipelineList::keyPressed(int index, int key, Qt::KeyboardModifiers modifiers)
{
    const bool isStage = index >= 0;
    const int last = count() - 1;
    if (modifiers == Qt::AltModifier && isStage && (key == Qt::Key_Up || key == Qt::Key_Down)) {
        moveStage(index, key == Qt::Key_Up ? index - 1 : index + 1);
        return true;
    }
    if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && key == Qt::Key_D && isStage) {
        duplicate(index);
        return true;
    }
    if (modifiers & ~Qt::KeypadModifier)
        return false;
    switch (key) {
    case Qt::Key_Delete:
        if (isStage)
            remove(index);
        return isStage;
    case Qt::Key_Up: focus(index == routes ? last : qMax(0, index - 1)); return true;
    case Qt::Key_Down: focus(index == routes || index == last ? routes : index + 1); return true;
    case Qt::Key_Home: focus(count() > 0 ? 0 : routes); return true;
    case Qt::Key_End: focus(routes); return true;
    case Qt::Key_Space:
        if (!isStage || !m_rows[size_t(index)]->name()->hasFocus())
            return false;
        switchStage(index, !m_rows[size_t(index)]->enabledSwitch()->isChecked());
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: choose(index); return true;
    case Qt::Key_Escape:
        if (!m_dragging)
            return false;
        endDrag();
        return true;
    default: return false;
    }
}

bool PipelineList::eventFilter(QObject* watched, QEvent* event)
{
    const int index = rowOf(watched);
    if (index == -1)
        return QWidget::eventFilter(watched, event);
    const auto isOurs = [&](const QKeyEvent& key) {
        const bool moves = key.modifiers() == Qt::AltModifier && (key.key() == Qt::Key_Up || key.key() == Qt::Key_Down);
        const bool copies = key.modifiers() == (Qt::ControlModifier | Qt::ShiftModifier) && key.key() == Qt::Key_D;
        return index >= 0 && (moves || copies);
    };
    switch (event->type()) {
    case QEvent::ShortcutOverride: // the same keys step through the run elsewhere
        if (!isOurs(*static_cast<QKeyEvent*>(event)))
            break;
        event->accept();
        return true;
    case QEvent::KeyPress: {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (keyPressed(index, key->key(), key->modifiers()))
            return true;
        break;
    }
    case QEvent::MouseButtonPress: {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const bool holds = index >= 0 && (watched == m_rows[size_t(index)]->grip() || watched == m_rows[size_t(index)]->name());
        if (mouse->button() != Qt::LeftButton || !holds)
            break;
        m_pressed = index;
        m_pressY = mapFromGlobal(mouse->globalPosition().toPoint()).y();
        if (watched == m_rows[size_t(index)]->grip()) {
            focus(index);
            return true;
        }
        break;
    }
    case QEvent::MouseMove:
        if (m_pressed < 0 || !(static_cast<QMouseEvent*>(event)->buttons() & Qt::LeftButton))
            break;
        dragTo(mapFromGlobal(static_cast<QMouseEvent*>(event)->globalPosition().toPoint()).y());
        if (m_dragging)
            return true;
        break;
    case QEvent::MouseButtonRelease:
        if (m_dragging) {
            m_rows[size_t(m_pressed)]->name()->setDown(false);
            drop();
            return true;
        }
        m_pressed = -1;
        break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

int PipelineList::placeAt(int y) const
{
    for (int i = 0; i < count(); ++i)
        if (y < m_rows[size_t(i)]->geometry().center().y())
            return i;
    return count();
}

void PipelineList::dragTo(int y)
{
    if (!m_dragging && qAbs(y - m_pressY) < QApplication::startDragDistance())
        return;
    if (!m_dragging) {
        m_dragging = true;
        setLook(m_rows[size_t(m_pressed)], "dragged", true);
        m_rows[size_t(m_pressed)]->grip()->setCursor(Qt::ClosedHandCursor);
        m_dropLine->raise();
    }
    m_dropPlace = placeAt(y);
    const bool stays = m_dropPlace == m_pressed || m_dropPlace == m_pressed + 1;
    const int edge = m_dropPlace < count() ? m_rows[size_t(m_dropPlace)]->y() : m_routes->y();
    m_dropLine->setGeometry(0, qMax(0, edge - 1), width(), 2);
    m_dropLine->setVisible(!stays);
}

void PipelineList::drop()
{
    const int from = m_pressed;
    const int to = m_dropPlace > from ? m_dropPlace - 1 : m_dropPlace;
    endDrag();
    moveStage(from, to);
}

void PipelineList::endDrag()
{
    if (m_pressed >= 0 && m_pressed < count()) {
        setLook(m_rows[size_t(m_pressed)], "dragged", false);
        m_rows[size_t(m_pressed)]->grip()->setCursor(Qt::OpenHandCursor);
    }
    m_dropLine->hide();
    m_dragging = false;
    m_pressed = -1;
}

} // namespace corscope
