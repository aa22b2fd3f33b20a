#include "core/http/Message.h"
#include "core/http/Method.h"

#include <QTest>

using namespace corscope;

class TestMethod : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void methods_data();
    void methods();
    void preflightNeedsAllThreeMarks();
    void pathEndsBeforeTheQuery();
    void reasonPhrases();
};

void TestMethod::methods_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("safelisted");
    QTest::addColumn<bool>("forbidden");
    QTest::addColumn<QByteArray>("normalized");
    const auto row = [](const char* name, const char* method, bool safelisted, bool forbidden, const char* normalized) {
        QTest::newRow(name) << QByteArray(method) << safelisted << forbidden << QByteArray(normalized);
    };
    row("GET is safelisted", "GET", true, false, "GET");
    row("HEAD is safelisted", "HEAD", true, false, "HEAD");
    row("POST is safelisted", "POST", true, false, "POST");
    row("PUT is not", "PUT", false, false, "PUT");
    row("OPTIONS is not", "OPTIONS", false, false, "OPTIONS");
    row("get is normalised, and only then safelisted", "get", false, false, "GET");
    row("delete is normalised", "dElEtE", false, false, "DELETE");
    row("patch stays lower-case", "patch", false, false, "patch");
    row("PATCH stays upper-case", "PATCH", false, false, "PATCH");
    row("own methods stay as they are", "Unicorn", false, false, "Unicorn");
    row("CONNECT is forbidden", "CONNECT", false, true, "CONNECT");
    row("trace is forbidden in any case", "trace", false, true, "trace");
    row("Track is forbidden", "Track", false, true, "Track");
    row("a longer name is not the method", "GETS", false, false, "GETS");
}

void TestMethod::methods()
{
    QFETCH(QByteArray, method);
    QTEST(isCorsSafelistedMethod(method), "safelisted");
    QTEST(isForbiddenMethod(method), "forbidden");
    QTEST(normalizedMethod(method), "normalized");
}

void TestMethod::preflightNeedsAllThreeMarks()
{
    RequestMessage request{"OPTIONS", "/x", {{"origin", "http://a.example"}, {"access-control-request-method", "PUT"}}, {}};
    QVERIFY(request.isCorsPreflight());
    request.method = "GET";
    QVERIFY(!request.isCorsPreflight());
    request.method = "OPTIONS";
    request.headers.remove("Origin");
    QVERIFY(!request.isCorsPreflight());
    request.headers = {{"Origin", "http://a.example"}};
    QVERIFY(!request.isCorsPreflight());
}

void TestMethod::pathEndsBeforeTheQuery()
{
    QCOMPARE((RequestMessage{"GET", "/a/b?c=/d", {}, {}}.path()), "/a/b");
    QCOMPARE((RequestMessage{"GET", "/a/b", {}, {}}.path()), "/a/b");
}

void TestMethod::reasonPhrases()
{
    QCOMPARE(reasonPhrase(200), "OK");
    QCOMPARE(reasonPhrase(204), "No Content");
    QCOMPARE(reasonPhrase(405), "Method Not Allowed");
    QCOMPARE(reasonPhrase(299), "");
}

QTEST_APPLESS_MAIN(TestMethod)
#include "tst_method.moc"
