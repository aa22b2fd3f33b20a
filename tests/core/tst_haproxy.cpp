#include "tests/core/DirectiveServer.h"
#include "core/backend/directives/HaproxyConfig.h"

#include <QTest>

using namespace corscope;

namespace {

ResponseMessage ask(const QByteArray& text, HeaderList headers = {}, const QByteArray& method = "GET",
                    const QByteArray& target = "/a", const QString& upstream = QStringLiteral("answers"))
{
    return askDirectives("haproxy", text, std::move(headers), method, target, upstream);
}

} // namespace

class HaproxyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrongIsNamedAtItsLine_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("found");
        QTest::newRow("unknown directive") << QByteArray("http-response set-header A b\n  http-respnse set-header A b") << "line 2" << "\"http-respnse\"";
        QTest::newRow("unknown action") << QByteArray("http-response set-hedder A b") << "line 1" << "\"set-hedder\"";
        QTest::newRow("no value") << QByteArray("http-response set-header A") << "line 1" << "the end of the line";
        QTest::newRow("unknown acl") << QByteArray("http-request deny if is_cors") << "line 1" << "\"is_cors\"";
        QTest::newRow("request header in an answer") << QByteArray("http-response set-header A %[req.hdr(origin)]") << "line 1" << "\"req.hdr(origin)\"";
        QTest::newRow("unknown sample") << QByteArray("http-request set-var(txn.a) urlp(b)") << "line 1" << "\"urlp(b)\"";
        QTest::newRow("bad pattern") << QByteArray("http-request deny if { req.hdr(origin) -m reg a( }") << "line 1" << "\"a(\"";
        QTest::newRow("bad status") << QByteArray("http-request return status 99") << "line 1" << "\"99\"";
        QTest::newRow("open quote") << QByteArray("http-response set-header A \"b") << "line 1" << "the end of the line";
        QTest::newRow("percent alone") << QByteArray("http-response set-header A 100%") << "line 1" << "\"100%\"";
    }
    void whatIsWrongIsNamedAtItsLine()
    {
        QFETCH(QByteArray, text);
        const auto read = HaproxyConfig::read(text);
        QVERIFY(!read);
        QTEST(read.error().where, "where");
        QTEST(read.error().found, "found");
    }

    void sectionsThatChangeNothingArePassedOver()
    {
        const auto answer = ask("global\n maxconn 10\ndefaults\n mode http\nfrontend web\n bind :80\n"
                                " http-response set-header X-Here yes # a note\n default_backend app\nbackend app\n server a 127.0.0.1:1");
        QCOMPARE(answer.headers.get("X-Here"), QByteArray("yes"));
    }

    void aclsAreNamedConditions()
    {
        const QByteArray text = "acl cors req.hdr(origin) -m found\nacl page req.hdr(origin) -i http://a.test http://b.test\n"
                                "http-request set-var(txn.o) req.hdr(origin) if cors page\n"
                                "http-response set-header Access-Control-Allow-Origin %[var(txn.o)] if { var(txn.o) -m found }";
        QCOMPARE(ask(text, {{"Origin", "HTTP://B.test"}}).headers.get("Access-Control-Allow-Origin"), QByteArray("HTTP://B.test"));
        QVERIFY(!ask(text, {{"Origin", "http://c.test"}}).headers.contains("Access-Control-Allow-Origin"));
    }

    void termsAreAlternativesAndMatchesAreNot()
    {
        const QByteArray text = "http-request deny if { method POST } !{ req.hdr(a) -m found } or { path_beg /a }";
        QCOMPARE(ask(text).status, 403);
        QCOMPARE(ask("http-request deny if { method POST } { path /a }").status, 200);
        QCOMPARE(ask("http-request deny unless { hdr_end(origin) .test }", {{"Origin", "http://a.test"}}).status, 200);
    }

    void lastOfSeveralValuesCounts()
    {
        const QByteArray text = "http-request return status 200 lf-string %[req.hdr(list)]/%[req.fhdr(list)]";
        QCOMPARE(ask(text, {{"List", "a, b"}, {"List", "c, d"}}).body, QByteArray("d/c, d"));
    }

    void redirectsKeepThePath()
    {
        QCOMPARE(ask("redirect scheme https code 308").headers.get("location"), QByteArray("https://localhost:5000/a"));
        QCOMPARE(ask("http-request redirect location /b").headers.get("location"), QByteArray("/b"));
    }

    void exceptionsEndAtTheApplicationsServer()
    {
        const auto answer = ask("http-response set-header A b", {}, "GET", "/fails");
        QCOMPARE(answer.status, 500);
        QVERIFY(answer.headers.contains("A"));
    }
};

QTEST_APPLESS_MAIN(HaproxyTest)
#include "tst_haproxy.moc"
