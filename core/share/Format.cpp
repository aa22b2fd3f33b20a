#include "core/share/Format.h"

#include "core/advise/FixSearch.h"
#include "core/scenario/ScenarioFile.h"
#include "core/share/CurlCommands.h"
#include "core/share/FetchText.h"
#include "core/share/Har.h"
#include "core/share/HtmlReport.h"
#include "core/share/Link.h"
#include "core/share/Markdown.h"
#include "core/share/Mermaid.h"
#include "core/share/SvgDiagram.h"

#include <QCoreApplication>

#include <algorithm>

namespace corscope::share {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Share", text); }

QByteArray reportWithAdvice(const Scenario& scenario, const Trace& trace)
{
    const auto action = sharedAction(scenario, trace);
    if (action < 0 || !std::get<SendOutcome>(trace.outcomes[size_t(action)]).blocked)
        return htmlReport(scenario, trace);
    const auto advice = advise::advise(scenario, action);
    return htmlReport(scenario, trace, &advice);
}

// A link that nobody can open is none.
Result<QByteArray> readableLink(const Scenario& scenario)
{
    const auto link = scenarioLink(scenario);
    const auto again = scenarioOfLink(link);
    return again ? Result<QByteArray>(QByteArray(link + '\n')) : again.error();
}

QByteArray ofSend(Format format, const Scenario& scenario, const SharedSend& send)
{
    switch (format) {
    case Format::Curl: return curlCommands(send, Shell::Posix);
    case Format::CurlCmd: return curlCommands(send, Shell::Windows);
    case Format::Har: return harFile(scenario, send);
    default: return fetchText(send);
    }
}

} // namespace

const std::vector<FormatInfo>& formats()
{
    static const std::vector<FormatInfo> all{
        {Format::Html, "html", tr("HTML report"),
         tr("One page that needs no network: every step with its reason, to be walked, sent or printed."), QStringLiteral("corscope-report.html"), false},
        {Format::Markdown, "markdown", tr("Markdown for an issue"),
         tr("Verdict, messages, diagram and settings, to be pasted into a bug report."), QStringLiteral("corscope-issue.md"), true},
        {Format::Link, "link", tr("Link"), tr("The whole scenario as one word. Paste it into Corscope, or give it to corscope-cli."),
         QStringLiteral("corscope-link.txt"), false},
        {Format::Svg, "svg", tr("Diagram as SVG"), tr("The sequence diagram as a picture that can be scaled."), QStringLiteral("corscope-diagram.svg"), false},
        {Format::Mermaid, "mermaid", tr("Diagram as Mermaid"), tr("The sequence diagram as text that GitHub and GitLab draw."),
         QStringLiteral("corscope-diagram.mmd"), false},
        {Format::Curl, "curl", tr("curl commands"), tr("Preflight and request, to be run in sh, bash or zsh."), QStringLiteral("corscope-curl.sh"), true},
        {Format::CurlCmd, "curl-cmd", tr("curl commands for Windows"), tr("Preflight and request, to be run in cmd.exe."),
         QStringLiteral("corscope-curl.cmd"), true},
        {Format::Fetch, "fetch", tr("fetch() code"), tr("The call as the page has it, with the messages beside it."), QStringLiteral("corscope-fetch.js"), true},
        {Format::Har, "har", tr("HAR file"), tr("The requests as the browser's developer tools export them."), QStringLiteral("corscope.har"), true},
        {Format::Corscope, "corscope", tr("Scenario file"), tr("The scenario as Corscope saves it."), QStringLiteral("scenario.corscope"), false},
    };
    return all;
}

const FormatInfo& infoOf(Format format)
{
    return *std::find_if(formats().begin(), formats().end(), [&](const FormatInfo& info) { return info.format == format; });
}

std::optional<Format> formatFromId(QByteArrayView id)
{
    for (const auto& info : formats())
        if (id == info.id)
            return info.format;
    return std::nullopt;
}

Result<QByteArray> shared(Format format, const Scenario& scenario, const Trace& trace, int action)
{
    switch (format) {
    case Format::Html: return reportWithAdvice(scenario, trace);
    case Format::Mermaid: return mermaidDiagram(trace, action).toUtf8();
    case Format::Svg: return svgDiagram(trace, action);
    case Format::Link: return readableLink(scenario);
    case Format::Corscope: return scenariofile::serialize(scenario);
    default: break;
    }
    const auto chosen = action < 0 ? sharedAction(scenario, trace) : action;
    const auto send = sharedSend(scenario, trace, chosen);
    if (!send)
        return action < 0 ? InputError{tr("actions"), tr("a send, which is what this format is about"), tr("none")}
                          : InputError{tr("action"), tr("the index of a send"), QString::number(action)};
    if (format == Format::Markdown)
        return markdownIssue(scenario, trace, chosen, *send);
    return ofSend(format, scenario, *send);
}

} // namespace corscope::share
