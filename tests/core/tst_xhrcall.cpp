#include "tests/core/ScriptedNetwork.h"
#include "core/fetch/XhrCall.h"

#include <QTest>

using namespace corscope;

class tst_XhrCall : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void becomesACorsRequest()
    {
        XhrCall xhr;
        xhr.method = "put";
        xhr.url = "http://api.test/";
        xhr.headers = {{"X-A", "1"}, {"Cookie", "a=1"}, {"x-a", "2"}};
        const auto call = fetchCallOf(xhr);
        QVERIFY(call.ok());
        QCOMPARE(call->method, "PUT");
        QCOMPARE(call->mode, "cors");
        QCOMPARE(call->credentials, "same-origin");
        QCOMPARE(call->headers, (HeaderList{{"X-A", "1, 2"}}));
        xhr.withCredentials = true;
        QCOMPARE(fetchCallOf(xhr)->credentials, "include");
    }

    void refusesWhatScriptMayNotSay()
    {
        XhrCall xhr;
        xhr.method = "TRACE";
        QCOMPARE(whyOf(fetchCallOf(xhr).error()), "invalid-request");
        xhr.method = "GET";
        xhr.headers.append("X Y", "1");
        QCOMPARE(whyOf(fetchCallOf(xhr).error()), "invalid-request");
    }

    void getLeavesItsBodyBehind()
    {
        XhrCall xhr;
        xhr.body = "x";
        QVERIFY(!fetchCallOf(xhr)->body);
        xhr.method = "POST";
        QCOMPARE(fetchCallOf(xhr)->body, "x");
    }

    void textIsAlwaysUtf8_data()
    {
        QTest::addColumn<QByteArray>("contentType");
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("another charset") << QByteArray("text/html;charset=latin1") << QByteArray("text/html;charset=UTF-8");
        QTest::newRow("no charset") << QByteArray("text/html") << QByteArray("text/html");
        QTest::newRow("the same, as script wrote it") << QByteArray("text/html; charset=utf-8") << QByteArray("text/html; charset=utf-8");
        QTest::newRow("no type at all") << QByteArray("nonsense") << QByteArray("nonsense");
    }

    void textIsAlwaysUtf8()
    {
        QFETCH(QByteArray, contentType);
        QFETCH(QByteArray, sent);
        XhrCall xhr;
        xhr.method = "POST";
        xhr.body = "x";
        xhr.headers.append("Content-Type", contentType);
        QCOMPARE(fetchCallOf(xhr)->headers.get("Content-Type"), sent);
    }

    void uploadListenersCostAPreflight()
    {
        XhrCall xhr;
        xhr.method = "POST";
        xhr.url = "http://api.test/";
        for (const bool listeners : {false, true}) {
            xhr.uploadListeners = listeners;
            Bench bench;
            for (int i = 0; i < 2; ++i)
                bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}});
            QVERIFY(bench.fetch(*fetchCallOf(xhr)).allowed());
            QCOMPARE(bench.network.count(WireMessage::Kind::Preflight), listeners ? 1 : 0);
        }
    }
};

QTEST_GUILESS_MAIN(tst_XhrCall)
#include "tst_xhrcall.moc"
