#include "tests/oracles/middleware/RunMiddleware.h"

#include "tests/oracles/middleware/Replay.h"

#include <CLI/CLI.hpp>

#include <QDir>
#include <QTextStream>

namespace corscope::oracles {

namespace {

struct Row
{
    QString name;
    Tally tally;
};

void print(QTextStream& out, const std::vector<Row>& rows)
{
    const auto line = [&](const QString& name, const QString& agree, const QString& onPurpose, const QString& skipped,
                          const QString& wrong) {
        out << name.leftJustified(52) << agree.rightJustified(9) << onPurpose.rightJustified(12)
            << skipped.rightJustified(14) << wrong.rightJustified(8) << '\n';
    };
    const auto tallied = [&](const QString& name, const Tally& tally) {
        line(name, QString::number(tally.agree), QString::number(tally.onPurpose), QString::number(tally.notEmulated),
             QString::number(tally.wrong));
    };
    line(QStringLiteral("framework and version"), QStringLiteral("agree"), QStringLiteral("on purpose"),
         QStringLiteral("not emulated"), QStringLiteral("wrong"));
    Tally all;
    for (const auto& row : rows) {
        tallied(row.name, row.tally);
        all.agree += row.tally.agree;
        all.onPurpose += row.tally.onPurpose;
        all.notEmulated += row.tally.notEmulated;
        all.wrong += row.tally.wrong;
    }
    tallied(QStringLiteral("all"), all);

    out << '\n';
    for (const auto& row : rows)
        for (auto it = row.tally.reasons.begin(); it != row.tally.reasons.end(); ++it)
            out << row.name << ": " << it.value() << " x " << it.key() << '\n';
    out << '\n' << all.agree + all.onPurpose << " passed, " << all.wrong << " failed\n";
}

} // namespace

int runMiddleware(const QString& folder, const QString& framework, bool list)
{
    QTextStream out(stdout);
    const QDir directory(folder);
    const auto requests = loadRequests(directory.filePath(QStringLiteral("requests.json")));
    if (!requests) {
        out << requests.error().sentence() << '\n';
        return 2;
    }
    std::vector<Row> rows;
    for (const auto& name : directory.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        if (name == QLatin1String("requests.json"))
            continue;
        const auto recording = MiddlewareRecording::load(directory.filePath(name), *requests);
        if (!recording) {
            out << recording.error().sentence() << '\n';
            return 2;
        }
        const auto* emulation = findEmulated(*recording);
        const auto called = QString::fromUtf8(recording->framework);
        if (!framework.isEmpty() && framework != called && !name.startsWith(framework)
            && !(emulation && framework == QLatin1String(emulation->framework)))
            continue;
        Row row{QString::fromUtf8(recording->version), {}};
        if (!row.name.startsWith(called))
            row.name.prepend(called + QStringLiteral(": "));
        if (emulation) {
            ReplayHooks hooks;
            if (list)
                hooks.wrong = [&](const QString& sentence) { out << name << " / " << sentence << '\n'; };
            row.tally = replay(*recording, *requests, *emulation, hooks);
        } else {
            for (const auto& config : recording->configs)
                for (const int answer : config.answers)
                    row.tally.notEmulated += answer >= 0;
            row.tally.reasons[QStringLiteral("no such middleware here")] = row.tally.notEmulated;
        }
        rows.push_back(row);
    }
    if (rows.empty()) {
        out << InputError{folder, QStringLiteral("recordings of middleware"), framework}.sentence() << '\n';
        return 2;
    }
    print(out, rows);
    return std::any_of(rows.begin(), rows.end(), [](const Row& row) { return row.tally.wrong > 0; }) ? 1 : 0;
}

std::function<int()> addMiddleware(CLI::App& command)
{
    struct Options
    {
        std::string folder;
        std::string framework;
        bool list = false;
    };
    const auto options = std::make_shared<Options>();
    command.add_option("folder", options->folder, "Folder with requests.json and one *.json per recording")->required();
    command.add_option("--framework", options->framework, "Only this framework, or files that start like this");
    command.add_flag("--list", options->list, "Print every wrong answer and what differed");
    return [options] {
        return runMiddleware(QString::fromStdString(options->folder), QString::fromStdString(options->framework),
                             options->list);
    };
}

} // namespace corscope::oracles
