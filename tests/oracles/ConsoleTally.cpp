#include "ConsoleTally.h"

#include "core/explain/Console.h"

#include <algorithm>

namespace corscope::oracle {

void ConsoleTally::add(const RecordedCase& recorded, const Replayed& ours, bool decisionsAgree)
{
    const auto& seen = recorded.of(engine);
    const bool refused = std::any_of(ours.outcomes.begin(), ours.outcomes.end(), [](const auto& outcome) {
        return outcome.blocked && isCorsFailure(outcome.blocked->why);
    });
    if (!refused || !decisionsAgree || seen.unstable.contains(QStringLiteral("console")))
        return;

    QStringList lines;
    for (const auto& outcome : ours.outcomes)
        if (const auto text = explain::consoleText(outcome, engine); !text.isEmpty())
            lines += text.split(QLatin1Char('\n'));
    QStringList expected = seen.console;
    // Lines that are not about CORS: the loader's, which follows every failure and every error status, and those about
    // cookies on the way.
    expected.erase(std::remove_if(expected.begin(), expected.end(), [](const QString& line) {
        return line.startsWith(QStringLiteral("Failed to load resource:")) || line.startsWith(QStringLiteral("Cookie “"));
    }), expected.end());

    ++compared;
    if (lines == expected)
        ++exact;
    else
        wrong.push_back({recorded.id, expected, lines});
}

} // namespace corscope::oracle
