#include "tests/oracles/browsers/ConsoleTally.h"

#include "core/explain/Console.h"

#include <algorithm>

namespace corscope::oracles::browsers {

namespace {

// A worker's console says some things twice and others not at all, depending on who was listening.
bool hasWorker(const RecordedCase& recorded)
{
    return std::any_of(recorded.steps.begin(), recorded.steps.end(), [](const QJsonValue& step) {
        return step.toObject().value(QLatin1String("context")) == QLatin1String("worker");
    });
}

// The loader's own complaint, which follows every failure and every error status; cookies; sandboxes that leak.
bool isAboutSomethingElse(const QString& line)
{
    return line.startsWith(QStringLiteral("Failed to load resource:")) || line.startsWith(QStringLiteral("Cookie “"))
        || line.startsWith(QStringLiteral("An iframe which has both"));
}

} // namespace

void ConsoleTally::add(const RecordedCase& recorded, const Replayed& ours, bool decisionsAgree)
{
    const auto& seen = recorded.of(engine);
    const bool refused = std::any_of(ours.outcomes.begin(), ours.outcomes.end(), [](const auto& outcome) {
        return outcome.blocked && isCorsFailure(outcome.blocked->why);
    });
    if (!refused || !decisionsAgree || hasWorker(recorded) || seen.unstable.contains(QStringLiteral("console")))
        return;

    QStringList lines;
    for (const auto& outcome : ours.outcomes)
        if (const auto text = explain::consoleText(outcome, engine); !text.isEmpty())
            lines += text.split(QLatin1Char('\n'));
    QStringList expected = seen.console;
    expected.erase(std::remove_if(expected.begin(), expected.end(), isAboutSomethingElse), expected.end());

    ++compared;
    if (lines == expected)
        ++exact;
    else
        wrong.push_back({recorded.id, expected, lines});
}

} // namespace corscope::oracles::browsers
