#include "tests/fuzz/Target.h"

#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"
#include "core/share/Link.h"

namespace corscope::fuzz {

/// A scenario file, or a link to one.
void scenario(const QByteArray& input, Claims& claim)
{
    const auto read = share::looksLikeLink(input) ? share::scenarioOfLink(input) : scenariofile::parse(input, {});
    if (!read)
        return;
    const auto text = scenariofile::serialize(*read);
    const auto again = scenariofile::parse(text, {});
    claim(again.ok(), "a scenario that was written can be read", again ? QByteArray() : again.error().sentence().toUtf8());
    if (!again)
        return;
    claim(*again == *read, "and is the same", text);
    claim(scenariofile::serialize(*again) == text, "and is written byte by byte the same", text);
    const auto link = share::scenarioLink(*read);
    const auto linked = share::scenarioOfLink(link);
    claim(linked.ok() && *linked == *read, "a link leads to its scenario", text);
    if (!checkScenario(*read))
        return;
    const auto trace = runInProcess(*read);
    claim(trace.ok(), "a scenario that was checked can be run", trace ? QByteArray() : trace.error().sentence().toUtf8());
    if (trace)
        unmetExpectations(*read, *trace);
}

} // namespace corscope::fuzz
