#pragma once

#include "core/scenario/Scenario.h"

#include <QString>
#include <vector>

namespace corscope::advise {

/// Whose change it is.
enum class Who { Server, Page, Both };

/// A hostile page that can read the answer now and could not before.
struct Opening
{
    /// How the hostile origin relates to the honest one.
    enum class Kind { OtherSite, Null, HttpTwin, SuffixLookAlike, PrefixLookAlike, OtherPort, Subdomain };
    Kind kind = Kind::OtherSite;
    QByteArray origin;            ///< as its Origin header says it
    bool withCredentials = false; ///< it reads as the visitor who is logged in
    bool operator==(const Opening&) const = default;
};

/// What one stage, or one place of the scenario, was and becomes.
struct Difference
{
    QString title;                            ///< of the stage, or of what changes ("the request of action 1")
    QByteArray place;                         ///< JSON path of it
    QByteArray settingsBefore, settingsAfter; ///< as JSON text
    QByteArray codeBefore, codeAfter;         ///< as the framework's user writes it; empty where there is no code
    bool operator==(const Difference&) const = default;
};

/// Changes that turn one blocked send into an allowed one; each of them is needed.
struct Proposal
{
    QString title;       ///< what to do, as a line
    QString explanation; ///< why it helps, what else it lets in
    QString reason;      ///< why it helps, alone
    Who who = Who::Server;
    int rank = 0; ///< 0 is the one with the least privilege
    int cost = 0; ///< how much it grants, takes away or moves, for comparison only
    /// Changes of the scenario's file, in order, as a "change" action has them; their paths may also lead into its
    /// actions. scenariofile::edited() makes them.
    std::vector<ChangeAction> edits;
    std::vector<Difference> differences;
    std::vector<Opening> opens;  ///< empty: no hostile page that was tried gets in
    std::vector<Opening> closes; ///< hostile pages that could read before and cannot now
    bool operator==(const Proposal&) const = default;
};

/// The whole advice on one send.
struct Advice
{
    std::optional<Blocked> blocked;  ///< null where there is nothing to fix
    std::vector<Proposal> proposals; ///< least privilege first
    QString who;                     ///< a sentence: who can fix it
    QString otherwise;               ///< where nothing was found: what can be done all the same
    int trials = 0;                  ///< how often the scenario was run for it
    bool complete = true;            ///< false where the search was stopped before it had tried everything
};

} // namespace corscope::advise
