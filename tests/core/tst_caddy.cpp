#include "tests/core/DirectiveServer.h"
#include "core/backend/directives/CaddyConfig.h"

#include <QTest>

using namespace corscope;

namespace {

ResponseMessage ask(const QByteArray& text, HeaderList headers = {}, const QByteArray& method = "GET",
                    const QByteArray& target = "/a", const QString& upstream = QStringLiteral("answers"))
{
    return askDirectives("caddy", text, std::move(headers), method, target, upstream);
}

} // namespace

class TestCaddy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrongIsNamedAtItsLine_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("found");
        QTest::newRow("unknown directive") << QByteArray("header A b\nheaderr A b") << "line 2" << "\"headerr\"";
        QTest::newRow("unknown matcher") << QByteArray("header @o A b") << "line 1" << "\"@o\"";
        QTest::newRow("unknown test") << QByteArray("@o expression a\nheader @o A b") << "line 1" << "\"expression\"";
        QTest::newRow("searching and replacing") << QByteArray("header A b c") << "line 1" << "\"c\"";
        QTest::newRow("unknown placeholder") << QByteArray("header A {env.HOME}") << "line 1" << "\"env.HOME\"";
        QTest::newRow("unknown snippet") << QByteArray("import cors") << "line 1" << "\"cors\"";
        QTest::newRow("brace too many") << QByteArray("header A b\n}") << "line 2" << "\"}\"";
        QTest::newRow("open block") << QByteArray("handle {\n respond 204") << "line 2" << "the end of the text";
        QTest::newRow("bad status") << QByteArray("respond a 99") << "line 1" << "\"99\"";
        QTest::newRow("redirect without an address") << QByteArray("redir") << "line 1" << "nothing";
        QTest::newRow("redirect to a status that is none") << QByteArray("redir * /b 404") << "line 1" << "\"/b 404\"";
        QTest::newRow("three words to answer") << QByteArray("respond a 200 b") << "line 1" << "\"b\"";
        QTest::newRow("status beyond all") << QByteArray("respond a 999") << "line 1" << "\"999\"";
        QTest::newRow("header name") << QByteArray("header \"A b\" c") << "line 1" << "\"A b\"";
        QTest::newRow("default from the application") << QByteArray("reverse_proxy a {\n header_down ?A b\n}") << "line 2" << "\"?A\"";
        QTest::newRow("matcher of nothing") << QByteArray("@o {\n}\nheader @o A b") << "line 1" << "nothing";
        QTest::newRow("matcher without value") << QByteArray("@o method\nheader @o A b") << "line 1" << "nothing";
        QTest::newRow("matcher of no header") << QByteArray("@o header \"a b\"\nheader @o A b") << "line 1" << "\"a b\"";
        QTest::newRow("matcher that denies what is unknown") << QByteArray("@o not expression a\nheader @o A b") << "line 1" << "\"expression\"";
        QTest::newRow("bad pattern") << QByteArray("@o header_regexp Origin a(\nheader @o A b") << "line 1" << "\"Origin a(\"";
    }
    void whatIsWrongIsNamedAtItsLine()
    {
        QFETCH(QByteArray, text);
        const auto read = CaddyConfig::read(text);
        QVERIFY(!read);
        QTEST(read.error().where, "where");
        QTEST(read.error().found, "found");
    }

    void directivesRunInTheirOwnOrder()
    {
        // respond comes after header, wherever it stands; the longer path comes first, so the shorter one wins.
        const auto answer = ask("respond hello\nheader /* A short\nheader /a* A long");
        QCOMPARE(answer.body, QByteArray("hello"));
        QCOMPARE(answer.headers.get("A"), QByteArray("short"));
    }

    void ofSeveralHandlesTheFirstThatFitsRuns()
    {
        const QByteArray text = "@get method GET\nhandle {\n respond other\n}\nhandle @get {\n respond get\n}";
        QCOMPARE(ask(text).body, QByteArray("get"));
        QCOMPARE(ask(text, {}, "PUT").body, QByteArray("other"));
    }

    void headersBesideOrInPlaceOfTheApplications_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QList<QByteArray>>("values");
        QTest::newRow("set before") << QByteArray("header X-App 2") << QList<QByteArray>{"2", "1"};
        QTest::newRow("deferred") << QByteArray("header >X-App 2") << QList<QByteArray>{"2"};
        QTest::newRow("only where missing") << QByteArray("header ?X-App 2") << QList<QByteArray>{"1"};
        QTest::newRow("taken off") << QByteArray("header -X-App") << QList<QByteArray>{};
        QTest::newRow("header_down") << QByteArray("reverse_proxy a {\n header_down X-App 2\n}") << QList<QByteArray>{"2"};
    }
    void headersBesideOrInPlaceOfTheApplications()
    {
        QFETCH(QByteArray, text);
        QFETCH(QList<QByteArray>, values);
        QCOMPARE(ask(text).headers.values("X-App"), values);
    }

    void headerValuesHaveAsterisksAtTheirEndsOnly_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<bool>("fits");
        QTest::newRow("any") << QByteArray("*") << true;
        QTest::newRow("begins") << QByteArray("https://*") << true;
        QTest::newRow("ends") << QByteArray("*.test") << true;
        QTest::newRow("contains") << QByteArray("*shop*") << true;
        QTest::newRow("in the middle") << QByteArray("https://*.test") << false;
        QTest::newRow("case counts") << QByteArray("HTTPS://*") << false;
    }
    void headerValuesHaveAsterisksAtTheirEndsOnly()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(bool, fits);
        const auto answer = ask("@o header Origin " + pattern + "\nheader @o A b", {{"Origin", "https://shop.test"}});
        QCOMPARE(answer.headers.contains("A"), fits);
    }

    void matchersCanBeBlocksAndNegated()
    {
        const QByteArray text = "@o {\n method GET\n not header Origin *\n}\nheader @o A b";
        QVERIFY(ask(text).headers.contains("A"));
        QVERIFY(!ask(text, {{"Origin", "http://a.test"}}).headers.contains("A"));
    }

    void matchersLookAtTheRequest_data()
    {
        QTest::addColumn<QByteArray>("matcher");
        QTest::addColumn<bool>("fits");
        QTest::newRow("host") << QByteArray("host LOCALHOST") << true;
        QTest::newRow("other host") << QByteArray("host app.example.com") << false;
        QTest::newRow("protocol") << QByteArray("protocol http") << true;
        QTest::newRow("other protocol") << QByteArray("protocol https") << false;
        QTest::newRow("one of several methods") << QByteArray("method PUT get") << true;
        QTest::newRow("path") << QByteArray("path /a") << true;
        QTest::newRow("path and what begins with it") << QByteArray("path /a/*") << false;
        QTest::newRow("beginning of the path") << QByteArray("path /*") << true;
        QTest::newRow("end of the path") << QByteArray("path *A") << true;
        QTest::newRow("other end") << QByteArray("path *.png") << false;
        QTest::newRow("part between two slashes") << QByteArray("path /*a*") << true;
        QTest::newRow("header") << QByteArray("header Origin") << true;
        QTest::newRow("no header") << QByteArray("header !Cookie") << true;
        QTest::newRow("no header, but there is one") << QByteArray("header !Origin") << false;
        QTest::newRow("pattern of a header") << QByteArray("header_regexp Origin ^http:") << true;
        QTest::newRow("other pattern") << QByteArray("header_regexp Origin ^https:") << false;
    }
    void matchersLookAtTheRequest()
    {
        QFETCH(QByteArray, matcher);
        QFETCH(bool, fits);
        const auto answer = ask("@o " + matcher + "\nheader @o A b", {{"Origin", "http://a.test"}});
        QCOMPARE(answer.headers.contains("A"), fits);
    }

    void placeholdersTellOfTheRequest_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("method and address") << QByteArray("{method} {uri}") << QByteArray("GET /a?x=1");
        QTest::newRow("path and query") << QByteArray("{path} {http.request.uri.query}") << QByteArray("/a x=1");
        QTest::newRow("origin of the server") << QByteArray("{scheme}://{hostport}") << QByteArray("http://localhost:5000");
        QTest::newRow("its host") << QByteArray("{host}") << QByteArray("localhost");
        QTest::newRow("header") << QByteArray("{http.request.header.Origin}") << QByteArray("http://a.test");
        QTest::newRow("captured") << QByteArray("{http.regexp.o.1}") << QByteArray("a.test");
    }
    void placeholdersTellOfTheRequest()
    {
        QFETCH(QByteArray, text);
        const auto answer = ask("@o header_regexp o Origin ^http://(.*)$\nheader @o A \"" + text + "\"", {{"Origin", "http://a.test"}},
                                "GET", "/a?x=1");
        QTEST(answer.headers.get("A").value_or("missing"), "value");
    }

    void handlersAnswerThemselves()
    {
        const auto moved = ask("redir https://{host}{uri} permanent");
        QCOMPARE(moved.status, 301);
        QCOMPARE(moved.headers.get("Location"), QByteArray("https://localhost/a"));
        QCOMPARE(ask("redir * /b").status, 302);
        QCOMPARE(ask("error 418").status, 418);
        const auto errors = ask("error 403\nhandle_errors {\n respond \"{err.status_code} {err.status_text}\"\n}");
        QCOMPARE(errors.body, QByteArray("403 Forbidden"));
    }

    void passwordsAreAskedForBeforeTheApplication()
    {
        const QByteArray text = "header A b\nbasic_auth {\n me hash\n}";
        const auto answer = ask(text);
        QCOMPARE(answer.status, 401);
        QVERIFY(answer.headers.contains("WWW-Authenticate"));
        QVERIFY(answer.headers.contains("A"));
        QCOMPARE(ask(text, {{"Authorization", "Basic YTpi"}}).status, 200);
        QCOMPARE(ask(text, {}, "OPTIONS").status, 401); // preflights carry none
    }

    void errorsKeepWhatWasSetAndLoseWhatWasDeferred()
    {
        const auto answer = ask("header A b\nheader >C d\nreverse_proxy a", {}, "GET", "/a", QStringLiteral("unreachable"));
        QCOMPARE(answer.status, 502);
        QVERIFY(answer.headers.contains("A"));
        QVERIFY(!answer.headers.contains("C"));
    }

    void sitesSnippetsAndOptionsAreRead()
    {
        const auto answer = ask("{\n debug\n}\n(cors) {\n header A {args.0}\n}\nlocalhost:80 {\n tls internal\n import cors x\n}");
        QCOMPARE(answer.headers.get("A"), QByteArray("x"));
    }
};

QTEST_APPLESS_MAIN(TestCaddy)
#include "tst_caddy.moc"
