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

// The loader's own complaint, which follows every failure and every error status; cookies; sandboxes that leak; what
// is said of a page's policy once, as the page is loaded; the note on a use of the local network that was allowed, which
// comes before or after, as it happens.
bool isAboutSomethingElse(const QString& line)
{
    return line.startsWith(QStringLiteral("Failed to load resource:")) || line.startsWith(QStringLiteral("Cookie “"))
        || line.startsWith(QStringLiteral("An iframe which has both"))
        || line.startsWith(QStringLiteral("Content-Security-Policy: This site ("))
        || line.startsWith(QStringLiteral("The Content Security Policy '"))
        || line.startsWith(QStringLiteral("Local Network Access detected"));
}

// By CORS, or by the policies that come before it and have words of their own. Of Local Network Access the standard's
// answer is Chromium's; Firefox asks the person, and WebKit refuses for other reasons, if at all.
bool isCompared(Why why, const QByteArray& engine)
{
    const bool localNetwork = why == Why::InsecureLocalNetwork || why == Why::LocalNetworkPermission || why == Why::TargetAddressSpace;
    return isCorsFailure(why) || why == Why::ContentSecurityPolicy || (localNetwork && engine == "chromium");
}

} // namespace

void ConsoleTally::add(const RecordedCase& recorded, const Replayed& ours, bool decisionsAgree)
{
    const auto& seen = recorded.of(engine);
    const bool refused = std::any_of(ours.outcomes.begin(), ours.outcomes.end(), [&](const auto& outcome) {
        return outcome.blocked && isCompared(outcome.blocked->why, engine);
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
