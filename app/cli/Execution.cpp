#include "app/cli/Execution.h"

#include "core/network/SocketNetwork.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>
#include <cstdio>

namespace corscope::cli {

static void writeLine(std::FILE* stream, const QString& line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stream);
    std::fflush(stream);
}

void print(const QString& line)
{
    writeLine(stdout, line);
}

void complain(const QString& line)
{
    writeLine(stderr, line);
}

QString named(InputError error, const QString& file)
{
    const auto name = file == QLatin1String("-") ? QCoreApplication::translate("cli", "standard input")
                                                 : file.section(QLatin1Char('/'), -1);
    if (!error.where.startsWith(name) && !error.where.startsWith(file))
        error.where = error.where.isEmpty() ? name : QString(name + QStringLiteral(": ") + error.where);
    return error.sentence();
}

Result<Scenario> scenarioOf(const QString& file)
{
    if (file == QLatin1String("-")) {
        QFile input;
        if (!input.open(stdin, QIODevice::ReadOnly))
            return InputError{QStringLiteral("-"), QCoreApplication::translate("cli", "a scenario on standard input"), input.errorString()};
        return scenariofile::parse(input.readAll(), QCoreApplication::translate("cli", "standard input"));
    }
    const auto library = scenariofile::library();
    const auto entry = std::find_if(library.begin(), library.end(), [&](const auto& e) { return e.id == file; });
    if (!QFileInfo::exists(file) && entry != library.end())
        return scenariofile::load(entry->path);
    return scenariofile::load(file);
}

QString authorityDirectory()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/authority");
}

static Result<Trace> executeOverSockets(const Scenario& scenario)
{
    if (const auto checked = checkScenario(scenario); !checked.ok())
        return checked.error();
    const auto backend = Backend::create(scenario.servers);
    if (!backend.ok())
        return backend.error();
    Browser browser;
    LiveBackend::Options options;
    options.portPolicy = PortPolicy::Free;
    options.now = [&] { return browser.clock.now(); };
    options.authorityDirectory = authorityDirectory();
    const auto live = LiveBackend::start(*backend, options);
    if (!live.ok())
        return live.error();
    SocketNetwork::Options socketOptions;
    socketOptions.trusted = (*live)->trusted();
    SocketNetwork network((*live)->names(), socketOptions);
    Recorder recorder;
    return Runner(browser, **backend, network).run(scenario, recorder);
}

Result<Trace> execute(const Scenario& scenario, Wire wire)
{
    return wire == Wire::Sockets ? executeOverSockets(scenario) : runInProcess(scenario);
}

} // namespace corscope::cli
