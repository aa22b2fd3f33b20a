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

    void refusesWhatScriptMayNotSay_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("offender"); // null: nothing to refuse
        const auto row = [](const char* reason, QByteArray method, QByteArray name, QByteArray value, QByteArray offender) {
            QTest::newRow(reason) << method << name << value << offender;
        };
        row("a forbidden method", "TRACE", "X-Y", "1", "TRACE");
        row("no method at all", "", "X-Y", "1", "");
        row("a method of two words", "GET IT", "X-Y", "1", "GET IT");
        row("a name of two words", "GET", "X Y", "1", "X Y");
        row("a value of two lines", "GET", "X-Y", "1\n2", "X-Y");
        row("blanks around a value", "GET", "X-Y", " 1\n", {});
    }
    void refusesWhatScriptMayNotSay()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, offender);
        XhrCall xhr;
        xhr.method = method;
        xhr.headers.append(name, value);
        const auto call = fetchCallOf(xhr);
        QCOMPARE(call.ok(), offender.isNull());
        if (!call) {
            QCOMPARE(whyOf(call.error()), "invalid-request");
            QCOMPARE(call.error().offender, offender);
        }
    }

    void getLeavesItsBodyBehind()
    {
        XhrCall xhr;
        xhr.body = "x";
        for (const char* method : {"GET", "get", "HEAD"}) {
            xhr.method = method;
            QVERIFY(!fetchCallOf(xhr)->body);
        }
        xhr.method = "POST";
        QCOMPARE(fetchCallOf(xhr)->body, "x");
    }

    void textIsAlwaysUtf8_data()
    {
        QTest::addColumn<QByteArray>("contentType");
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("another charset") << QByteArray("text/html;charset=latin1") << QByteArray("text/html;charset=UTF-8");
        QTest::newRow("another charset behind another parameter") << QByteArray("text/html;a=b;charset=latin1")
                                                                  << QByteArray("text/html;a=b;charset=UTF-8");
        QTest::newRow("only another parameter") << QByteArray("text/html;a=latin1") << QByteArray("text/html;a=latin1");
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

    void bytesKeepTheCharsetThatScriptNames()
    {
        XhrCall xhr;
        xhr.method = "POST";
        xhr.body = "x";
        xhr.bodyKind = XhrCall::BodyKind::Other;
        xhr.headers.append("Content-Type", "text/html;charset=latin1");
        QCOMPARE(fetchCallOf(xhr)->headers.get("Content-Type"), "text/html;charset=latin1");
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
