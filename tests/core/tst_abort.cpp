#include "tests/core/ScriptedNetwork.h"

#include "core/explain/Console.h"
#include "core/fetch/XhrCall.h"

#include <QTest>

using namespace corscope;
using std::chrono::milliseconds;

namespace {
ResponseMessage after(Milliseconds delay)
{
    ResponseMessage response{200, "OK", {{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"}}, "ok"};
    response.delay = delay;
    return response;
}
} // namespace

class tst_Abort : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void abortedBeforehandIsNeverSent()
    {
        Bench bench;
        auto call = Bench::call("http://api.test/");
        call.abortAfter = milliseconds(-1);
        const auto outcome = bench.fetch(call);
        QCOMPARE(whyOf(outcome.blocked), "aborted");
        QVERIFY(bench.network.sent.empty());
        QCOMPARE(explain::exceptionText(outcome, "chromium"), QStringLiteral("AbortError: signal is aborted without reason"));
    }

    void virtualTimeDecidesWhoIsFirst_data()
    {
        QTest::addColumn<int>("delay");
        QTest::addColumn<int>("abortAfter");
        QTest::addColumn<int>("timeout");
        QTest::addColumn<QByteArray>("why");
        QTest::addColumn<int>("passed");
        QTest::newRow("nobody gives up") << 60000 << -2 << -2 << QByteArray("none") << 60000;
        QTest::newRow("answer first") << 100 << 150 << -2 << QByteArray("none") << 100;
        QTest::newRow("abort first") << 200 << 150 << -2 << QByteArray("aborted") << 150;
        QTest::newRow("timeout first") << 200 << -2 << 150 << QByteArray("timed-out") << 150;
        QTest::newRow("abort before timeout") << 200 << 100 << 150 << QByteArray("aborted") << 100;
        QTest::newRow("timeout before abort") << 200 << 150 << 100 << QByteArray("timed-out") << 100;
        QTest::newRow("timeout of zero is none") << 200 << -2 << 0 << QByteArray("none") << 200;
    }
    void virtualTimeDecidesWhoIsFirst()
    {
        QFETCH(int, delay);
        QFETCH(int, abortAfter);
        QFETCH(int, timeout);
        QFETCH(int, passed);
        Bench bench;
        bench.network.answer(after(milliseconds(delay)));
        auto call = Bench::call("http://api.test/");
        if (abortAfter > -2)
            call.abortAfter = milliseconds(abortAfter);
        if (timeout > -2)
            call.timeout = milliseconds(timeout);
        QTEST(whyOf(bench.fetch(call).blocked), "why");
        QCOMPARE(bench.browser.clock.now() - Clock::start, milliseconds(passed));
    }

    void whatNeverComesIsGivenUp()
    {
        Bench bench;
        bench.network.fail({Why::TimedOut, {}, true});
        auto call = Bench::call("http://api.test/");
        call.abortAfter = milliseconds(150);
        QCOMPARE(whyOf(bench.fetch(call).blocked), "aborted");
    }

    void preflightTakesItsShareOfTheTime()
    {
        Bench bench;
        bench.network.answer(after(milliseconds(100)));
        bench.network.answer(after(milliseconds(100)));
        auto call = Bench::call("http://api.test/", "PUT");
        call.abortAfter = milliseconds(150);
        const auto outcome = bench.fetch(call);
        QCOMPARE(whyOf(outcome.blocked), "aborted");
        QCOMPARE(outcome.requestSent, true);
    }

    void timeMayBeUpBeforeTheRequestItself()
    {
        Bench bench;
        bench.network.answer(after(milliseconds(150)));
        bench.network.answer(after(milliseconds(100)));
        auto call = Bench::call("http://api.test/", "PUT");
        call.abortAfter = milliseconds(150);
        QCOMPARE(whyOf(bench.fetch(call).blocked), "aborted");
        QCOMPARE(bench.network.sent.size(), 2u);
        QCOMPARE(bench.browser.clock.now() - Clock::start, milliseconds(150)); // nobody waits any longer
    }

    void xhrHandsItsTimeoutOn()
    {
        XhrCall xhr;
        xhr.url = "http://api.test/";
        xhr.timeout = milliseconds(5);
        QCOMPARE(fetchCallOf(xhr)->timeout, std::optional(Milliseconds(5)));
    }
};

QTEST_GUILESS_MAIN(tst_Abort)
#include "tst_abort.moc"
