#pragma once

#include "core/advise/Proposal.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace corscope {

class Chip;
class DiffView;
class Segmented;

/// Whose change it is, in a few words.
QString whoText(advise::Who who);

/// One proposal whole: what to do, who has to do it, whom it lets in besides, and what changes.
class ProposalView : public QWidget
{
    Q_OBJECT
public:
    explicit ProposalView(QWidget* parent = nullptr);
    void show(const advise::Proposal& proposal);

Q_SIGNALS:
    void applyWanted();

private:
    void showDifferences();

    advise::Proposal m_proposal;
    QLabel* m_title;
    Chip* m_who;
    QLabel* m_explanation;
    QLabel* m_warning;
    Segmented* m_which;
    DiffView* m_diff;
    QPushButton* m_apply;
};

} // namespace corscope
