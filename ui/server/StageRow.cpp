#include "ui/server/StageRow.h"

#include "ui/widgets/ElidedButton.h"
#include "ui/widgets/Field.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace corscope {

QString StageRow::title() const
{
    return m_name->wholeText();
}

StageRow::StageRow(QWidget* parent, const QString& name)
    : QFrame(parent), m_grip(new QLabel(QStringLiteral("⠿"))), m_enabled(new QCheckBox), m_name(new ElidedButton),
      m_state(new QLabel), m_menuButton(new QToolButton)
{
    setProperty("role", QStringLiteral("stage-row"));
    const int em = fontMetrics().height();
    m_grip->setProperty("role", QStringLiteral("grip"));
    m_grip->setCursor(Qt::OpenHandCursor);
    m_name->setObjectName(name);
    m_name->setProperty("role", QStringLiteral("stage-name"));
    m_name->setCheckable(true);
    m_name->setAutoDefault(false);
    m_name->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_state->setProperty("role", QStringLiteral("badge"));
    m_menuButton->setText(QStringLiteral("⋯"));
    m_menuButton->setProperty("role", QStringLiteral("quiet"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(em / 4, 0, em / 8, 0);
    row->setSpacing(em / 4);
    row->addWidget(m_grip);
    row->addWidget(m_enabled);
    row->addWidget(m_name, 1);
    row->addWidget(m_state, 0, Qt::AlignVCenter);
    row->addWidget(m_menuButton);
}

StageRow::StageRow(int index, QWidget* parent) : StageRow(parent, QStringLiteral("stage_%1").arg(index))
{
    m_grip->setObjectName(QStringLiteral("stageGrip_%1").arg(index));
    m_grip->setToolTip(tr("Drag to another place (Alt+Up, Alt+Down)"));
    m_enabled->setObjectName(QStringLiteral("stageSwitch_%1").arg(index));
    m_menuButton->setObjectName(QStringLiteral("stageMenu_%1").arg(index));
}

StageRow* StageRow::ofRoutes(QWidget* parent)
{
    auto* row = new StageRow(parent, QStringLiteral("routesRow"));
    // For their width only: nothing can be dragged or switched here.
    for (QWidget* widget : {static_cast<QWidget*>(row->m_grip), static_cast<QWidget*>(row->m_enabled),
                            static_cast<QWidget*>(row->m_menuButton)}) {
        auto policy = widget->sizePolicy();
        policy.setRetainSizeWhenHidden(true);
        widget->setSizePolicy(policy);
        widget->hide();
    }
    return row;
}

void StageRow::say(const QString& title, const QString& help, bool enabled, const QString& refusal)
{
    m_name->say(title);
    m_name->setToolTip(refusal.isEmpty() ? help : QString(refusal + QStringLiteral("\n\n") + help));
    m_enabled->setChecked(enabled);
    m_enabled->setAccessibleName(tr("Requests pass through %1").arg(title));
    m_enabled->setToolTip(enabled ? tr("On: requests pass through this stage (Space)")
                                  : tr("Off: requests go past this stage (Space)"));
    m_menuButton->setAccessibleName(tr("What can be done with %1").arg(title));
    m_menuButton->setToolTip(tr("Move, duplicate, remove"));
    m_state->setVisible(!enabled || !refusal.isEmpty());
    m_state->setText(!enabled ? tr("off") : tr("! refused"));
    m_state->setToolTip(refusal);
    setLook(m_state, "look", enabled ? QStringLiteral("warning") : QStringLiteral("neutral"));
}

void StageRow::setPlace(int index, int count)
{
    const bool enabled = m_enabled->isHidden() || m_enabled->isChecked();
    m_name->setAccessibleName(m_enabled->isHidden() ? title()
                                                    : tr("%1, stage %2 of %3, %4").arg(title(), QString::number(index + 1),
                                                          QString::number(count), enabled ? tr("on") : tr("off")));
}

void StageRow::setChosen(bool chosen)
{
    m_name->setChecked(chosen);
    setLook(this, "chosen", chosen);
}

} // namespace corscope
