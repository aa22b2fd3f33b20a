#include "tests/fuzz/Target.h"

#include "core/paste/HarEntries.h"
#include "core/paste/HarFile.h"
#include "core/paste/PastedReport.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"
#include "core/share/Exchanges.h"
#include "core/share/Har.h"
#include "core/url/Url.h"

#include <QBuffer>

#include <algorithm>

namespace corscope::fuzz {

static Result<std::vector<paste::HarExchange>> exchangesIn(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    return paste::readHarFile(buffer);
}

/// Text is what the format can hold.
static HeaderList asText(const HeaderList& headers)
{
    HeaderList result;
    for (const auto& [name, value] : headers)
        result.append(name, QString::fromUtf8(value).toUtf8());
    return result;
}

static bool isSame(const share::Exchange& sent, const paste::HarExchange& read)
{
    const auto& call = read.request.call;
    if (call.url != sent.url || call.method != sent.request.method || read.answer.has_value() != sent.response.has_value())
        return false;
    return !read.answer || (read.answer->status == sent.response->status && read.answer->headers == asText(sent.response->headers));
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
    for (const auto& sent : send->exchanges) {
        const auto origin = sent.request.headers.get("Origin");
        const auto url = Url::parse(sent.url);
        // NB: what is no HTTP is passed over, such as the data: URLs that browsers note among the rest.
        if (sent.isPreflight() || !origin || !url || !url->hasHttpScheme() || url->origin().serialized() == *origin)
            continue;
        claim(again.ok() && std::any_of(again->begin(), again->end(), [&](const auto& read) { return isSame(sent, read); }),
              "a request to another origin that was recorded is read again", written);
    }
}

} // namespace corscope::fuzz
