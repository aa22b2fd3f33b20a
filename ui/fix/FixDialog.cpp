#include "ui/fix/FixDialog.h"

#include "core/explain/Explain.h"
#include "core/scenario/ScenarioFile.h"
#include "ui/fix/FixFinder.h"
#include "ui/fix/FixesPage.h"
#include "ui/fix/LessPage.h"
#include "ui/session/RunController.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/TraceCursor.h"
#include "ui/theme/Chip.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QShortcut>
#include <QTabWidget>
#include <QVBoxLayout>

#include <chrono>

namespace corscope {

FixDialog::FixDialog(ScenarioDocument& document, RunController& run, TraceCursor& cursor, FixFinder& finder, QWidget* parent)
    : QDialog(parent), m_document(document), m_run(run), m_cursor(cursor), m_finder(finder)
{
    setWindowTitle(tr("Fix it"));
    setObjectName(QStringLiteral("fixDialog"));
    const int em = fontMetrics().height();
    m_verdict = new QLabel;
    m_verdict->setObjectName(QStringLiteral("fixVerdict"));
    m_verdict->setWordWrap(true);
    m_verdict->setTextFormat(Qt::PlainText);
    m_verdict->setProperty("role", QStringLiteral("banner"));
    m_fixes = new FixesPage(finder);
    m_less = new LessPage;
    m_tabs = new QTabWidget;
    m_tabs->setObjectName(QStringLiteral("fixTabs"));
    m_tabs->addTab(m_fixes, tr("&Fixes"));
    m_tabs->addTab(m_less, tr("Leave &out"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(em / 2);
    column->addWidget(m_verdict);
    column->addWidget(m_tabs, 1);
    column->addWidget(buttons);
    resize(em * 60, em * 36);

    // Undo is the document's here as well.
    for (auto* action : {document.undoStack()->createUndoAction(this), document.undoStack()->createRedoAction(this)})
        addAction(action);
    actions()[0]->setShortcuts(QKeySequence::Undo);
    actions()[1]->setShortcuts(QKeySequence::Redo);

    m_settle.setSingleShot(true);
    m_settle.setInterval(std::chrono::milliseconds(250));
    connect(&m_settle, &QTimer::timeout, this, &FixDialog::search);
    connect(&document, &ScenarioDocument::scenarioChanged, this, [this] {
        m_finder.forget();
        m_less->forget();
        if (isVisible())
            m_settle.start();
    });
    connect(&cursor, &TraceCursor::cursorChanged, this, [this] {
        if (isVisible() && !m_run.isRunning() && action() != m_finder.action())
            m_settle.start();
    });
    connect(&run, &RunController::runningChanged, this, &FixDialog::showVerdict);
    connect(&cursor, &TraceCursor::traceChanged, this, &FixDialog::showVerdict);
    connect(m_tabs, &QTabWidget::currentChanged, this, &FixDialog::lookForLess);
    connect(m_fixes, &FixesPage::searchWanted, this, &FixDialog::search);
    connect(m_fixes, &FixesPage::applyWanted, this, &FixDialog::apply);
    connect(m_less, &LessPage::removeWanted, this, [this](const advise::Superfluous& one) {
        make(tr("Remove %1").arg(one.name), one.edits, false);
    });
    connect(m_less, &LessPage::openWanted, this, &FixDialog::openSmallest);
}

int FixDialog::action() const
{
    const auto sends = m_document.sends();
    const auto& outcomes = m_cursor.trace()->outcomes;
    const auto blocked = [&](int i) {
        const auto* send = size_t(i) < outcomes.size() ? std::get_if<SendOutcome>(&outcomes[size_t(i)]) : nullptr;
        return send && send->blocked;
    };
    const int here = m_cursor.action();
    if (sends.contains(here) && blocked(here))
        return here;
    for (const int i : sends)
        if (blocked(i))
            return i;
    return sends.contains(here) ? here : sends.isEmpty() ? -1 : sends.last();
}

void FixDialog::showEvent(QShowEvent* event)
{
    QDialog::showEvent(event);
    showVerdict();
    const bool known = m_finder.scenario() == m_document.scenario() && m_finder.action() == action();
    if (!known || (!m_finder.advice() && !m_finder.isSearching()))
        search();
    lookForLess();
}

void FixDialog::search()
{
    m_finder.search(m_document.scenario(), action());
    lookForLess();
}

void FixDialog::lookForLess()
{
    if (isVisible() && m_tabs->currentWidget() == m_less)
        m_less->look(m_document.scenario(), action());
}

void FixDialog::showVerdict()
{
    const int at = action();
    const auto& trace = *m_cursor.trace();
    const auto* send = at >= 0 && size_t(at) < trace.outcomes.size() ? std::get_if<SendOutcome>(&trace.outcomes[size_t(at)]) : nullptr;
    setLook(*m_verdict, "look", send && !send->allowed() ? QStringLiteral("warning") : QString());
    if (m_run.isRunning())
        m_verdict->setText(tr("Running…"));
    else if (!send)
        m_verdict->setText(tr("Nothing sent yet. The search runs the scenario by itself."));
    else
        m_verdict->setText(QString((send->allowed() ? QStringLiteral("✓ ") : QStringLiteral("✗ "))
                           + explain::verdictSentence(trace, at)));
}

void FixDialog::make(const QString& name, const std::vector<ChangeAction>& edits, bool forgetExpectations)
{
    const auto edited = scenariofile::edited(m_document.scenario(), edits);
    if (!edited) {
        m_verdict->setText(edited.error().sentence());
        return;
    }
    const int fixed = m_finder.action();
    m_document.edit(name, {}, [&](Scenario& scenario) {
        scenario = *edited;
        // What was expected of the blocked send is not expected any more.
        if (forgetExpectations)
            std::erase_if(scenario.expectations, [fixed](const Expectation& e) { return e.action == fixed; });
    });
    Q_EMIT sendWanted();
}

void FixDialog::apply(const advise::Proposal& proposal)
{
    make(tr("Fix: %1").arg(proposal.title), proposal.edits, true);
}

void FixDialog::openSmallest(const Scenario& smallest)
{
    m_document.replace(tr("Open the smallest case"), smallest);
    Q_EMIT sendWanted();
}

} // namespace corscope
