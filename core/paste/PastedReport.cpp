#include "core/paste/PastedReport.h"

#include "core/paste/HarFile.h"
#include "core/paste/InferredServer.h"
#include "core/paste/PastedPieces.h"
#include "core/scenario/Runner.h"
#include "core/share/Link.h"

#include <QBuffer>
#include <QCoreApplication>

namespace corscope::paste {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Paste", text); }

constexpr qint64 longestText = 4 * 1024 * 1024;

std::optional<SendOutcome> outcomeOf(const Scenario& scenario)
{
    const auto trace = runInProcess(scenario);
    const auto* send = trace ? trace->lastSend() : nullptr;
    return send ? std::optional(*send) : std::nullopt;
}

bool agrees(const std::optional<SendOutcome>& outcome, const ConsoleReport& console)
{
    if (!outcome || !outcome->blocked || !console.why)
        return false;
    const bool preflight = outcome->blocked->on == Blocked::On::Preflight;
    // WebKit looks at the status of a preflight first, and has one wording for several reasons.
    if (console.engine == "webkit" && (console.ambiguous || console.key == "preflight-status-not-ok"))
        return console.ambiguous ? outcome->blocked->why <= Why::InvalidAllowOrigin : preflight;
    return outcome->blocked->why == *console.why && (console.engine != "chromium" || preflight == console.preflight);
}

// Settings and console line, but they do not meet: what else, in front of the settings or behind them, makes the line true?
struct Circumstance
{
    QString what;
    Scenario scenario;
};

std::vector<Circumstance> circumstances(const Scenario& scenario)
{
    std::vector<Circumstance> result;
    const auto add = [&](const QString& what, auto change) {
        auto other = scenario;
        if (other.servers.empty() || other.servers.back().pipeline.empty() || other.servers.back().routes.empty())
            return;
        change(other.servers.back());
        result.push_back({what, std::move(other)});
    };
    add(tr("The handler fails, and the answer to that is written outside of the CORS layer"), [](ServerConfig& server) { server.routes.front().raises = true; });
    add(tr("Authentication stands in front of the CORS layer"), [](ServerConfig& server) {
        StageConfig auth;
        auth.kind = "auth";
        server.pipeline.insert(server.pipeline.begin(), auth);
    });
    add(tr("A router in front of the CORS layer answers OPTIONS by itself"), [](ServerConfig& server) {
        StageConfig router;
        router.kind = "options-answer";
        server.pipeline.insert(server.pipeline.begin(), router);
    });
    add(tr("The settings do not reach this address: another server, an older start, or a layer that is not in use"),
        [](ServerConfig& server) { server.pipeline.back().enabled = false; });
    return result;
}

// The first circumstance that makes the console line true is taken; the others are named.
bool supposeCircumstance(PastedReport& report, const ConsoleReport& console)
{
    QStringList others;
    bool found = false;
    for (auto& circumstance : circumstances(report.scenario)) {
        const auto outcome = outcomeOf(circumstance.scenario);
        if (!agrees(outcome, console))
            continue;
        if (found) {
            others.append(circumstance.what);
            continue;
        }
        found = true;
        report.scenario = std::move(circumstance.scenario);
        report.outcome = outcome;
        report.guessed.append({circumstance.what, tr("with the pasted settings alone the console would say something else"), std::nullopt});
    }
    for (const auto& other : others)
        report.guessed.append({tr("Or: %1").arg(other), tr("it would look the same"), std::nullopt});
    return found;
}

PastedReport reportOf(const Evidence& evidence, const QString& pasted)
{
    auto inferred = inferScenario(evidence, pasted);
    PastedReport report;
    report.scenario = std::move(inferred.scenario);
    report.certain = std::move(inferred.findings.certain);
    report.guessed = std::move(inferred.findings.guessed);
    report.console = evidence.console;
    report.outcome = outcomeOf(report.scenario);

    const auto* console = evidence.console ? &*evidence.console : nullptr;
    const bool supposed = console && evidence.snippet && console->why && !agrees(report.outcome, *console)
        && supposeCircumstance(report, *console);
    const auto* explanation = console ? explain::findExplanation(console->key) : nullptr;
    const bool same = report.outcome && (!console || agrees(report.outcome, *console));
    // A status that was only guessed must not make the diagnosis finer than what is known.
    const bool statusKnown = !supposed && (evidence.answer || evidence.preflight || (console && console->status));
    if (same && (!explanation || statusKnown))
        report.diagnosis = explain::diagnose(*report.outcome);
    else if (same)
        report.diagnosis = explain::diagnose(*report.outcome, *explanation);
    else if (explanation)
        report.diagnosis = explain::diagnose(*explanation);
    if (console && console->why && !same)
        report.guessed.append({tr("Something that was not pasted makes the difference"),
                               tr("run again with what is here, the outcome is not what the console says"), std::nullopt});
    if (report.outcome && report.outcome->blocked && same) {
        Expectation expectation;
        expectation.action = int(report.scenario.actions.size()) - 1;
        expectation.blockedWhy = whyId(report.outcome->blocked->why);
        report.scenario.expectations.push_back(expectation);
    }
    if (report.scenario.title.isEmpty() || !console)
        report.scenario.title = report.diagnosis.title;
    report.scenario.story = report.diagnosis.happened;
    return report;
}

Result<PastedReport> ofHarFile(QIODevice& device)
{
    const auto exchanges = readHarFile(device);
    if (!exchanges)
        return exchanges.error();
    const auto* chosen = chosenExchange(*exchanges, {});
    Evidence evidence;
    evidence.request = chosen->request;
    evidence.preflight = chosen->preflight;
    if (chosen->answer && (!chosen->answer->headers.isEmpty() || chosen->answer->status))
        evidence.answer = chosen->answer;
    evidence.unanswered = !chosen->answer;
    if (const auto onPreflight = whyOfNetError(chosen->preflightError))
        evidence.failure = NetworkFailure{*onPreflight, true, {}};
    else if (const auto why = whyOfNetError(chosen->error); why && evidence.unanswered)
        evidence.failure = NetworkFailure{*why, false, {}};
    if (evidence.failure && evidence.failure->why == Why::Aborted)
        evidence.request->call.abortAfter = chosen->duration;
    if (const auto lines = readConsole(chosen->comment); !lines.isEmpty())
        evidence.console = lines.front();
    auto report = reportOf(evidence, {});
    report.certain.prepend({tr("%1 %2").arg(QString::fromUtf8(chosen->request.call.method), QString::fromUtf8(chosen->request.call.url)),
                            exchanges->size() == 1 ? tr("the one request to another origin in the file")
                                                   : tr("the first of %1 requests to other origins that failed").arg(exchanges->size()),
                            std::nullopt});
    return report;
}

// A shared scenario says everything itself.
Result<PastedReport> ofLink(const QByteArray& link)
{
    auto scenario = share::scenarioOfLink(link);
    if (!scenario)
        return scenario.error();
    PastedReport report;
    report.scenario = std::move(scenario).value();
    report.outcome = outcomeOf(report.scenario);
    if (report.outcome)
        report.diagnosis = explain::diagnose(*report.outcome);
    report.certain.append({tr("The whole scenario: %1").arg(report.scenario.title), tr("the link holds it"), std::nullopt});
    return report;
}

} // namespace

Result<PastedReport> readPasted(const QByteArray& text)
{
    if (looksLikeHarFile(text)) {
        QBuffer buffer;
        buffer.setData(text);
        buffer.open(QIODevice::ReadOnly);
        return ofHarFile(buffer);
    }
    if (const auto link = share::findLink(text.left(longestText)); !link.isEmpty())
        return ofLink(link);
    auto pasted = QString::fromUtf8(text.left(longestText));
    pasted.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    const auto pieces = readPieces(pasted);
    if (pieces.isEmpty())
        return InputError{{},
                          tr("a console line, a fetch() call, a curl command, headers, settings of a CORS middleware, or a HAR file"),
                          pieces.unread.isEmpty() ? QString() : !pieces.unread.front().problem.isEmpty() ? pieces.unread.front().problem
                                                                                                          : pieces.unread.front().quote};
    auto report = reportOf(combined(pieces), pasted);
    report.unread = pieces.unread;
    return report;
}

Result<PastedReport> readPasted(QIODevice& device)
{
    if (looksLikeHarFile(device.peek(4096)))
        return ofHarFile(device);
    return readPasted(device.read(longestText));
}

} // namespace corscope::paste
