#include "core/network/DirectNetwork.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"

#include <QTest>

using namespace corscope;

static Scenario libraryScenario(const char* id)
{
    const auto scenario = scenariofile::load(QStringLiteral(":/scenarios/%1.corscope").arg(QString::fromLatin1(id)));
    return scenario.ok() ? *scenario : Scenario();
}

static Trace traceOf(const Scenario& scenario)
{
    auto trace = runInProcess(scenario);
    return trace.ok() ? *std::move(trace) : Trace();
}

static QList<QByteArray> laneIds(const Trace& trace)
{
    QList<QByteArray> ids;
    for (const auto& lane : trace.lanes)
        ids.append(lane.id);
    return ids;
}

class TestRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFreshBrowserHasTheCookiesOnce()
    {
        Scenario scenario;
        scenario.cookies = {{"https://api.example.com/", "sid=1; Secure; SameSite=None"}, {"http://localhost/", "a=b"}};
        Browser browser;
        takeInitialCookies(browser, scenario);
        QCOMPARE(browser.cookieJar.cookies().size(), size_t(2));
        QCOMPARE(browser.cookieJar.cookies()[0].domain, QByteArray("api.example.com"));
        QCOMPARE(browser.cookieJar.cookies()[0].sameSite, SameSite::None);
        browser.cookieJar.clear();
        takeInitialCookies(browser, scenario); // what the person took away does not come back
        QVERIFY(browser.cookieJar.cookies().empty());
    }

    void aCookieAsAHeaderIsTheSameCookie()
    {
        const auto url = *Url::parse("https://a.example.com/x/y");
        for (const char* header : {"a=b", "a=b; Path=/x; HttpOnly; Secure; SameSite=Strict", "=v; Domain=example.com",
                                   "a=; Expires=Thu, 01 Jan 2026 13:00:00 GMT; SameSite=Lax"}) {
            CookieJar jar;
            const auto cookie = jar.store(header, CookieRequest{url}, Clock::start);
            QVERIFY2(cookie.ok(), header);
            CookieJar again;
            const auto second = again.store(setCookieHeader(*cookie), CookieRequest{url}, Clock::start);
            QVERIFY2(second.ok(), header);
            QVERIFY2(*second == *cookie, setCookieHeader(*cookie).constData());
        }
    }

    void everyActionLeavesAnOutcome()
    {
        const auto trace = traceOf(libraryScenario("preflight-cache"));
        QCOMPARE(trace.outcomes.size(), size_t(4));
        QVERIFY(std::holds_alternative<SendOutcome>(trace.outcomes[0]));
        QVERIFY(std::holds_alternative<std::monostate>(trace.outcomes[2]));
        for (int i = 1; i < trace.size(); ++i)
            QVERIFY(trace.at(i - 1).action <= trace.at(i).action);
    }

    void theLedgerIsCountedPerSend()
    {
        const auto trace = traceOf(libraryScenario("preflight-cache"));
        for (const size_t i : {0, 1, 3}) {
            const auto& send = std::get<SendOutcome>(trace.outcomes[i]);
            QCOMPARE(send.handlerRuns, 1);
            QCOMPARE(send.effects, QList<QByteArray>{"item 1 saved"});
        }
    }

    void theSecondPreflightIsNotOnTheWire()
    {
        const auto trace = traceOf(libraryScenario("preflight-cache"));
        std::vector<int> preflights(4);
        for (const auto& step : trace.steps)
            if (step->kind == StepKind::Message && step->message && step->message->isRequest()
                && step->message->request().isCorsPreflight() && trace.lanes[size_t(step->lane)].id == "browser")
                ++preflights[size_t(step->action)];
        QCOMPARE(preflights, (std::vector<int>{1, 0, 0, 1}));
    }

    void aWaitMovesTheClock()
    {
        const auto trace = traceOf(libraryScenario("preflight-cache"));
        QCOMPARE(trace.at(0).time, Clock::start);
        QCOMPARE(trace.at(trace.size() - 1).time, Clock::start + std::chrono::minutes(11));
    }

    void lanesStandInDrawingOrder()
    {
        QCOMPARE(laneIds(traceOf(libraryScenario("auth-before-cors"))),
                 (QList<QByteArray>{"page:app", "browser", "api/0", "api/1", "api/handler"}));
    }

    void aStageSwitchedOnLaterHasItsPlaceFromTheStart()
    {
        QCOMPARE(laneIds(traceOf(libraryScenario("fastapi-switch-middleware-on"))),
                 (QList<QByteArray>{"page:app", "browser", "api/0", "api/handler"}));
    }

    void comparingSaysWhatDiffers()
    {
        const auto trace = traceOf(libraryScenario("three-urls-three-origins"));
        const auto& pairs = std::get<CompareOutcome>(trace.outcomes[0]).pairs;
        QCOMPARE(pairs.size(), size_t(3));
        QCOMPARE(pairs[0].differing, QList<QByteArray>{"port"});
        QCOMPARE(pairs[1].differing, (QList<QByteArray>{"scheme", "port"}));
        QCOMPARE(pairs[2].differing, QList<QByteArray>{"scheme"});
    }

    void comparingFollowsTheStandard_data()
    {
        QTest::addColumn<QByteArray>("a");
        QTest::addColumn<QByteArray>("b");
        QTest::addColumn<bool>("same");
        QTest::newRow("path does not count") << QByteArray("http://a.example/x") << QByteArray("http://a.example/y?z") << true;
        QTest::newRow("default port written or not") << QByteArray("https://a.example:443") << QByteArray("https://a.example") << true;
        QTest::newRow("host in capitals") << QByteArray("http://A.example") << QByteArray("http://a.example") << true;
        QTest::newRow("subdomain") << QByteArray("http://a.example") << QByteArray("http://b.a.example") << false;
        QTest::newRow("name and address of one machine") << QByteArray("http://localhost") << QByteArray("http://127.0.0.1") << false;
    }
    void comparingFollowsTheStandard()
    {
        QFETCH(QByteArray, a);
        QFETCH(QByteArray, b);
        QFETCH(bool, same);
        Scenario scenario;
        scenario.actions = {CompareAction{{a, b}}};
        const auto trace = traceOf(scenario);
        QCOMPARE(std::get<CompareOutcome>(trace.outcomes[0]).pairs[0].sameOrigin, same);
        const auto& answer = trace.at(trace.size() - 1);
        QCOMPARE(answer.kind, StepKind::Branch);
        QCOMPARE(answer.verdict, same ? Verdict::Yes : Verdict::No);
        QVERIFY(!answer.blocked);
    }

    void theBrowserGoesOnFromRunToRun()
    {
        const auto scenario = libraryScenario("fastapi-put-json-preflight");
        const auto backend = Backend::create(scenario.servers);
        QVERIFY(backend.ok());
        Browser browser;
        DirectNetwork network(**backend, [&] { return browser.clock.now(); });
        Runner runner(browser, **backend, network);
        Recorder recorder;
        const auto first = runner.run(scenario, recorder);
        const auto second = runner.run(scenario, recorder);
        QCOMPARE(std::get<SendOutcome>(first.outcomes[0]).preflight, SendOutcome::Preflight::Sent);
        QCOMPARE(std::get<SendOutcome>(second.outcomes[0]).preflight, SendOutcome::Preflight::Cached);
        QCOMPARE(std::get<SendOutcome>(second.outcomes[0]).handlerRuns, 1);
    }

    void runsAreRepeatable()
    {
        const auto scenario = libraryScenario("fastapi-switch-middleware-on");
        const auto first = traceOf(scenario);
        const auto second = traceOf(scenario);
        QVERIFY(first.size() > 0);
        QCOMPARE(first.size(), second.size());
        for (int i = 0; i < first.size(); ++i)
            QVERIFY(sameButTime(first.at(i), second.at(i)));
        QVERIFY(first.outcomes == second.outcomes);
    }

    void aSettingThatTheBackendRefusesIsNamed()
    {
        auto scenario = libraryScenario("fastapi-switch-middleware-on");
        std::get<ChangeAction>(scenario.actions[1]) = {QStringLiteral("servers[0].pipeline[0].settings.allow_orig"), true};
        const auto trace = runInProcess(scenario);
        QVERIFY(!trace.ok());
        QVERIFY2(trace.error().sentence().startsWith(QStringLiteral("actions[1]: servers[0].pipeline[0].settings.allow_orig: ")),
                 qPrintable(trace.error().sentence()));
    }

    void unmetExpectationsSayWhatHappened()
    {
        auto scenario = libraryScenario("fastapi-no-middleware");
        Expectation wrong;
        wrong.allowed = true;
        wrong.preflight = SendOutcome::Preflight::Sent;
        wrong.handlerRuns = 0;
        scenario.expectations = {wrong};
        const QString subject = QStringLiteral("actions[0] (GET http://localhost:5000/items/1): ");
        QCOMPARE(unmetExpectations(scenario, traceOf(scenario)),
                 (QStringList{subject + QStringLiteral("expected the verdict allowed, found blocked (missing-allow-origin)"),
                              subject + QStringLiteral("expected the preflight sent, found not-needed"),
                              subject + QStringLiteral("expected handler runs: 0, found 1")}));
        QCOMPARE(unmetExpectations(scenario, Trace()).size(), 1);
    }

    void unmetHeadersSayWhereTheyAre()
    {
        auto scenario = libraryScenario("fastapi-header-not-exposed");
        const auto trace = traceOf(scenario);
        Expectation right;
        right.visibleHeaders = {"Content-Type"};
        right.hiddenHeaders = {"X-Request-Id"};
        scenario.expectations = {right};
        QCOMPARE(unmetExpectations(scenario, trace), QStringList());
        Expectation wrong;
        wrong.visibleHeaders = {"x-request-id", "x-none"};
        wrong.hiddenHeaders = {"content-type"};
        scenario.expectations = {wrong};
        const QString subject = QStringLiteral("actions[0] (GET https://api.example.test/vary): expected the header ");
        QCOMPARE(unmetExpectations(scenario, trace),
                 (QStringList{subject + QStringLiteral("x-request-id to be one that script can read, found that it is hidden"),
                              subject + QStringLiteral("x-none to be one that script can read, found no such header"),
                              subject + QStringLiteral("content-type to be hidden from script, found that it can be read")}));
    }
};

QTEST_APPLESS_MAIN(TestRunner)
#include "tst_runner.moc"
