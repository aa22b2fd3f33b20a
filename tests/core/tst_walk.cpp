#include "core/trace/Recorder.h"
#include "core/trace/Walk.h"

#include <QTest>

using namespace corscope;
using walk::Stops;

/// A put with a preflight that succeeds and a request that the CORS check refuses. L marks the landmarks.
///
///   0 enter main-fetch
///   1   rule 1
///   2   enter http-fetch
///   3     rule 1
///   4     enter cors-preflight-fetch
///   5 L     message OPTIONS
///   6       enter route (the stage, on the server)
///   7 L       success
///   8 L     message 200
///   9       enter cors-check
///  10         rule 1
///  11 L       success
///  12 L   message PUT
///  13     enter cors-check
///  14       rule 1
///  15 L     failure
///  16       (rule after the failure)
///  17   rule 2
static Trace blockedPut()
{
    Recorder recorder;
    const int browser = recorder.lane({Lane::Kind::Browser, "browser", {}, {}});
    const int server = recorder.lane({Lane::Kind::Handler, "api/handler", "api", {}});
    {
        auto main = recorder.enter(Algorithm::MainFetch, browser);
        main.step("1");
        {
            auto http = recorder.enter(Algorithm::HttpFetch);
            http.step("1");
            {
                auto preflight = recorder.enter(Algorithm::CorsPreflightFetch);
                preflight.message("1", server, "OPTIONS /", {});
                recorder.enter(Algorithm::Route, server).success("1");
                preflight.message("2", browser, "200 OK", {});
                auto check = recorder.enter(Algorithm::CorsCheck);
                check.step("1");
                check.success("4");
            }
            http.message("2", server, "PUT /", {});
            auto check = recorder.enter(Algorithm::CorsCheck);
            check.step("1");
            check.failure("2", Why::MissingAllowOrigin);
            check.step("3");
        }
        main.step("2");
    }
    return recorder.take();
}

static Trace oneStep()
{
    Recorder recorder;
    recorder.record({.kind = StepKind::Effect});
    return recorder.take();
}

class TestWalk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stopsAreTheLandmarksOrEverything()
    {
        const auto trace = blockedPut();
        QCOMPARE(trace.size(), 18);
        QCOMPARE(walk::stops(trace, Stops::Landmarks), (std::vector<int>{5, 7, 8, 11, 12, 15}));
        QCOMPARE(walk::stops(trace, Stops::EveryStep).size(), size_t(18));
        QCOMPARE(walk::first(trace, Stops::Landmarks), 5);
        QCOMPARE(walk::last(trace, Stops::Landmarks), 15);
        QCOMPARE(walk::first(trace, Stops::EveryStep), 0);
        QCOMPARE(walk::last(trace, Stops::EveryStep), 17);
    }

    void backUndoesNext_data()
    {
        QTest::addColumn<bool>("everyStep");
        QTest::newRow("landmarks") << false;
        QTest::newRow("every step") << true;
    }
    void backUndoesNext()
    {
        QFETCH(bool, everyStep);
        const auto kind = everyStep ? Stops::EveryStep : Stops::Landmarks;
        const auto trace = blockedPut();
        const auto stops = walk::stops(trace, kind);
        for (size_t i = 0; i + 1 < stops.size(); ++i) {
            QCOMPARE(walk::next(trace, stops[i], kind), stops[i + 1]);
            QCOMPARE(walk::back(trace, stops[i + 1], kind), stops[i]);
        }
        QCOMPARE(walk::next(trace, stops.back(), kind), stops.back());
        QCOMPARE(walk::back(trace, stops.front(), kind), stops.front());
    }

    void nextAndBackFromBetweenTheStops()
    {
        const auto trace = blockedPut();
        QCOMPARE(walk::next(trace, -1, Stops::Landmarks), 5);
        QCOMPARE(walk::next(trace, 9, Stops::Landmarks), 11);
        QCOMPARE(walk::back(trace, 9, Stops::Landmarks), 8);
    }

    void overSkipsTheWholePreflight_data()
    {
        QTest::addColumn<int>("at");
        for (int at = 4; at <= 11; ++at)
            QTest::addRow("from step %d of the preflight", at) << at;
    }
    void overSkipsTheWholePreflight()
    {
        QFETCH(int, at);
        QCOMPARE(walk::over(blockedPut(), at, Stops::Landmarks), 12);
        QCOMPARE(walk::over(blockedPut(), at, Stops::EveryStep), 12);
    }

    void overSkipsTheAlgorithmThatStartsHere()
    {
        const auto trace = blockedPut();
        QCOMPARE(walk::over(trace, 2, Stops::EveryStep), 17);
        QCOMPARE(walk::over(trace, 13, Stops::EveryStep), 17);
        QCOMPARE(walk::over(trace, 14, Stops::EveryStep), 15);
        QCOMPARE(walk::over(trace, 15, Stops::Landmarks), 15);
    }

    void outLeavesTheAlgorithm()
    {
        const auto trace = blockedPut();
        QCOMPARE(walk::out(trace, 7, Stops::Landmarks), 8);
        QCOMPARE(walk::out(trace, 10, Stops::EveryStep), 12);
        QCOMPARE(walk::out(trace, 5, Stops::Landmarks), 12);
        QCOMPARE(walk::out(trace, 14, Stops::EveryStep), 17);
        QCOMPARE(walk::out(trace, 15, Stops::Landmarks), 15);
        QCOMPARE(walk::out(trace, 0, Stops::EveryStep), 0);
    }

    void decisionIsTheLastFailure()
    {
        QCOMPARE(walk::decision(blockedPut()), 15);
    }

    void decisionIsTheLastSuccessWhereAllWentWell()
    {
        auto trace = blockedPut();
        trace.steps = trace.steps.first(13);
        QCOMPARE(walk::decision(trace), 11);
    }

    void decisionBelongsToTheLastSend()
    {
        Recorder recorder;
        const int browser = recorder.lane({Lane::Kind::Browser, "browser", {}, {}});
        SendOutcome blocked;
        blocked.blocked = recorder.enter(Algorithm::CorsCheck, browser).failure("2", Why::MissingAllowOrigin);
        blocked.blockedStep = 1;
        recorder.addOutcome(blocked);
        recorder.setAction(1);
        recorder.enter(Algorithm::CorsCheck, browser).success("6");
        SendOutcome allowed;
        allowed.visible = SendOutcome::Visible::Yes;
        recorder.addOutcome(allowed);
        recorder.setAction(2);
        recorder.enter(Algorithm::SameOrigin, browser).success("2");
        recorder.addOutcome(CompareOutcome());
        QCOMPARE(walk::decision(recorder.take()), 3);
    }

    void everyStepStandsUnderALandmark()
    {
        const auto trace = blockedPut();
        QCOMPARE(walk::landmarkOf(trace, 10), 11); // the rule before a decision: the decision
        QCOMPARE(walk::landmarkOf(trace, 14), 15);
        QCOMPARE(walk::landmarkOf(trace, 16), 15); // nothing comes after it: what came before
        QCOMPARE(walk::landmarkOf(trace, 6), 7);
        QCOMPARE(walk::landmarkOf(trace, 0), 5);
        QCOMPARE(walk::landmarkOf(trace, 12), 12);
        QCOMPARE(walk::landmarkOf(trace, 17), 15);
        for (int i = 0; i < trace.size(); ++i)
            QVERIFY(trace.at(walk::landmarkOf(trace, i)).landmark);
    }

    void nowhereToGo_data()
    {
        QTest::addColumn<int>("size");
        QTest::newRow("empty trace") << 0;
        QTest::newRow("one step, and no landmark") << 1;
    }
    void nowhereToGo()
    {
        QFETCH(int, size);
        const auto trace = size ? oneStep() : Trace();
        const int only = size - 1;
        for (const auto kind : {Stops::Landmarks, Stops::EveryStep}) {
            QCOMPARE(walk::first(trace, kind), only);
            QCOMPARE(walk::last(trace, kind), only);
            QCOMPARE(walk::next(trace, only, kind), only);
            QCOMPARE(walk::back(trace, only, kind), only);
            QCOMPARE(walk::over(trace, only, kind), only);
            QCOMPARE(walk::out(trace, only, kind), only);
        }
        QCOMPARE(walk::decision(trace), only);
        QCOMPARE(walk::landmarkOf(trace, only), only);
    }
};

QTEST_APPLESS_MAIN(TestWalk)
#include "tst_walk.moc"
