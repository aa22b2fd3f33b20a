#include "app/cli/Execution.h"

#include "core/base/ReplaceFile.h"
#include "core/network/SocketNetwork.h"
#include "core/scenario/Runner.h"
#include "core/paste/HarFile.h"
#include "core/paste/PastedReport.h"
#include "core/scenario/ScenarioFile.h"
#include "core/share/Link.h"

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

bool everythingPrinted()
{
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0)
        return true;
    complain(QCoreApplication::translate("cli", "standard output: expected room for what there is to say, found a full disk or a broken pipe"));
    return false;
}

void complain(const QString& line)
{
    writeLine(stderr, line);
}

QString named(InputError error, const QString& file)
{
    if (share::looksLikeLink(file.toUtf8()))
        return error.sentence();
    const auto name = file == QLatin1String("-") ? QCoreApplication::translate("cli", "standard input")
                                                 : file.section(QLatin1Char('/'), -1);
    if (!error.where.startsWith(name) && !error.where.startsWith(file))
        error.where = error.where.isEmpty() ? name : QString(name + QStringLiteral(": ") + error.where);
    return error.sentence();
}

// Not a scenario file, but one that a scenario can be read from.
static bool looksForeign(const QByteArray& beginning)
{
    return share::looksLikeLink(beginning) || (paste::looksLikeHarFile(beginning) && !beginning.contains("\"corscope\""));
}

static Result<Scenario> scenarioIn(const QByteArray& text, const QString& name)
{
    if (share::looksLikeLink(text))
        return share::scenarioOfLink(text);
    if (!looksForeign(text.left(4096)))
        return scenariofile::parse(text, name);
    const auto report = paste::readPasted(text);
    return report ? Result<Scenario>(report->scenario) : report.error();
}

Result<Done> writeFile(const QString& path, const QByteArray& bytes)
{
    const auto trouble = replaceFile(path, bytes);
    if (trouble.isEmpty())
        return Done{};
    return InputError{path, QCoreApplication::translate("cli", "a file that can be written"), trouble};
}

Result<Scenario> scenarioOf(const QString& file)
{
    if (file == QLatin1String("-")) {
        QFile input;
        if (!input.open(stdin, QIODevice::ReadOnly))
            return InputError{QStringLiteral("-"), QCoreApplication::translate("cli", "a scenario on standard input"), input.errorString()};
        return scenarioIn(input.readAll(), QCoreApplication::translate("cli", "standard input"));
    }
    if (share::looksLikeLink(file.toUtf8()))
        return share::scenarioOfLink(file.toUtf8());
    const auto library = scenariofile::library();
    const auto entry = std::find_if(library.begin(), library.end(), [&](const auto& e) { return e.id == file; });
    if (!QFileInfo::exists(file) && entry != library.end())
        return scenariofile::load(entry->path);
    QFile other(file);
    if (other.open(QIODevice::ReadOnly) && looksForeign(other.peek(4096))) {
        const bool isHar = !share::looksLikeLink(other.peek(4096));
        if (!isHar)
            return share::scenarioOfLink(other.readAll());
        const auto report = paste::readPasted(other);
        return report ? Result<Scenario>(report->scenario) : report.error();
    }
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
