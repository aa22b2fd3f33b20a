#include "ui/fix/ProposalView.h"

#include "core/advise/Hostile.h"
#include "ui/fix/DiffView.h"
#include "ui/theme/Chip.h"
#include "ui/widgets/Segmented.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace corscope {

QString whoText(advise::Who who)
{
    switch (who) {
    case advise::Who::Server: return QCoreApplication::translate("ProposalView", "Who runs the server");
    case advise::Who::Page: return QCoreApplication::translate("ProposalView", "Who writes the page");
    case advise::Who::Both: return QCoreApplication::translate("ProposalView", "Server and page together");
    }
    return {};
}

static QLabel* sentence(const QString& name)
{
    auto* label = new QLabel;
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

ProposalView::ProposalView(QWidget* parent) : QWidget(parent)
{
    const int em = fontMetrics().height();
    m_title = sentence(QStringLiteral("proposalTitle"));
    m_title->setTextFormat(Qt::PlainText);
    auto bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_who = new Chip;
    m_who->setObjectName(QStringLiteral("proposalWho"));
    m_explanation = sentence(QStringLiteral("proposalExplanation"));
    m_explanation->setTextFormat(Qt::PlainText);
    m_warning = sentence(QStringLiteral("proposalWarning"));
    m_warning->setTextFormat(Qt::PlainText);
    m_warning->setProperty("role", QStringLiteral("banner"));

    m_which = new Segmented({{"code", tr("Code"), tr("As its framework's user writes it")},
                             {"settings", tr("Settings"), tr("As the scenario's file has it")}});
    m_which->setObjectName(QStringLiteral("proposalDiffChooser"));
    m_which->setValue("code");
    connect(m_which, &Segmented::chosen, this, &ProposalView::showDifferences);
    m_diff = new DiffView;
    m_diff->setObjectName(QStringLiteral("proposalDiff"));
    m_diff->setAccessibleName(tr("What changes, line by line"));
    m_apply = new QPushButton(tr("&Apply this fix"));
    m_apply->setObjectName(QStringLiteral("applyFix"));
    m_apply->setProperty("role", QStringLiteral("primary"));
    m_apply->setToolTip(tr("Changes the scenario and sends again. Ctrl+Z takes it back."));
    connect(m_apply, &QPushButton::clicked, this, &ProposalView::applyWanted);

    auto* head = new QHBoxLayout;
    head->addWidget(m_who);
    head->addStretch(1);
    head->addWidget(m_which);
    auto* foot = new QHBoxLayout;
    auto* undo = new QLabel(tr("One step: Ctrl+Z takes it back."));
    undo->setProperty("role", QStringLiteral("muted"));
    foot->addWidget(undo);
    foot->addStretch(1);
    foot->addWidget(m_apply);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(em / 3);
    column->addWidget(m_title);
    column->addWidget(m_explanation);
    column->addWidget(m_warning);
    column->addLayout(head);
    column->addWidget(m_diff, 1);
    column->addLayout(foot);
}

void ProposalView::show(const advise::Proposal& proposal)
{
    m_proposal = proposal;
    m_title->setText(proposal.title);
    m_who->say(whoText(proposal.who), Chip::Look::Accent);
    QStringList opens;
    for (const auto& opening : proposal.opens)
        opens.append(QStringLiteral("•  ") + advise::openingText(opening));
    auto explanation = proposal.reason;
    if (!proposal.closes.empty())
        explanation += QString(explanation.isEmpty() ? QString() : QStringLiteral(" "))
            + tr("Pages of other origins that could read this so far cannot any more.");
    m_explanation->setText(explanation);
    m_explanation->setVisible(!explanation.isEmpty());
    setLook(*m_warning, "look", opens.isEmpty() ? QString() : QStringLiteral("warning"));
    m_warning->setText(opens.isEmpty() ? tr("✓ Lets no hostile page in that was tried.")
                                       : tr("⚠ It would also let in:\n%1").arg(opens.join(QLatin1Char('\n'))));
    const bool code = std::any_of(proposal.differences.begin(), proposal.differences.end(), [](const auto& difference) {
        return !difference.codeBefore.isEmpty() || !difference.codeAfter.isEmpty();
    });
    m_which->setVisible(code);
    showDifferences();
}

void ProposalView::showDifferences()
{
    m_diff->setDifferences(m_proposal.differences,
                           m_which->value() == "settings" ? DiffView::Show::Settings : DiffView::Show::Code);
}

} // namespace corscope
