#include "tests/fuzz/Target.h"

#include "core/paste/ConsoleReport.h"
#include "core/paste/PastedReport.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"

namespace corscope::fuzz {

/// What somebody pastes who has "blocked by CORS policy" on the screen: anything.
void console(const QByteArray& input, Claims& claim)
{
    const auto text = QString::fromUtf8(input);
    for (const auto& report : paste::readConsole(text))
        claim(0 <= report.range.from && report.range.from < report.range.to && report.range.to <= text.size(),
              "a line of a console stands somewhere in the text");
    const auto report = paste::readPasted(input);
    if (!report) {
        claim(!report.error().expected.isEmpty(), "who cannot read says what was expected");
        return;
    }
    const auto file = scenariofile::serialize(report->scenario);
    const auto again = scenariofile::parse(file, {});
    claim(again.ok(), "what was pasted can be saved", again ? QByteArray() : again.error().sentence().toUtf8());
    claim(!again || *again == report->scenario, "and opened again", file);
    const auto checked = checkScenario(report->scenario);
    claim(checked.ok(), "and sent", checked ? QByteArray() : checked.error().sentence().toUtf8());
}

} // namespace corscope::fuzz
