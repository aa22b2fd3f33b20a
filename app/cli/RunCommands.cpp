#include "app/cli/Commands.h"

#include "app/cli/Execution.h"
#include "app/cli/TraceJson.h"
#include "app/cli/TraceText.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"
#include "core/share/Format.h"

#include <QCoreApplication>
#include <algorithm>
#include <cstdio>

namespace corscope::cli {

static QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

int run(const RunOptions& options)
{
    auto scenario = scenarioOf(options.file);
    if (!scenario.ok()) {
        complain(named(scenario.error(), options.file));
        return badInput;
    }
    if (!options.profile.isEmpty())
        scenario->profile = options.profile;
    const auto trace = execute(*scenario, options.wire);
    if (!trace.ok()) {
        complain(named(trace.error(), options.file));
        return badInput;
    }
    const auto unmet = unmetExpectations(*scenario, *trace);
    if (!options.html.isEmpty()) {
        const auto report = share::shared(share::Format::Html, *scenario, *trace);
        const auto written = report ? writeFile(options.html, *report) : report.error();
        if (!written) {
            complain(written.error().sentence());
            return badInput;
        }
    }
    if (options.json) {
        const auto text = traceJson(*scenario, *trace, unmet);
        std::fwrite(text.constData(), 1, size_t(text.size()), stdout);
        return unmet.isEmpty() ? asExpected : notAsExpected;
    }
    const auto stops = options.everyStep ? walk::Stops::EveryStep : walk::Stops::Landmarks;
    for (const auto& line : traceText(*scenario, *trace, stops))
        print(line);
    if (!unmet.isEmpty())
        print(QString());
    for (const auto& sentence : unmet)
        print(tr("Not as expected: %1").arg(sentence));
    return unmet.isEmpty() ? asExpected : notAsExpected;
}

static QStringList wireNames(Wire wire)
{
    if (wire == Wire::Both)
        return {QStringLiteral("direct"), QStringLiteral("sockets")};
    return {wire == Wire::Direct ? QStringLiteral("direct") : QStringLiteral("sockets")};
}

static int checkOne(const QString& file, Wire wire)
{
    const auto scenario = scenarioOf(file);
    if (!scenario.ok()) {
        complain(named(scenario.error(), file));
        return badInput;
    }
    QStringList unmet;
    for (const auto& name : wireNames(wire)) {
        const auto trace = execute(*scenario, name == QLatin1String("direct") ? Wire::Direct : Wire::Sockets);
        if (!trace.ok()) {
            complain(named(trace.error(), file));
            return badInput;
        }
        for (const auto& sentence : unmetExpectations(*scenario, *trace))
            unmet.append(wire == Wire::Both ? QString(name + QStringLiteral(": ") + sentence) : sentence);
    }
    if (unmet.isEmpty())
        print(tr("✓ %1").arg(file));
    else
        print(tr("✗ %1: %2").arg(file, unmet.join(QStringLiteral("; "))));
    return unmet.isEmpty() ? asExpected : notAsExpected;
}

int check(const QStringList& files, Wire wire)
{
    int code = asExpected;
    for (const auto& file : files)
        code = std::max(code, checkOne(file, wire));
    return code;
}

int list()
{
    qsizetype width = 0;
    for (const auto& entry : scenariofile::library())
        width = std::max(width, entry.id.size());
    for (const auto& entry : scenariofile::library()) {
        const auto scenario = scenariofile::load(entry.path);
        print(entry.id.leftJustified(width) + QStringLiteral("  ")
              + (scenario.ok() ? scenario->title : scenario.error().sentence()));
    }
    return asExpected;
}

} // namespace corscope::cli
