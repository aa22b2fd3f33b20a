#include "core/network/DirectNetwork.h"
#include "core/network/LiveBackend.h"
#include "core/network/SocketNetwork.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"

#include <QJsonArray>
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
        return QByteArray::number(step.index) + ' ' + step.at.algorithm.id().toByteArray() + ' ' + step.at.step.toByteArray() + ' '
            + step.label.toByteArray() + " in lane " + QByteArray::number(step.lane);
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

    void compareNetworks(const Scenario& scenario)
    {
        const auto direct = runInProcess(scenario);
        QVERIFY(direct.ok());
        const auto sockets = overSockets(scenario);
        QCOMPARE(sockets.lanes, direct->lanes);
        for (int i = 0; i < std::min(sockets.size(), direct->size()); ++i)
            QVERIFY2(sameButTime(sockets.at(i), direct->at(i)),
                     QByteArray("direct: " + described(direct->at(i)) + "; sockets: " + described(sockets.at(i))).constData());
        QCOMPARE(sockets.size(), direct->size());
        QVERIFY(sockets.outcomes == direct->outcomes);
        QCOMPARE(unmetExpectations(scenario, sockets), QStringList());
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
        compareNetworks(*scenario);
    }

    void aServerMoves_data()
    {
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("another port") << QByteArray("http://localhost:5001");
        QTest::newRow("another host") << QByteArray("http://api.example.test:5000");
        QTest::newRow("to https, where there was none") << QByteArray("https://localhost:5000");
        QTest::newRow("everything") << QByteArray("https://api.example.test");
    }
    void aServerMoves()
    {
        QFETCH(QByteArray, to);
        const QByteArray from = "http://localhost:5000";
        const auto path = QStringLiteral("servers[0].origin");
        Scenario scenario;
        scenario.pages = {PageConfig{}};
        scenario.pages[0].id = "app";
        ServerConfig server{"api", "http", "localhost", 5000, {}, {}};
        server.pipeline = {{"cors", "fastapi", {}, true, {{QStringLiteral("allow_origins"), QJsonArray{QStringLiteral("*")}}}}};
        server.routes = {RouteConfig{}};
        scenario.servers = {server};
        const auto send = [](const QByteArray& origin) {
            SendAction action{"app", {}};
            action.call.url = QByteArray(origin + '/');
            return action;
        };
        scenario.actions = {send(from), ChangeAction{path, QString::fromLatin1(to)}, send(to), send(from),
                            ChangeAction{path, QString::fromLatin1(from)}, send(from), send(to)};
        for (const int action : {0, 2, 3, 5, 6}) {
            Expectation expectation;
            expectation.action = action;
            expectation.allowed = action != 3 && action != 6;
            scenario.expectations.push_back(expectation);
        }
        compareNetworks(scenario);
    }
};

QTEST_GUILESS_MAIN(tst_LibraryNetworks)
#include "tst_library_networks.moc"
