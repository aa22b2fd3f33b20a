#include "ui/compare/RunComparison.h"

#include "ui/compare/CompareView.h"
#include "ui/session/TraceCursor.h"

#include <QAction>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace corscope {

RunComparison::RunComparison(ScenarioDocument& document, TraceCursor& cursor, const Preview& preview, QWidget& window)
    : QObject(&window), m_window(window), m_cursor(cursor), m_runs(document, cursor, preview)
{
    m_keep = action(QStringLiteral("keepRun"), tr("Keep this run to compare"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M),
                    tr("Puts the run that is shown aside, to lay a later one beside it"));
    m_withKept = action(QStringLiteral("compareRuns"), tr("Compare with the kept run…"), QKeySequence(Qt::CTRL | Qt::Key_M),
                        tr("The run that is shown beside the one that was kept last"));
    m_withSent = action(QStringLiteral("comparePreview"), tr("Compare the preview with the last run…"),
                        QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_L),
                        tr("What the changes since the last Send would do"));
    connect(m_keep, &QAction::triggered, this, [this] {
        m_runs.keep();
        Q_EMIT kept(m_runs.kept().back().name);
    });
    connect(m_withKept, &QAction::triggered, this, [this] { opened().compareWithKept(); });
    connect(m_withSent, &QAction::triggered, this, [this] { opened().compareWithSent(); });
    connect(&m_runs, &KeptRuns::changed, this, &RunComparison::refresh);
    connect(&cursor, &TraceCursor::standingChanged, this, &RunComparison::refresh);
    refresh();
}

QAction* RunComparison::action(const QString& name, const QString& text, const QKeySequence& key, const QString& tip)
{
    auto* made = new QAction(text, this);
    made->setObjectName(name);
    made->setShortcut(key);
    made->setToolTip(tip);
    m_actions.append(made);
    return made;
}

QToolButton* RunComparison::button() const
{
    auto* button = new QToolButton;
    button->setObjectName(QStringLiteral("compareButton"));
    button->setText(tr("Compare ▾"));
    button->setAccessibleName(tr("Compare runs"));
    button->setToolTip(tr("Keep this run, or compare it with another"));
    button->setProperty("role", QStringLiteral("quiet"));
    auto* menu = new QMenu(button);
    menu->addActions(m_actions);
    connect(button, &QToolButton::clicked, menu, [button, menu] { menu->popup(button->mapToGlobal(QPoint(0, button->height()))); });
    return button;
}

void RunComparison::refresh()
{
    const auto shown = m_runs.shown();
    m_keep->setEnabled(shown.has_value());
    m_withKept->setEnabled(shown && !m_runs.kept().empty());
    m_withSent->setEnabled(shown && shown->source == TraceStanding::Source::Preview && m_runs.sent());
}

CompareView& RunComparison::opened()
{
    if (!m_dialog) {
        m_dialog = new QDialog(&m_window);
        m_dialog->setObjectName(QStringLiteral("compareDialog"));
        m_dialog->setWindowTitle(tr("Compare two runs"));
        m_dialog->setSizeGripEnabled(false);
        m_view = new CompareView(m_runs);
        m_view->setObjectName(QStringLiteral("compareView"));
        connect(m_view, &CompareView::stepWanted, this, [this](int step) {
            m_dialog->hide(); // which lies over it
            m_window.activateWindow();
            m_cursor.moveTo(step);
        });
        auto* all = new QVBoxLayout(m_dialog);
        all->setContentsMargins(0, 0, 0, 0);
        all->addWidget(m_view);
        const int em = m_window.fontMetrics().height();
        m_dialog->resize(m_window.size() - QSize(em * 4, em * 4));
    }
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
    m_view->setFocus();
    return *m_view;
}

} // namespace corscope
