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
