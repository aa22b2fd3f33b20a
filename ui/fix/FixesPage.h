#pragma once

#include "core/advise/Proposal.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace corscope {

class FixFinder;
class ProposalView;

/// The proposals of a search, least privilege first, and one of them whole; or that the search is under way, was stopped,
/// or that there is nothing to fix or nothing that helps.
class FixesPage : public QWidget
{
    Q_OBJECT
public:
    explicit FixesPage(FixFinder& finder, QWidget* parent = nullptr);

Q_SIGNALS:
    void applyWanted(const advise::Proposal& proposal);
    void searchWanted();

private:
    QWidget* busyPage();
    QWidget* emptyPage();
    QWidget* listPage();
    void refresh();
    void showProposals(const advise::Advice& advice);

    FixFinder& m_finder;
    QStackedWidget* m_pages;
    QLabel* m_progress;
    QLabel* m_empty;
    QPushButton* m_again;
    QLabel* m_who;
    QListWidget* m_list;
    ProposalView* m_proposal;
};

} // namespace corscope
