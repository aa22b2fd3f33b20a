#include "ui/fix/FixesPage.h"

#include "ui/fix/FixFinder.h"
#include "ui/fix/ProposalView.h"

#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace corscope {

FixesPage::FixesPage(FixFinder& finder, QWidget* parent) : QWidget(parent), m_finder(finder)
{
    m_pages = new QStackedWidget;
    m_pages->addWidget(busyPage());
    m_pages->addWidget(emptyPage());
    m_pages->addWidget(listPage());
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_pages);
    connect(&finder, &FixFinder::changed, this, &FixesPage::refresh);
    connect(&finder, &FixFinder::progressed, this, [this](int trials) {
        m_progress->setText(tr("Looking for the smallest changes: the scenario was run %n time(s) so far.", nullptr, trials));
    });
    refresh();
}

QWidget* FixesPage::busyPage()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    m_progress = new QLabel;
    m_progress->setObjectName(QStringLiteral("fixProgress"));
    m_progress->setWordWrap(true);
    auto* bar = new QProgressBar;
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    bar->setAccessibleName(tr("The search is under way"));
    auto* stop = new QPushButton(tr("&Stop"));
    stop->setObjectName(QStringLiteral("stopFixSearch"));
    connect(stop, &QPushButton::clicked, &m_finder, &FixFinder::cancel);
    column->addStretch(1);
    column->addWidget(m_progress);
    column->addWidget(bar);
    column->addWidget(stop, 0, Qt::AlignRight);
    column->addStretch(2);
    return page;
}

QWidget* FixesPage::emptyPage()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    m_empty = new QLabel;
    m_empty->setObjectName(QStringLiteral("fixNothing"));
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignHCenter);
    m_empty->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_again = new QPushButton(tr("&Search"));
    m_again->setObjectName(QStringLiteral("searchFixes"));
    connect(m_again, &QPushButton::clicked, this, &FixesPage::searchWanted);
    column->addStretch(1);
    column->addWidget(m_empty);
    column->addWidget(m_again, 0, Qt::AlignHCenter);
    column->addStretch(2);
    return page;
}

QWidget* FixesPage::listPage()
{
    auto* page = new QWidget;
    const int em = fontMetrics().height();
    m_who = new QLabel;
    m_who->setObjectName(QStringLiteral("fixWho"));
    m_who->setWordWrap(true);
    m_list = new QListWidget;
    m_list->setObjectName(QStringLiteral("proposals"));
    m_list->setAccessibleName(tr("Proposals, least privilege first"));
    m_list->setWordWrap(true);
    m_list->setSpacing(em / 8);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_proposal = new ProposalView;
    const auto chosen = [this]() -> const advise::Proposal* {
        const auto& advice = m_finder.advice();
        const int row = m_list->currentRow();
        return advice && row >= 0 && size_t(row) < advice->proposals.size() ? &advice->proposals[size_t(row)] : nullptr;
    };
    connect(m_list, &QListWidget::currentRowChanged, this, [this, chosen] {
        if (const auto* proposal = chosen())
            m_proposal->show(*proposal);
    });
    const auto apply = [this, chosen] {
        if (const auto* proposal = chosen())
            Q_EMIT applyWanted(advise::Proposal(*proposal)); // the finder forgets its own with the change
    };
    connect(m_proposal, &ProposalView::applyWanted, this, apply);
    connect(m_list, &QListWidget::itemActivated, this, apply);
    auto* split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(em / 2);
    split->addWidget(m_list);
    split->addWidget(m_proposal);
    split->setSizes({em * 20, em * 34});
    split->setStretchFactor(1, 1);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_who);
    column->addWidget(split, 1);
    return page;
}

void FixesPage::showProposals(const advise::Advice& advice)
{
    auto who = advice.who;
    if (!advice.complete)
        who += QStringLiteral(" ") + tr("There may be more: the search ends after a while.");
    if (!advice.otherwise.isEmpty())
        who += QStringLiteral(" ") + advice.otherwise;
    m_who->setText(who);
    m_list->clear();
    for (const auto& proposal : advice.proposals) {
        const auto opens = proposal.opens.empty() ? tr("✓ lets nobody else in")
                                                  : tr("⚠ lets in %n other page(s)", nullptr, int(proposal.opens.size()));
        auto* item = new QListWidgetItem(
            tr("%1. %2\n%3 · %4").arg(QString::number(proposal.rank + 1), proposal.title, whoText(proposal.who), opens));
        m_list->addItem(item);
    }
    m_list->setCurrentRow(0);
}

void FixesPage::refresh()
{
    if (m_finder.isSearching()) {
        m_progress->setText(tr("Looking for the smallest changes…"));
        m_pages->setCurrentIndex(0);
        return;
    }
    const auto& advice = m_finder.advice();
    m_again->setVisible(!advice);
    if (advice && !advice->proposals.empty()) {
        showProposals(*advice);
        m_pages->setCurrentIndex(2);
        return;
    }
    if (m_finder.isCancelled())
        m_empty->setText(tr("The search was stopped."));
    else if (!advice)
        m_empty->setText(tr("The scenario has changed since the last search."));
    else if (!advice->blocked)
        m_empty->setText(tr("Nothing is blocked here: there is nothing to fix."));
    else
        m_empty->setText(tr("Nothing can fix this by a setting. %1\n\n%2").arg(advice->who, advice->otherwise).trimmed());
    m_pages->setCurrentIndex(1);
}

} // namespace corscope
