#include "ui/fix/FixActions.h"

#include "ui/explain/ExplainDialog.h"
#include "ui/fix/FixDialog.h"
#include "ui/fix/FixFinder.h"
#include "ui/session/RunController.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/TraceCursor.h"

#include <QAction>
#include <QPushButton>
#include <QVBoxLayout>

namespace corscope {

FixActions::FixActions(ScenarioDocument& document, RunController& run, TraceCursor& cursor, QWidget* window)
    : QObject(window), m_document(document), m_run(run), m_cursor(cursor), m_window(window), m_finder(new FixFinder(this))
{
    m_fix = new QAction(tr("Fix it…"), this);
    m_fix->setObjectName(QStringLiteral("fixIt"));
    m_fix->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F));
    m_fix->setToolTip(tr("The smallest changes that let this request through (%1)").arg(m_fix->shortcut().toString(QKeySequence::NativeText)));
    connect(m_fix, &QAction::triggered, this, &FixActions::openFix);
    m_why = new QAction(tr("Why?"), this);
    m_why->setObjectName(QStringLiteral("why"));
    m_why->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W));
    m_why->setToolTip(tr("What happened, who blocked, and who can fix it (%1)").arg(m_why->shortcut().toString(QKeySequence::NativeText)));
    connect(m_why, &QAction::triggered, this, &FixActions::openWhy);

    connect(&run, &RunController::finished, this, &FixActions::follow, Qt::QueuedConnection);
    connect(&document, &ScenarioDocument::scenarioChanged, this, [this] {
        if (!m_fixDialog || !m_fixDialog->isVisible())
            m_finder->forget();
    });
    connect(m_finder, &FixFinder::changed, this, &FixActions::showCount);
}

QWidget* FixActions::buttons()
{
    auto* both = new QWidget;
    auto* column = new QVBoxLayout(both);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(both->fontMetrics().height() / 4);
    const auto add = [&](QAction* action, const QString& name) {
        auto* button = new QPushButton(action->text());
        button->setObjectName(name);
        button->setToolTip(action->toolTip());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, button, [button, action] { button->setText(action->text()); });
        column->addWidget(button);
        return button;
    };
    auto* fix = add(m_fix, QStringLiteral("fixButton"));
    auto* why = add(m_why, QStringLiteral("whyButton"));
    // There while there is a verdict; *Fix it* only where it says no.
    const auto arrange = [this, both, fix, why] {
        const auto& outcomes = m_cursor.trace()->outcomes;
        const int action = m_cursor.action();
        const auto* send =
            action >= 0 && size_t(action) < outcomes.size() ? std::get_if<SendOutcome>(&outcomes[size_t(action)]) : nullptr;
        fix->setVisible(send && send->blocked);
        why->setVisible(send);
        both->setVisible(send);
    };
    connect(&m_cursor, &TraceCursor::traceChanged, both, arrange);
    connect(&m_cursor, &TraceCursor::cursorChanged, both, arrange);
    arrange();
    return both;
}

void FixActions::openFix()
{
    if (!m_fixDialog) {
        m_fixDialog = new FixDialog(m_document, m_run, m_cursor, *m_finder, m_window);
        connect(m_fixDialog, &FixDialog::sendWanted, this, &FixActions::sendWanted);
    }
    m_fixDialog->show();
    m_fixDialog->raise();
    m_fixDialog->activateWindow();
}

void FixActions::openWhy()
{
    if (!m_whyDialog) {
        m_whyDialog = new ExplainDialog(m_cursor, m_window);
        connect(m_whyDialog, &ExplainDialog::fixWanted, this, &FixActions::openFix);
    }
    m_whyDialog->show();
    m_whyDialog->raise();
    m_whyDialog->activateWindow();
}

void FixActions::follow()
{
    const auto& outcomes = m_cursor.trace()->outcomes;
    const int action = m_cursor.action();
    const auto* send = action >= 0 && size_t(action) < outcomes.size() ? std::get_if<SendOutcome>(&outcomes[size_t(action)]) : nullptr;
    if (!send || !send->blocked)
        return;
    if (m_finder->action() == action && m_finder->scenario() == m_document.scenario())
        return;
    m_finder->search(m_document.scenario(), action);
}

void FixActions::showCount()
{
    const auto& advice = m_finder->advice();
    m_fix->setText(advice && !advice->proposals.empty() ? tr("Fix it… (%1)").arg(advice->proposals.size()) : tr("Fix it…"));
}

} // namespace corscope
