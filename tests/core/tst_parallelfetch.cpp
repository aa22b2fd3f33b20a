#include "tests/core/ScriptedNetwork.h"

#include "core/fetch/ParallelFetch.h"

#include <QTest>

using namespace corscope;

class tst_ParallelFetch : public QObject
{
    Q_OBJECT

private:
    static QByteArray methods(const ScriptedNetwork& network)
    {
        QByteArray all;
        for (const auto& sent : network.sent)
            all += sent.request.method + ' ';
        return all;
    }

private Q_SLOTS:
    void equalRequestsAtOnceNeedTwoPreflights()
    {
        Bench bench;
        const HeaderList allow{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"},
                               {"Access-Control-Max-Age", "600"}};
        for (int i = 0; i < 5; ++i)
            bench.network.answer(200, allow);
        const auto put = Bench::call("http://api.test/", "PUT");
        const auto outcomes = parallelFetch({{bench.page, put}, {bench.page, put}}, bench.browser, bench.network);
        QCOMPARE(methods(bench.network), "OPTIONS OPTIONS PUT PUT ");
        QVERIFY(outcomes[0].allowed() && outcomes[1].allowed());
        // One after the other, the third needs none.
        QVERIFY(bench.fetch(put).preflight == SendOutcome::Preflight::Cached);
    }

    void theLongerOneGoesOnAlone()
    {
        Bench bench;
        const HeaderList allow{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"}};
        for (int i = 0; i < 3; ++i)
            bench.network.answer(200, allow);
        const auto outcomes = parallelFetch({{bench.page, Bench::call("http://api.test/")},
                                             {bench.page, Bench::call("http://api.test/", "PUT")}},
                                            bench.browser, bench.network);
        QCOMPARE(methods(bench.network), "GET OPTIONS PUT ");
        QCOMPARE(outcomes[0].method, "GET");
        QCOMPARE(outcomes[1].method, "PUT");
    }

    void nothingIsNothing()
    {
        Bench bench;
        QVERIFY(parallelFetch({}, bench.browser, bench.network).empty());
    }
};

QTEST_GUILESS_MAIN(tst_ParallelFetch)
#include "tst_parallelfetch.moc"
