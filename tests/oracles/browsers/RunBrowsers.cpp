#include "tests/oracles/browsers/RunBrowsers.h"

#include "tests/oracles/browsers/BrowsersReport.h"
#include "tests/oracles/browsers/ConsoleTally.h"
#include "tests/oracles/browsers/StepsReached.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

using namespace corscope;
using namespace corscope::oracles::browsers;

namespace {

struct Options
{
    std::string folder;
    std::string profile = "standard";
    std::string category;
    std::string without;
    bool list = false;
    bool listConsole = false;
    bool steps = false;
};

std::vector<std::string> ids()
{
    std::vector<std::string> result;
    for (const auto& difference : profileDifferences())
        result.push_back(difference.id.toStdString());
    return result;
}

// Whether both decided the same for the same requests: else their reasons differ, and so must the texts.
bool decisionsAgree(const Observation& a, const Observation& b)
{
    return fieldsOf(a).value("wire") == fieldsOf(b).value("wire")
        && std::equal(a.outcomes.begin(), a.outcomes.end(), b.outcomes.begin(), b.outcomes.end(),
                      [](const auto& x, const auto& y) { return x.result == y.result; });
}

void printConsole(QTextStream& out, const std::vector<ConsoleTally>& tallies, bool list)
{
    out << "\nconsole text of refusals by CORS, CSP and Local Network Access, exact:\n";
    for (const auto& tally : tallies) {
        out << QStringLiteral("  %1 %2 of %3 (%4 %)\n").arg(QString::fromLatin1(tally.engine), -9).arg(tally.exact)
                   .arg(tally.compared).arg(tally.compared ? 100.0 * tally.exact / tally.compared : 100.0, 0, 'f', 1);
        if (!list)
            continue;
        for (const auto& wrong : tally.wrong)
            out << "    " << QString::fromLatin1(wrong.id) << "\n      recorded: "
                << wrong.recorded.join(QStringLiteral("\n                "))
                << "\n      ours:     " << wrong.ours.join(QStringLiteral("\n                ")) << '\n';
    }
}

int run(const Options& options)
{
    QTextStream out(stdout);
    const auto cases = readRecordings(QString::fromStdString(options.folder));
    if (!cases) {
        out << cases.error().sentence() << '\n';
        return 2;
    }

    if (options.steps)
        return unreachedSteps(*cases, out) == 0 ? 0 : 1;

    const auto profile = QByteArray::fromStdString(options.profile);
    const auto ways = Profile::named(profile).without(QByteArray::fromStdString(options.without));
    BrowsersReport report;
    using Verdict = BrowsersReport::Verdict;
    std::vector<ConsoleTally> tallies;
    for (const char* engine : engineNames)
        if (profile == "standard" || profile == engine)
            tallies.push_back({engine, 0, 0, {}});

    for (const auto& recorded : *cases) {
        if (!options.category.empty() && recorded.category != QByteArray::fromStdString(options.category))
            continue;
        const auto ours = replay(recorded, ways);
        const auto comparison = compare(recorded, ours.seen, profile);
        for (auto& tally : tallies)
            tally.add(recorded, ours, decisionsAgree(ours.seen, recorded.of(tally.engine)));

        std::vector<Difference> wrong;
        QByteArray purpose;
        for (const auto& difference : comparison.differences) {
            if (const auto reason = onPurpose(recorded, ours, difference, profile); !reason.isEmpty())
                purpose = reason;
            else
                wrong.push_back(difference);
        }
        if (!wrong.empty()) {
            report.add(recorded, Verdict::Wrong);
            if (options.list) {
                out << recorded.id << "  " << QString::fromUtf8(recorded.title) << '\n';
                for (const auto& difference : wrong)
                    out << "    " << difference.field << "\n      expected " << QString::fromUtf8(difference.expected)
                        << "\n      found    " << QString::fromUtf8(difference.found) << '\n';
            }
        } else if (!purpose.isEmpty()) {
            report.add(recorded, Verdict::OnPurpose, purpose);
        } else {
            report.add(recorded, comparison.enginesDiffer ? Verdict::EnginesDiffer : Verdict::Agree);
        }
    }

    report.print(out);
    printConsole(out, tallies, options.listConsole);
    out << '\n' << report.passed() << " passed, " << report.failed() << " failed\n";
    return report.failed() == 0 ? 0 : 1;
}

} // namespace

std::function<int()> corscope::oracles::addBrowsers(CLI::App& command)
{
    const auto options = std::make_shared<Options>();
    command.add_option("folder", options->folder, "Folder with *.jsonl files")->required();
    command.add_option("--profile", options->profile, "Whom the simulated browser has to agree with")
        ->check(CLI::IsMember({"standard", "chromium", "firefox", "webkit"}));
    command.add_option("--category", options->category, "Only cases of this category");
    command.add_option("--without", options->without, "Leave out one difference of the profile, to see which cases need it")
        ->check(CLI::IsMember(ids()));
    command.add_flag("--list", options->list, "Print every wrong case and what differed");
    command.add_flag("--list-console", options->listConsole, "Print every console text that is not exact");
    command.add_flag("--steps", options->steps, "Only look which steps of the catalogue no case reaches, in any profile");
    return [options] { return run(*options); };
}
