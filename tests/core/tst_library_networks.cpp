#include "core/network/DirectNetwork.h"
#include "core/network/LiveBackend.h"
#include "core/network/SocketNetwork.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"

#include <QTemporaryDir>
#include <QTest>

using namespace corscope;

/// In-process and over sockets, a scenario is the same story: step for step, but for the time.
class tst_LibraryNetworks : public QObject
{
    Q_OBJECT

    QTemporaryDir m_authority;

    static QByteArray described(const Step& step)
    {
        return QByteArray::number(step.index) + ' ' + step.at.algorithm.id().toByteArray() + ' ' + step.at.step + ' '
            + step.label + " in lane " + QByteArray::number(step.lane);
    }

    Trace overSockets(const Scenario& scenario)
    {
        const auto backend = Backend::create(scenario.servers);
        Browser browser;
        const auto now = [&] { return browser.clock.now(); }; // the run waits while a server asks
        const auto live = LiveBackend::start(*backend, {PortPolicy::Free, now, m_authority.path()});
        if (!live)
            qFatal("%s", qPrintable(live.error().sentence()));
        SocketNetwork network(live.value()->names(), {live.value()->trusted(), std::chrono::seconds(10)});
        Recorder recorder;
        return Runner(browser, **backend, network).run(scenario, recorder);
    }

private Q_SLOTS:
    void bothNetworksLeaveTheSameTrace_data()
    {
        QTest::addColumn<QString>("path");
        const auto entries = scenariofile::library();
        QVERIFY(entries.size() >= 10);
        for (const auto& entry : entries)
            QTest::newRow(qPrintable(entry.id)) << entry.path;
    }

    void bothNetworksLeaveTheSameTrace()
    {
        QFETCH(QString, path);
        const auto scenario = scenariofile::load(path);
        QVERIFY2(scenario.ok(), scenario.ok() ? "" : qPrintable(scenario.error().sentence()));
        const auto direct = runInProcess(*scenario);
        QVERIFY(direct.ok());
        const auto sockets = overSockets(*scenario);
        QCOMPARE(sockets.lanes, direct->lanes);
        for (int i = 0; i < std::min(sockets.size(), direct->size()); ++i)
            QVERIFY2(sameButTime(sockets.at(i), direct->at(i)),
                     QByteArray("direct: " + described(direct->at(i)) + "; sockets: " + described(sockets.at(i))).constData());
        QCOMPARE(sockets.size(), direct->size());
        QVERIFY(sockets.outcomes == direct->outcomes);
        QCOMPARE(unmetExpectations(*scenario, sockets), QStringList());
    }
};

QTEST_GUILESS_MAIN(tst_LibraryNetworks)
#include "tst_library_networks.moc"
