#include "ui/window/TopBar.h"

#include "ui/session/RunController.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/window/ScenarioMenu.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>

namespace corscope {

TopBar::TopBar(ScenarioDocument& document, RunController& run, QWidget* transport, QWidget* parent)
    : QWidget(parent), m_run(run), m_row(new QHBoxLayout(this)), m_scenarios(new ScenarioMenu(document)),
      m_send(new QPushButton), m_pause(new QCheckBox(tr("Pause at each step")))
{
    setProperty("role", QStringLiteral("bar"));
    setAttribute(Qt::WA_StyledBackground);
    const int em = fontMetrics().height();
    m_row->setContentsMargins(em / 2, em / 3, em / 2, em / 3);
    m_row->setSpacing(em / 2);
    m_send->setObjectName(QStringLiteral("send"));
    m_send->setProperty("role", QStringLiteral("primary"));
    m_send->setAutoDefault(false);
    m_pause->setObjectName(QStringLiteral("pauseBeforeEachStep"));
    m_pause->setToolTip(tr("Hold the run before each step; settings changed meanwhile count for what comes next"));
    setFocusProxy(m_send);
    m_row->addWidget(m_scenarios, 1);
    m_row->addWidget(m_send);
    m_row->addWidget(transport, 2);
    m_row->addWidget(m_pause);

    connect(m_send, &QPushButton::clicked, this, &TopBar::sendWanted);
    connect(m_pause, &QCheckBox::toggled, &run, &RunController::setPauseBeforeEachStep);
    connect(&run, &RunController::pauseChanged, this, [this](bool pause) {
        const QSignalBlocker blocker(m_pause);
        m_pause->setChecked(pause);
    });
    connect(&run, &RunController::runningChanged, this, &TopBar::showRun);
    connect(&document, &ScenarioDocument::scenarioChanged, this, &TopBar::showRun);
    showRun();
}

void TopBar::addAtEnd(QWidget* widget)
{
    m_row->addWidget(widget);
}

void TopBar::showRun()
{
    m_send->setText(m_run.isRunning() ? tr("▶ Send again") : tr("▶ Send"));
    m_send->setToolTip(m_run.isRunning() ? tr("Bring this run to its end and start anew (Ctrl+Return)")
                                         : tr("Run the scenario (Ctrl+Return)"));
}

} // namespace corscope
