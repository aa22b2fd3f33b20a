#include "tests/fuzz/Target.h"

#include "core/paste/HarEntries.h"
#include "core/paste/HarFile.h"
#include "core/paste/PastedReport.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"
#include "core/share/Exchanges.h"
#include "core/share/Har.h"

#include <QBuffer>

namespace corscope::fuzz {

static Result<std::vector<paste::HarExchange>> exchangesIn(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    return paste::readHarFile(buffer);
}

/// A HAR file. The scenario that comes out of it is run, recorded as a HAR file and read again.
void har(const QByteArray& input, Claims& claim)
{
    const auto exchanges = exchangesIn(input);
    if (!exchanges || exchanges->empty())
        return;
    const auto report = paste::readPasted(input);
    if (!report)
        return;
    const auto trace = runInProcess(report->scenario);
    claim(trace.ok(), "what was pasted can be run", trace ? QByteArray() : trace.error().sentence().toUtf8());
    if (!trace)
        return;
    const auto send = share::sharedSend(report->scenario, *trace, share::sharedAction(report->scenario, *trace));
    if (!send)
        return;
    const auto written = share::harFile(report->scenario, *send);
    const auto again = exchangesIn(written);
    claim(again.ok(), "a HAR file that was written can be read", written);
}

} // namespace corscope::fuzz
