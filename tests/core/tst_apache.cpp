#include "tests/core/DirectiveServer.h"
#include "core/backend/directives/ApacheConfig.h"

#include <QTest>

using namespace corscope;

namespace {

ResponseMessage ask(const QByteArray& text, HeaderList headers = {}, const QByteArray& method = "GET",
                    const QByteArray& target = "/a", const QString& upstream = QStringLiteral("answers"))
{
    return askDirectives("apache", text, std::move(headers), method, target, upstream);
}

} // namespace

class TestApache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrongIsNamedAtItsLine_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("found");
        QTest::newRow("unknown directive") << QByteArray("Header set A b\n  Heder set A b") << "line 2" << "\"Heder\"";
        QTest::newRow("unknown action") << QByteArray("Header put A b") << "line 1" << "\"put\"";
        QTest::newRow("no value") << QByteArray("Header set A") << "line 1" << "nothing";
        QTest::newRow("open quote") << QByteArray("Header set A \"b") << "line 1" << "\"Header set A \"b\"";
        QTest::newRow("open section") << QByteArray("<If \"true\">\nHeader set A b") << "line 2" << "nothing";
        QTest::newRow("wrong end") << QByteArray("<If \"true\">\n</Files>") << "line 2" << "\"</Files>\"";
        QTest::newRow("bad expression") << QByteArray("<If \"%{req:Origin} like a\">\n</If>") << "line 1" << "\"like a\"";
        QTest::newRow("bad pattern") << QByteArray("SetEnvIf Origin a( b") << "line 1" << "\"a(\"";
        QTest::newRow("rewriting within the server") << QByteArray("RewriteRule ^/a /b") << "line 1" << "\"/b\"";
        QTest::newRow("bad status") << QByteArray("RewriteRule .* - [R=99]") << "line 1" << "\"99\"";
        QTest::newRow("after the value") << QByteArray("Header set A b c") << "line 1" << "\"c\"";
    }
    void whatIsWrongIsNamedAtItsLine()
    {
        QFETCH(QByteArray, text);
        const auto read = ApacheConfig::read(text);
        QVERIFY(!read);
        QTEST(read.error().where, "where");
        QTEST(read.error().found, "found");
    }

    void oneTableSurvivesErrorsTheOtherDoesNot()
    {
        const QByteArray text = "Header set A 1\nHeader always set B 1";
        const auto answer = ask(text, {}, "GET", "/a", QStringLiteral("unreachable"));
        QCOMPARE(answer.status, 503);
        QVERIFY(!answer.headers.contains("A"));
        QVERIFY(answer.headers.contains("B"));
        QVERIFY(ask(text, {}, "GET", "/none").headers.contains("A")); // the application's own 404
        QVERIFY(!ask(text, {}, "GET", "/none", QStringLiteral("files")).headers.contains("A"));
    }

    void alwaysStandsBesideTheApplicationsHeader()
    {
        QCOMPARE(ask("Header always set X-App 2").headers.values("X-App"), (QList<QByteArray>{"2", "1"}));
        QCOMPARE(ask("Header set X-App 2").headers.values("X-App"), QList<QByteArray>{"2"});
        QCOMPARE(ask("Header setifempty X-App 2").headers.values("X-App"), QList<QByteArray>{"1"});
        QCOMPARE(ask("Header edit X-App 1 3").headers.values("X-App"), QList<QByteArray>{"3"});
    }

    void variablesComeFromPatternsAndRules()
    {
        const QByteArray text = "SetEnvIf Origin ^https?://(.*)$ CORS=$0 HOST=$1\n"
                                "RewriteCond %{HTTP:Origin} ^https\nRewriteRule .* - [E=SAFE:yes]\n"
                                "Header set A %{CORS}e env=CORS\nHeader set B %{SAFE}e\nHeader set C \"%{HOST}e 100%%\" env=!SAFE";
        const auto plain = ask(text, {{"Origin", "http://a.test"}});
        QCOMPARE(plain.headers.get("A"), QByteArray("http://a.test"));
        QCOMPARE(plain.headers.get("B"), QByteArray("(null)"));
        QCOMPARE(plain.headers.get("C"), QByteArray("a.test 100%"));
        const auto secure = ask(text, {{"Origin", "https://a.test"}});
        QCOMPARE(secure.headers.get("B"), QByteArray("yes"));
        QVERIFY(!secure.headers.contains("C"));
        QVERIFY(!ask(text).headers.contains("A"));
    }

    void expressionsAreEvaluated_data()
    {
        QTest::addColumn<QByteArray>("expression");
        QTest::addColumn<bool>("holds");
        QTest::newRow("equal") << QByteArray("%{req:Origin} == 'https://a.test'") << true;
        QTest::newRow("not equal") << QByteArray("%{req:Origin} != 'https://a.test'") << false;
        QTest::newRow("pattern") << QByteArray("%{HTTP:Origin} =~ m#^HTTPS://[a-z]+\\.test$#i") << true;
        QTest::newRow("no pattern") << QByteArray("%{REQUEST_METHOD} !~ /^(POST|PUT)$/") << true;
        QTest::newRow("and, or, not") << QByteArray("!(%{REQUEST_METHOD} == 'PUT' && true) && (false || -n %{req:Origin})") << true;
        QTest::newRow("empty") << QByteArray("-z %{req:Cookie}") << true;
    }
    void expressionsAreEvaluated()
    {
        QFETCH(QByteArray, expression);
        QFETCH(bool, holds);
        const auto answer = ask("<If \"" + expression + "\">\nHeader set A b\n</If>", {{"Origin", "https://a.test"}});
        QCOMPARE(answer.headers.contains("A"), holds);
    }

    void sectionsNarrowDirectives_data()
    {
        QTest::addColumn<QByteArray>("section");
        QTest::addColumn<bool>("covers");
        QTest::newRow("location") << QByteArray("Location /a") << true;
        QTest::newRow("other location") << QByteArray("Location /b") << false;
        QTest::newRow("no half names") << QByteArray("Location /") << true;
        QTest::newRow("pattern") << QByteArray("LocationMatch ^/[a-c]$") << true;
        QTest::newRow("file") << QByteArray("Files *") << true;
        QTest::newRow("file pattern") << QByteArray("FilesMatch \\.(ttf|otf)$") << false;
        QTest::newRow("without effect") << QByteArray("IfModule mod_headers.c") << true;
    }
    void sectionsNarrowDirectives()
    {
        QFETCH(QByteArray, section);
        QFETCH(bool, covers);
        const auto end = section.left(section.indexOf(' '));
        const auto answer = ask("<" + section + ">\nHeader set A b\n</" + end + ">");
        QCOMPARE(answer.headers.contains("A"), covers);
    }

    void passwordsAreAskedForByMethod()
    {
        const QByteArray text = "<LimitExcept OPTIONS>\nRequire valid-user\n</LimitExcept>";
        QCOMPARE(ask(text).status, 401);
        QCOMPARE(ask(text, {{"Authorization", "Basic YTpi"}}).status, 200);
        QCOMPARE(ask(text, {}, "OPTIONS").status, 405);
        QCOMPARE(ask("Require all denied").status, 403);
    }

    void oneVaryLineNamesEachHeaderOnce()
    {
        QCOMPARE(ask("Header append Vary Origin\nHeader always set Vary Accept,origin").headers.values("Vary"),
                 QList<QByteArray>{"Accept,origin"});
    }
};

QTEST_APPLESS_MAIN(TestApache)
#include "tst_apache.moc"
