#include "ui/window/TopBar.h"

#include "ui/session/RunController.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/window/ScenarioMenu.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace corscope {

TopBar::TopBar(ScenarioDocument& document, RunController& run, QWidget* transport, QWidget* parent)
    : QWidget(parent), m_run(run), m_rows(new QVBoxLayout(this)), m_row(new QHBoxLayout), m_transport(transport),
      m_scenarios(new ScenarioMenu(document)),
      m_send(new QPushButton), m_pause(new QCheckBox(tr("Pause at each step")))
{
    setProperty("role", QStringLiteral("bar"));
    setAttribute(Qt::WA_StyledBackground);
    const int em = fontMetrics().height();
    m_rows->setContentsMargins(em / 2, em / 3, em / 2, em / 3);
    m_rows->setSpacing(em / 3);
    m_rows->addLayout(m_row);
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

int TopBar::widthWithoutTransport() const
{
    int width = 0;
    for (int i = 0; i < m_row->count(); ++i)
        if (auto* widget = m_row->itemAt(i)->widget(); widget && widget != m_transport && !widget->isHidden())
            width += m_row->itemAt(i)->minimumSize().width() + m_row->spacing();
    return width;
}

QSize TopBar::minimumSizeHint() const
{
    const auto margins = m_rows->contentsMargins();
    return {qMax(widthWithoutTransport(), m_transport->minimumSizeHint().width()) + margins.left() + margins.right(),
            m_rows->minimumSize().height()};
}

void TopBar::arrange()
{
    const auto margins = m_rows->contentsMargins();
    const bool below = widthWithoutTransport() + m_transport->minimumSizeHint().width() + margins.left() + margins.right() > width();
    if (below == (m_row->indexOf(m_transport) < 0))
        return;
    if (below) {
        m_row->removeWidget(m_transport);
        m_rows->addWidget(m_transport);
    } else {
        m_rows->removeWidget(m_transport);
        m_row->insertWidget(2, m_transport, 2); // behind Send
    }
}

void TopBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

bool TopBar::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::event(event);
}

void TopBar::showRun()
{
    m_send->setText(m_run.isRunning() ? tr("▶ Send again") : tr("▶ Send"));
    m_send->setToolTip(m_run.isRunning() ? tr("Bring this run to its end and start anew (Ctrl+Return)")
                                         : tr("Run the scenario (Ctrl+Return)"));
}

} // namespace corscope
