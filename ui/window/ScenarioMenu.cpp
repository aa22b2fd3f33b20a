#include "ui/window/ScenarioMenu.h"

#include "ui/session/ScenarioDocument.h"

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
    QString tip = QStringLiteral("<b>%1</b>").arg(whole.toHtmlEscaped());
    for (const auto& line : {m_document.scenario().story, m_document.path()})
        if (!line.isEmpty())
            tip += QStringLiteral("<br>") + line.toHtmlEscaped();
    setToolTip(tip);
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

} // namespace corscope
