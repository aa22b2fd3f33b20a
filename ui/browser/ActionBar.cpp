#include "ui/browser/ActionBar.h"

#include "core/http/Method.h"
#include "core/url/Url.h"
#include "ui/browser/ChosenPage.h"
#include "ui/browser/SmallButton.h"
#include "ui/session/ActionEdits.h"
#include "ui/session/ScenarioAccess.h"
#include "ui/session/ScenarioDocument.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QSignalBlocker>

namespace corscope {

ActionBar::ActionBar(ScenarioDocument& document, ChosenPage& page, QWidget* parent)
    : QWidget(parent), m_document(document), m_page(page), m_actions(new QComboBox),
      m_add(new MenuButton("addAction", QStringLiteral("+"), tr("Add a request, a wait or a change"))),
      m_more(new MenuButton("actionMenu", QStringLiteral("⋯"), tr("What can be done with this action")))
{
    m_actions->setObjectName(QStringLiteral("requestChooser"));
    m_actions->setAccessibleName(tr("Which action of the scenario the form shows"));
    m_actions->setToolTip(m_actions->accessibleName());
    m_actions->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_actions->setMinimumContentsLength(10);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(fontMetrics().height() / 6);
    row->addWidget(m_actions, 1);
    row->addWidget(m_add);
    row->addWidget(m_more);
    setFocusProxy(m_actions);
    offer(m_add, "addRequest", tr("Request"), &ActionBar::addRequest);
    offer(m_add, "addWait", tr("Wait"), &ActionBar::addWait);
    offer(m_add, "addChange", tr("Change of a setting"), &ActionBar::addChange);
    offer(m_more, "duplicateAction", tr("Duplicate"), &ActionBar::duplicate);
    m_up = offer(m_more, "moveActionUp", tr("Move up"), &ActionBar::moveUp);
    m_down = offer(m_more, "moveActionDown", tr("Move down"), &ActionBar::moveDown);
    m_remove = offer(m_more, "removeAction", tr("Remove"), &ActionBar::remove);
    connect(m_actions, &QComboBox::activated, this, &ActionBar::choose);
    connect(&document, &ScenarioDocument::selectedSendChanged, this, &ActionBar::followSend);
    connect(&document, &ScenarioDocument::scenarioReplaced, this, &ActionBar::followSend);
    connect(&document, &ScenarioDocument::scenarioChanged, this, &ActionBar::refresh);
    connect(&page, &ChosenPage::changed, this, &ActionBar::refresh);
    followSend();
}

QAction* ActionBar::offer(MenuButton* button, const char* name, const QString& text, void (ActionBar::*slot)())
{
    auto* action = button->entries()->addAction(text, this, slot);
    action->setObjectName(QLatin1String(name));
    return action;
}

void ActionBar::choose(int action)
{
    m_action = action;
    m_document.selectSend(action); // nothing, where it is no send
    if (const auto* page = scenarioaccess::pageOf(m_document.scenario(), action))
        m_page.choose(int(page - m_document.scenario().pages.data()));
    m_action = action;
    refresh();
}

/// Behind the one that is shown.
void ActionBar::insert(const QString& name, const Action& action)
{
    const int place = m_action < 0 ? int(m_document.scenario().actions.size()) : m_action + 1;
    m_document.edit(name, {}, [&](Scenario& scenario) { actionedits::insertAction(scenario, place, action); });
    choose(place);
}

void ActionBar::addRequest()
{
    const auto& scenario = m_document.scenario();
    const auto* page = m_page.config();
    if (!page)
        return;
    SendAction send;
    send.page = page->id;
    if (const auto* shown = scenarioaccess::send(scenario, m_document.selectedSend()))
        send.call.url = shown->call.url;
    else if (!scenario.servers.empty())
        send.call.url = Origin::tuple(scenario.servers[0].scheme, scenario.servers[0].host, scenario.servers[0].port).serialized() + '/';
    else
        send.call.url = "/";
    insert(tr("Add a request"), send);
}

void ActionBar::addWait()
{
    insert(tr("Add a wait"), WaitAction{1000});
}

void ActionBar::addChange()
{
    ChangeAction change;
    const auto& servers = m_document.scenario().servers;
    if (!servers.empty() && !servers[0].pipeline.empty()) {
        change.path = QStringLiteral("servers[0].pipeline[0].enabled");
        change.value = !servers[0].pipeline[0].enabled;
    } else {
        change.path = QStringLiteral("pages[0].addressSpace");
        change.value = QStringLiteral("loopback");
    }
    insert(tr("Add a change"), change);
}

void ActionBar::duplicate()
{
    if (m_action >= 0)
        insert(tr("Duplicate the action"), Action(m_document.scenario().actions[size_t(m_action)]));
}

void ActionBar::remove()
{
    const int place = m_action;
    m_document.edit(tr("Remove the action"), {}, [&](Scenario& scenario) { actionedits::removeAction(scenario, place); });
    const auto count = int(m_document.scenario().actions.size());
    choose(std::min(place, count - 1));
}

void ActionBar::move(int by)
{
    const int from = m_action;
    m_document.edit(tr("Move the action"), {}, [&](Scenario& scenario) { actionedits::moveAction(scenario, from, from + by); });
    choose(from + by);
}

void ActionBar::followSend()
{
    m_action = m_document.selectedSend();
    if (m_action < 0 && !m_document.scenario().actions.empty())
        m_action = int(m_document.scenario().actions.size()) - 1;
    refresh();
}

QString ActionBar::describe(int index) const
{
    const auto& scenario = m_document.scenario();
    const auto& action = scenario.actions[size_t(index)];
    const auto number = QString::number(index + 1);
    if (const auto* send = std::get_if<SendAction>(&action)) {
        const auto url = Url::parse(send->call.url);
        const auto path = QString::fromUtf8(url ? url->path() : send->call.url);
        const auto method = QString::fromUtf8(normalizedMethod(send->call.method));
        return scenario.pages.size() > 1
            ? tr("%1. %2 %3 by %4").arg(number, method, path, QString::fromUtf8(send->page))
            : tr("%1. %2 %3").arg(number, method, path);
    }
    if (const auto* wait = std::get_if<WaitAction>(&action))
        return tr("%1. Wait %2 s").arg(number, QLocale().toString(double(wait->milliseconds) / 1000, 'g', 12));
    if (const auto* change = std::get_if<ChangeAction>(&action))
        return tr("%1. Change %2").arg(number, change->path.section(u'.', -1));
    return tr("%1. Compare URLs").arg(number);
}

void ActionBar::refresh()
{
    const auto count = int(m_document.scenario().actions.size());
    if (m_action >= count)
        m_action = m_document.selectedSend();
    {
        const QSignalBlocker blocker(m_actions);
        while (m_actions->count() > count)
            m_actions->removeItem(m_actions->count() - 1);
        for (int i = 0; i < count; ++i) {
            if (i == m_actions->count())
                m_actions->addItem({});
            m_actions->setItemText(i, describe(i));
        }
        m_actions->setCurrentIndex(m_action);
    }
    m_actions->setEnabled(count > 0);
    m_more->setEnabled(m_action >= 0);
    m_remove->setEnabled(m_action >= 0);
    m_up->setEnabled(m_action > 0);
    m_down->setEnabled(m_action >= 0 && m_action + 1 < count);
    Q_EMIT actionShown();
}

} // namespace corscope
