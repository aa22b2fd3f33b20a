#include "core/paste/PastedReport.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"
#include "core/share/CurlCommands.h"
#include "core/share/FetchText.h"
#include "core/share/Har.h"
#include "core/share/Link.h"

#include <QTest>

using namespace corscope;
using namespace corscope::share;

namespace {

struct Sent
{
    QString name; ///< "csp-connect-src, action 2"
    QByteArray id;
    Scenario scenario;
    Trace trace;
    int action = 0;
};

std::vector<Scenario> libraryScenarios()
{
    std::vector<Scenario> all;
    for (const auto& entry : scenariofile::library())
        if (auto scenario = scenariofile::load(entry.path))
            all.push_back(std::move(scenario).value());
    return all;
}

/// Every send of every scenario of the library, run.
const std::vector<Sent>& librarySends()
{
    static const std::vector<Sent> all = [] {
        std::vector<Sent> sends;
        for (const auto& entry : scenariofile::library()) {
            const auto scenario = scenariofile::load(entry.path);
            const auto trace = runInProcess(*scenario);
            for (int i = 0; i < int(scenario->actions.size()); ++i)
                if (std::holds_alternative<SendAction>(scenario->actions[size_t(i)]))
                    sends.push_back({QStringLiteral("%1, action %2").arg(entry.id).arg(i), entry.id.toUtf8(), *scenario, *trace, i});
        }
        return sends;
    }();
    return all;
}

QByteArray verdictOf(const std::optional<SendOutcome>& outcome)
{
    if (!outcome)
        return "not run";
    if (!outcome->blocked)
        return outcome->visible == SendOutcome::Visible::Opaque ? "opaque" : "visible";
    return whyId(outcome->blocked->why) + (outcome->blocked->on == Blocked::On::Preflight ? " on the preflight" : "");
}

using Writer = QByteArray (*)(const Sent&, const SharedSend&);

QStringList notCarried(Writer write)
{
    QStringList lost;
    for (const auto& sent : librarySends()) {
        const auto send = sharedSend(sent.scenario, sent.trace, sent.action);
        const auto expected = verdictOf(*send->outcome);
        const auto report = paste::readPasted(write(sent, *send));
        const auto found = report ? verdictOf(report->outcome) : report.error().sentence().toUtf8();
        if (found != expected)
            lost.append(QStringLiteral("%1: %2, pasted back %3").arg(sent.name, QString::fromUtf8(expected), QString::fromUtf8(found)));
    }
    return lost;
}

} // namespace

class TestShare : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void harCarriesTheVerdict()
    {
        const auto lost = notCarried([](const Sent& sent, const SharedSend& send) { return harFile(sent.scenario, send); });
        for (const auto& line : lost)
            qWarning("%s", qPrintable(line));
        QVERIFY(lost.isEmpty());
    }
    void curlCarriesTheVerdict()
    {
        const auto lost = notCarried([](const Sent&, const SharedSend& send) { return curlCommands(send, Shell::Posix); });
        for (const auto& line : lost)
            qWarning("%s", qPrintable(line));
        QVERIFY(lost.isEmpty());
    }
    void curlForWindowsCarriesTheVerdict()
    {
        const auto lost = notCarried([](const Sent&, const SharedSend& send) { return curlCommands(send, Shell::Windows); });
        for (const auto& line : lost)
            qWarning("%s", qPrintable(line));
        QVERIFY(lost.isEmpty());
    }
    void fetchCarriesTheVerdict()
    {
        const auto lost = notCarried([](const Sent&, const SharedSend& send) { return fetchText(send); });
        for (const auto& line : lost)
            qWarning("%s", qPrintable(line));
        QVERIFY(lost.isEmpty());
    }
    void linkIsTheWholeScenario()
    {
        for (const auto& scenario : libraryScenarios()) {
            const auto link = scenarioLink(scenario);
            const auto again = scenarioOfLink(link);
            QVERIFY2(again.ok(), qPrintable(scenario.title));
            QCOMPARE(scenariofile::serialize(*again), scenariofile::serialize(scenario));
        }
    }
};

QTEST_GUILESS_MAIN(TestShare)
#include "tst_share.moc"
