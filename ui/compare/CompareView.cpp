#include "ui/compare/CompareView.h"

#include "ui/compare/CompareList.h"
#include "ui/compare/CompareModel.h"
#include "ui/compare/DifferenceWords.h"
#include "ui/compare/RunSide.h"
#include "ui/session/KeptRuns.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Card.h"

#include <QAction>
#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QToolButton>
#include <QVBoxLayout>

namespace corscope {

static QTextBrowser* textPanel(const QString& objectName, const QString& name)
{
    auto* panel = new QTextBrowser;
    panel->setObjectName(objectName);
    panel->setAccessibleName(name);
    panel->setFrameShape(QFrame::NoFrame);
    panel->setOpenLinks(false);
    panel->setTabChangesFocus(true);
    panel->document()->setDocumentMargin(0);
    panel->setMinimumHeight(panel->fontMetrics().lineSpacing() * 4);
    return panel;
}

CompareView::CompareView(KeptRuns& runs, QWidget* parent)
    : QWidget(parent), m_runs(runs), m_model(new CompareModel(this)), m_list(new CompareList(*m_model)),
      m_a(new RunSide(tr("A"), QStringLiteral("runA"))), m_b(new RunSide(tr("B"), QStringLiteral("runB")))
{
    const int em = fontMetrics().height();
    auto* swap = new QToolButton;
    swap->setObjectName(QStringLiteral("swapRuns"));
    swap->setText(QStringLiteral("⇄"));
    swap->setProperty("role", QStringLiteral("quiet"));
    swap->setAccessibleName(tr("Change sides"));
    swap->setToolTip(tr("Change sides"));
    connect(swap, &QToolButton::clicked, this, &CompareView::swapSides);
    auto* sides = new QHBoxLayout;
    sides->setSpacing(em / 3);
    sides->addWidget(m_a, 1);
    sides->addWidget(swap, 0, Qt::AlignTop);
    sides->addWidget(m_b, 1);

    auto* split = new QSplitter(Qt::Vertical);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(em / 2);
    split->addWidget(steps());
    split->addWidget(panels());
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    auto* comparison = new QWidget;
    auto* column = new QVBoxLayout(comparison);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(em / 2);
    column->addLayout(sides);
    column->addWidget(split, 1);

    m_empty = new QLabel;
    m_empty->setObjectName(QStringLiteral("compareEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setTextFormat(Qt::RichText);
    m_pages = new QStackedWidget;
    m_pages->addWidget(comparison);
    m_pages->addWidget(m_empty);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(em / 2, em / 2, em / 2, em / 2);
    all->addWidget(m_pages);

    connect(m_a, &RunSide::chosen, this, &CompareView::compare);
    connect(m_b, &RunSide::chosen, this, &CompareView::compare);
    connect(m_list, &CompareList::rowChanged, this, &CompareView::showRow);
    connect(m_list, &CompareList::activated, this, [this](const QModelIndex& index) { askFor(index.row()); });
    m_list->setAccessibleDescription(tr("Return goes to the step in the run that is shown"));
    connect(&runs, &KeptRuns::changed, this, &CompareView::takeRuns);
    setFocusProxy(m_list);
}

QWidget* CompareView::steps()
{
    auto* card = new Card(tr("Steps"));
    m_place = new QLabel;
    m_place->setObjectName(QStringLiteral("differencePlace"));
    m_place->setProperty("role", QStringLiteral("muted"));
    m_only = new QCheckBox(tr("Only what differs"));
    m_only->setObjectName(QStringLiteral("onlyDifferences"));
    connect(m_only, &QCheckBox::toggled, m_list, &CompareList::showOnlyDifferences);
    const auto button = [this](const QString& name, const QString& text, const QString& tip, const QKeySequence& key,
                               void (CompareView::*slot)()) {
        auto* action = new QAction(text, this);
        action->setShortcut(key);
        action->setToolTip(tip);
        addAction(action);
        auto* made = new QToolButton;
        made->setDefaultAction(action);
        made->setObjectName(name);
        made->setAccessibleName(tip);
        made->setProperty("role", QStringLiteral("quiet"));
        connect(action, &QAction::triggered, this, slot);
        return made;
    };
    m_previous = button(QStringLiteral("previousDifference"), tr("▲ Previous"), tr("Previous difference (Shift+F8)"),
                        QKeySequence(Qt::SHIFT | Qt::Key_F8), &CompareView::previousDifference);
    m_next = button(QStringLiteral("nextDifference"), tr("▼ Next"), tr("Next difference (F8)"), QKeySequence(Qt::Key_F8),
                    &CompareView::nextDifference);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_place, m_only, m_previous, m_next})
        card->addToHeading(widget);
    m_parting = new QLabel;
    m_parting->setObjectName(QStringLiteral("parting"));
    m_parting->setWordWrap(true);
    m_parting->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_parting->setProperty("role", QStringLiteral("banner"));
    m_list->setObjectName(QStringLiteral("compareList"));
    card->setFlush();
    card->body()->setSpacing(0);
    card->body()->addWidget(m_parting);
    card->body()->addWidget(m_list, 1);
    return card;
}

QWidget* CompareView::panels()
{
    auto* difference = new Card(tr("What differs in this step"));
    m_difference = textPanel(QStringLiteral("difference"), tr("What differs in this step"));
    difference->body()->addWidget(m_difference);
    auto* scenario = new Card(tr("What was changed between the runs"));
    m_scenario = textPanel(QStringLiteral("scenarioDifference"), tr("What was changed between the runs"));
    scenario->body()->addWidget(m_scenario);
    auto* split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(fontMetrics().height() / 2);
    split->addWidget(difference);
    split->addWidget(scenario);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 1);
    return split;
}

void CompareView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    takeRuns();
}

void CompareView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && isVisible())
        compare();
}

/// The same list on both sides: what is shown, what was sent last where that is another, what was kept, newest first.
void CompareView::takeRuns()
{
    if (!isVisible())
        return; // edits shall not wait for what nobody sees
    std::vector<KeptRun> runs;
    if (const auto shown = m_runs.shown())
        runs.push_back(*shown);
    if (const auto sent = m_runs.sent(); sent && !m_runs.shownIsSent())
        runs.push_back(*sent);
    runs.insert(runs.end(), m_runs.kept().rbegin(), m_runs.kept().rend());
    m_a->setRuns(runs);
    m_b->setRuns(runs);
    m_empty->setText(runs.empty()
        ? tr("<h3>No run yet</h3><p>Press Send, change something, and compare what came out before and after.</p>")
        : tr("<h3>One run so far</h3><p>Change something in the scenario: its preview can be compared with this run. "
             "Or keep this run, and compare it with a later one.</p>"));
    m_pages->setCurrentIndex(runs.size() < 2 ? 1 : 0);
    compare();
}

void CompareView::compareWithKept()
{
    m_a->choose(m_runs.kept().empty() ? QByteArray("sent") : m_runs.kept().back().id);
    m_b->choose("shown");
    compare();
}

void CompareView::compareWithSent()
{
    m_a->choose("sent");
    m_b->choose("shown");
    compare();
}

void CompareView::swapSides()
{
    const auto* a = m_a->run();
    const auto* b = m_b->run();
    if (!a || !b)
        return;
    const auto idA = a->id;
    m_a->choose(b->id);
    m_b->choose(idA);
    compare();
}

void CompareView::compare()
{
    const auto* a = m_a->run();
    const auto* b = m_b->run();
    m_model->setRuns(a ? a->trace : nullptr, b ? b->trace : nullptr);
    if (!a || !b)
        return;
    m_scenario->setHtml(differencewords::scenarioHtml(a->scenario, b->scenario, Theme::of(*this)));
    const int first = m_model->nextDifference(-1);
    m_parting->setText(differencewords::parting(first < 0 ? nullptr : &m_model->row(first), *a->trace, *b->trace));
    m_parting->setToolTip(differencewords::forkWords(*a->trace, *b->trace));
    m_list->goTo(std::max(first, 0));
    showRow(m_list->currentRow());
}

void CompareView::showRow(int row)
{
    showPlace();
    const auto* a = m_a->run();
    const auto* b = m_b->run();
    if (row < 0 || row >= m_model->rowCount() || !a || !b) {
        m_difference->clear();
        return;
    }
    m_difference->setHtml(differencewords::html(m_model->row(row), *a->trace, *b->trace, Theme::of(*this)));
}

/// Of the two runs at most one is shown in the window, or both are the same.
void CompareView::askFor(int row)
{
    const auto shown = m_runs.shown();
    if (!shown || row < 0 || row >= m_model->rowCount())
        return;
    const auto& steps = m_model->row(row);
    for (const auto& [side, step] : {std::pair(m_b, steps.b), std::pair(m_a, steps.a)})
        if (side->run() && side->run()->trace == shown->trace && step >= 0) {
            Q_EMIT stepWanted(step);
            return;
        }
}

void CompareView::showPlace()
{
    const int row = m_list->currentRow();
    const int all = m_model->differences();
    int at = 0;
    for (int i = m_model->nextDifference(-1); i >= 0 && i <= row; i = m_model->nextDifference(i))
        ++at;
    const bool on = row >= 0 && row < m_model->rowCount() && !m_model->row(row).isSame();
    m_place->setText(all == 0 ? tr("no step differs")
                     : on     ? tr("difference %1 of %2").arg(at).arg(all)
                              : tr("%n step(s) differ", nullptr, all));
    m_previous->defaultAction()->setEnabled(m_model->previousDifference(row) >= 0);
    m_next->defaultAction()->setEnabled(m_model->nextDifference(row) >= 0);
}

void CompareView::nextDifference()
{
    m_list->goTo(m_model->nextDifference(m_list->currentRow()));
}

void CompareView::previousDifference()
{
    m_list->goTo(m_model->previousDifference(m_list->currentRow()));
}

} // namespace corscope
