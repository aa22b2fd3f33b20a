#include "app/cli/Commands.h"

#include "app/cli/Execution.h"
#include "core/advise/Differences.h"
#include "core/advise/FixSearch.h"
#include "core/advise/Hostile.h"
#include "core/backend/FrameworkDescription.h"
#include "core/explain/WhyText.h"
#include "core/scenario/ScenarioFile.h"

#include <QCoreApplication>

namespace corscope::cli {

static QString tr(const char* text) { return QCoreApplication::translate("cli", text); }

static void printDifference(const advise::Difference& difference)
{
    print(QStringLiteral("     ") + difference.title);
    const bool hasCode = !difference.codeBefore.isEmpty() || !difference.codeAfter.isEmpty();
    for (const auto& line : hasCode ? advise::lineDiff(difference.codeBefore, difference.codeAfter)
                                    : advise::lineDiff(difference.settingsBefore, difference.settingsAfter))
        print(QStringLiteral("     %1 %2").arg(QLatin1Char(line.mark)).arg(QString::fromUtf8(line.text)));
}

static void printProposal(const advise::Proposal& proposal)
{
    print(QString());
    print(QStringLiteral("%1. %2").arg(proposal.rank + 1).arg(proposal.title));
    if (!proposal.explanation.isEmpty())
        print(QStringLiteral("   ") + proposal.explanation);
    if (proposal.opens.empty())
        print(tr("   Lets no hostile page in that was tried."));
    for (const auto& difference : proposal.differences)
        printDifference(difference);
}

int fix(const FixOptions& options)
{
    const auto scenario = scenarioOf(options.file);
    if (!scenario.ok()) {
        complain(named(scenario.error(), options.file));
        return badInput;
    }
    const int count = int(scenario->actions.size());
    if (options.action
        && (*options.action < 0 || *options.action >= count
            || !std::holds_alternative<SendAction>(scenario->actions[size_t(*options.action)]))) {
        complain(
            tr("--action: expected the index of a send, from 0 to %1, found %2").arg(count - 1).arg(*options.action));
        return badInput;
    }
    int action = options.action.value_or(-1);
    for (int i = 0; i < count && action < 0; ++i) // the first that is blocked
        if (advise::isBlocked(*scenario, i))
            action = i;
    advise::SearchOptions search;
    if (!options.framework.isEmpty()) {
        if (const auto* description = findFrameworkDescription(options.framework); !description || description->kind != "cors") {
            complain(tr("--framework: expected the id of a CORS middleware, as in a scenario's \"framework\", found %1")
                         .arg(QString::fromUtf8(options.framework)));
            return badInput;
        }
        search.framework = options.framework;
    }
    const auto advice = action < 0 ? advise::Advice() : advise::advise(*scenario, action, search);
    if (!advice.blocked) {
        print(tr("Nothing is blocked."));
        return asExpected;
    }
    print(tr("Action %1 is blocked: %2 (%3)")
              .arg(action)
              .arg(explain::shortReason(*advice.blocked), QString::fromLatin1(whyId(advice.blocked->why))));
    print(advice.who);
    if (!advice.otherwise.isEmpty())
        print(advice.otherwise);

    if (!options.apply) {
        for (const auto& proposal : advice.proposals)
            printProposal(proposal);
        return advice.proposals.empty() ? notAsExpected : asExpected;
    }
    if (*options.apply < 1 || size_t(*options.apply) > advice.proposals.size()) {
        complain(tr("--apply: expected the number of a proposal, from 1 to %1, found %2")
                     .arg(advice.proposals.size())
                     .arg(*options.apply));
        return badInput;
    }
    const auto& proposal = advice.proposals[size_t(*options.apply) - 1];
    printProposal(proposal);
    auto edited = scenariofile::edited(*scenario, proposal.edits);
    if (!edited.ok()) {
        complain(named(edited.error(), options.file));
        return badInput;
    }
    auto& expectations = edited->expectations; // what was expected of the blocked send is not expected any more
    expectations.erase(std::remove_if(expectations.begin(), expectations.end(),
                                      [&](const Expectation& e) { return e.action == action; }),
                       expectations.end());
    if (const auto saved = scenariofile::save(*edited, options.output); !saved.ok()) {
        complain(saved.error().sentence());
        return badInput;
    }
    print(QString());
    print(tr("Written to %1").arg(options.output));
    return asExpected;
}

} // namespace corscope::cli
