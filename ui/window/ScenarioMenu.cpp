#include "ui/window/ScenarioMenu.h"

#include "core/scenario/ScenarioFile.h"
#include "ui/session/ScenarioDocument.h"

#include <QFileInfo>
#include <QMenu>
#include <QResizeEvent>

namespace corscope {

ScenarioMenu::ScenarioMenu(ScenarioDocument& document, QWidget* parent)
    : QToolButton(parent), m_document(document), m_menu(new QMenu(this))
{
    setObjectName(QStringLiteral("scenarioMenu"));
    setAccessibleName(tr("Scenario"));
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    connect(this, &QToolButton::clicked, this, [this] { m_menu->popup(mapToGlobal(QPoint(0, height()))); });
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_menu->setToolTipsVisible(true);
    connect(m_menu, &QMenu::aboutToShow, this, &ScenarioMenu::fill);
    connect(&document, &ScenarioDocument::scenarioChanged, this, &ScenarioMenu::showTitle);
    connect(&document, &ScenarioDocument::fileChanged, this, &ScenarioMenu::showTitle);
    showTitle();
}

void ScenarioMenu::showTitle()
{
    const QString whole = m_document.title() + (m_document.isModified() ? tr(" (edited)") : QString());
    const auto sign = QStringLiteral("  ▾");
    const int room = width() - fontMetrics().horizontalAdvance(sign) - fontMetrics().height();
    setText(fontMetrics().elidedText(whole, Qt::ElideRight, room) + sign);
    setToolTip(m_document.scenario().story.isEmpty() ? whole : QStringLiteral("<b>%1</b><br>%2").arg(
        whole.toHtmlEscaped(), m_document.scenario().story.toHtmlEscaped()));
}

QSize ScenarioMenu::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 44, QToolButton::sizeHint().height()};
}

QSize ScenarioMenu::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 16, QToolButton::sizeHint().height()};
}

void ScenarioMenu::resizeEvent(QResizeEvent* event)
{
    QToolButton::resizeEvent(event);
    showTitle();
}

void ScenarioMenu::fill()
{
    m_menu->clear();
    m_menu->addSection(tr("Library"));
    for (const auto& entry : scenariofile::library()) {
        const auto scenario = scenariofile::load(entry.path);
        auto* action = m_menu->addAction(scenario && !scenario->title.isEmpty() ? scenario->title : entry.id);
        action->setObjectName(QStringLiteral("library_") + entry.id);
        action->setToolTip(scenario ? scenario->story : scenario.error().sentence());
        action->setEnabled(scenario.ok());
        action->setCheckable(true);
        action->setChecked(entry.id == m_document.libraryId());
        connect(action, &QAction::triggered, this, [this, id = entry.id] { Q_EMIT libraryWanted(id); });
    }
    if (!m_recent.isEmpty()) {
        m_menu->addSection(tr("Opened lately"));
        for (const auto& path : std::as_const(m_recent)) {
            auto* action = m_menu->addAction(QFileInfo(path).fileName());
            action->setToolTip(path);
            connect(action, &QAction::triggered, this, [this, path] { Q_EMIT fileWanted(path); });
        }
    }
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("Open file…")), &QAction::triggered, this, [this] { Q_EMIT fileWanted({}); });
}

} // namespace corscope
