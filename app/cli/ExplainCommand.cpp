#include "app/cli/Commands.h"

#include "app/cli/Execution.h"
#include "core/paste/PastedReport.h"
#include "core/scenario/ScenarioFile.h"

#include <QCoreApplication>
#include <QFile>

namespace corscope::cli {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("cli", text); }

void printNamed(const QString& name, const QString& text)
{
    if (!text.isEmpty())
        print(QStringLiteral("  ") + name.leftJustified(13) + text);
}

void printDiagnosis(const explain::Diagnosis& diagnosis, const std::optional<paste::ConsoleReport>& console)
{
    auto id = QString::fromLatin1(diagnosis.id);
    if (console && !console->code.isEmpty())
        id += QStringLiteral(", ") + QString::fromLatin1(console->code);
    print(QStringLiteral("%1 (%2)").arg(diagnosis.title, id));
    print(QStringLiteral("  ") + diagnosis.happened);
    print({});
    printNamed(tr("Reason"), diagnosis.detail);
    printNamed(tr("Background"), diagnosis.more);
    printNamed(tr("Blocked by"), diagnosis.blockedBy);
    printNamed(tr("The server"), diagnosis.serverDid);
    printNamed(tr("Who can fix"), diagnosis.fixedBy);
    printNamed(tr("How"), diagnosis.fix);
    printNamed(tr("Other tools"), diagnosis.otherTools);
    if (!diagnosis.misconceptions.empty())
        print({});
    for (const auto& misconception : diagnosis.misconceptions)
        print(tr("  Often believed: “%1” (%2) %3").arg(misconception.belief, QString::fromLatin1(misconception.number), misconception.truth));
}

QString placeText(const paste::TextPlace& place)
{
    return tr("line %1, column %2").arg(place.line).arg(place.column);
}

void printFindings(const QString& heading, const QList<paste::Finding>& findings)
{
    if (findings.isEmpty())
        return;
    print({});
    print(heading);
    for (const auto& finding : findings) {
        const auto reason = finding.place ? QString(placeText(*finding.place) + QStringLiteral(": ") + finding.reason) : finding.reason;
        print(QStringLiteral("  %1 (%2)").arg(finding.what, reason));
    }
}

void printUnread(const QList<paste::Unread>& unread)
{
    if (unread.isEmpty())
        return;
    print({});
    print(tr("Not read"));
    for (const auto& item : unread)
        print(item.problem.isEmpty() ? QString(QStringLiteral("  ") + placeText(item.place) + QStringLiteral(": ") + item.quote)
                                     : QString(QStringLiteral("  ") + item.problem));
}

int explainScenario(const Scenario& scenario, const QString& file)
{
    const auto trace = execute(scenario, Wire::Direct);
    if (!trace) {
        complain(named(trace.error(), file));
        return badInput;
    }
    const auto* send = trace->lastSend();
    if (!send) {
        complain(tr("%1: expected an action that sends, found none").arg(file));
        return badInput;
    }
    printDiagnosis(explain::diagnose(*send), std::nullopt);
    return asExpected;
}

Result<paste::PastedReport> reportOf(const QString& file)
{
    QFile input(file);
    const bool opened = file == QLatin1String("-") ? input.open(stdin, QIODevice::ReadOnly) : input.open(QIODevice::ReadOnly);
    if (!opened)
        return InputError{file, tr("a file that can be read"), input.errorString()};
    return paste::readPasted(input);
}

} // namespace

int explain(const ExplainOptions& options)
{
    // A scenario is explained as well; standard input is read only once, so it is always a report.
    if (options.file != QLatin1String("-"))
        if (const auto scenario = scenarioOf(options.file); scenario)
            return explainScenario(*scenario, options.file);
    const auto report = reportOf(options.file);
    if (!report) {
        complain(named(report.error(), options.file));
        return badInput;
    }
    printDiagnosis(report->diagnosis, report->console);
    printFindings(tr("Certain"), report->certain);
    printFindings(tr("Guessed"), report->guessed);
    printUnread(report->unread);
    if (!options.scenario.isEmpty()) {
        if (const auto saved = scenariofile::save(report->scenario, options.scenario); !saved) {
            complain(saved.error().sentence());
            return badInput;
        }
        print({});
        print(tr("Scenario: %1").arg(options.scenario));
    }
    const bool again = !report->console || !report->console->why
        || (report->outcome && report->outcome->blocked && report->diagnosis.id == explain::explanationId(*report->outcome));
    return again ? asExpected : notAsExpected;
}

} // namespace corscope::cli
