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
        QTest::newRow("header name") << QByteArray("Header set \"A b\" c") << "line 1" << "\"A b\"";
        QTest::newRow("pattern to edit by") << QByteArray("Header edit A a( b") << "line 1" << "\"a(\"";
        QTest::newRow("pattern to echo by") << QByteArray("Header echo a(") << "line 1" << "\"a(\"";
        QTest::newRow("bad condition of a header") << QByteArray("Header set A b \"expr=%{req:A} like b\"") << "line 1" << "\"like b\"";
        QTest::newRow("variable without a name") << QByteArray("SetEnv") << "line 1" << "nothing";
        QTest::newRow("pattern without a variable") << QByteArray("SetEnvIf Origin ^a") << "line 1" << "\"^a\"";
        QTest::newRow("condition without a pattern") << QByteArray("RewriteCond %{HTTP:Origin}") << "line 1" << "\"%{HTTP:Origin}\"";
        QTest::newRow("condition on a file") << QByteArray("RewriteCond %{REQUEST_URI} -f") << "line 1" << "\"-f\"";
        QTest::newRow("bad pattern of a condition") << QByteArray("RewriteCond %{REQUEST_URI} a(") << "line 1" << "\"a(\"";
        QTest::newRow("rule that leads nowhere") << QByteArray("RewriteRule ^a") << "line 1" << "\"^a\"";
        QTest::newRow("bad pattern of a rule") << QByteArray("RewriteRule a( -") << "line 1" << "\"a(\"";
        QTest::newRow("unknown flag") << QByteArray("RewriteRule ^a - [X]") << "line 1" << "\"X\"";
        QTest::newRow("unknown right") << QByteArray("Require host example.com") << "line 1" << "\"host example.com\"";
        QTest::newRow("unknown section") << QByteArray("<Lua a>\n</Lua>") << "line 1" << "\"lua\"";
        QTest::newRow("section that stays open") << QByteArray("<If \"true\"\n</If>") << "line 1" << "\"<If \"true\"\"";
        QTest::newRow("bad pattern of a section") << QByteArray("<LocationMatch a(>\n</LocationMatch>") << "line 1" << "\"a(\"";
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
        QTest::newRow("path") << QByteArray("%{REQUEST_URI} == '/a'") << true;
        QTest::newRow("query") << QByteArray("%{QUERY_STRING} == 'x=1'") << true;
        QTest::newRow("line") << QByteArray("%{THE_REQUEST} == 'GET /a?x=1 HTTP/1.1'") << true;
        QTest::newRow("host") << QByteArray("%{HTTP_HOST} == 'localhost:5000'") << true;
        QTest::newRow("server") << QByteArray("%{REQUEST_SCHEME} == 'http' && %{SERVER_NAME} == 'localhost' && %{SERVER_PORT} == '5000'") << true;
        QTest::newRow("no TLS") << QByteArray("%{HTTPS} == 'on'") << false;
        QTest::newRow("client") << QByteArray("%{REMOTE_ADDR} == '127.0.0.1'") << true;
        QTest::newRow("header by its variable") << QByteArray("%{HTTP_ORIGIN} == 'https://a.test'") << true;
        QTest::newRow("no such variable") << QByteArray("-n %{SOMETHING}") << false;
        QTest::newRow("variable of the environment") << QByteArray("%{env:STAGE} == 'test'") << true;
    }
    void expressionsAreEvaluated()
    {
        QFETCH(QByteArray, expression);
        QFETCH(bool, holds);
        const auto answer = ask("SetEnv STAGE test\n<If \"" + expression + "\">\nHeader set A b\n</If>", {{"Origin", "https://a.test"}},
                                "GET", "/a?x=1");
        QCOMPARE(answer.headers.contains("A"), holds);
    }

    void attributesAndConditionsSetVariables_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("set");
        QTest::newRow("method") << QByteArray("SetEnvIf Request_Method ^GET$ V") << true;
        QTest::newRow("path") << QByteArray("SetEnvIf Request_URI ^/a$ V") << true;
        QTest::newRow("client") << QByteArray("SetEnvIf Remote_Addr ^127 V") << true;
        QTest::newRow("protocol") << QByteArray("SetEnvIf Request_Protocol 1\\.0 V") << false;
        QTest::newRow("variable set before") << QByteArray("SetEnvIf Origin . W=x\nSetEnvIf W x V") << true;
        QTest::newRow("and taken back") << QByteArray("SetEnvIf Origin . V\nSetEnvIf Origin . !V") << false;
        QTest::newRow("case counts") << QByteArray("SetEnvIf Origin HTTPS V") << false;
        QTest::newRow("case does not count") << QByteArray("SetEnvIfNoCase Origin HTTPS V") << true;
        QTest::newRow("browser") << QByteArray("BrowserMatch Corscope V") << true;
        QTest::newRow("always") << QByteArray("SetEnv V 1") << true;
        QTest::newRow("equal to a text") << QByteArray("RewriteCond %{REQUEST_METHOD} =GET\nRewriteRule .* - [E=V]") << true;
        QTest::newRow("equal to nothing") << QByteArray("RewriteCond %{HTTP:Cookie} =\"\"\nRewriteRule .* - [E=V]") << true;
        QTest::newRow("not that pattern") << QByteArray("RewriteCond %{HTTP:Origin} !^https\nRewriteRule .* - [E=V]") << false;
        QTest::newRow("one of two") << QByteArray("RewriteCond %{HTTP:Origin} ^http: [OR]\nRewriteCond %{HTTP:Origin} ^HTTPS [NC]\nRewriteRule .* - [E=V:1]") << true;
        QTest::newRow("another path") << QByteArray("RewriteRule !^/a$ - [E=V]") << false;
        QTest::newRow("whatever its case") << QByteArray("RewriteRule ^/A$ - [NC,E=V]") << true;
    }
    void attributesAndConditionsSetVariables()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, set);
        const auto answer = ask(text + "\nHeader set A b env=V", {{"Origin", "https://a.test"}, {"User-Agent", "Corscope/1"}});
        QCOMPARE(answer.headers.contains("A"), set);
    }

    void rulesRefuse()
    {
        QCOMPARE(ask("RewriteRule ^/a - [F]").status, 403);
        QCOMPARE(ask("RewriteRule ^/a - [G]").status, 410);
        QCOMPARE(ask("Require all granted").status, 200);
        const auto moved = ask("RewriteRule ^/(.*)$ https://b.test/$1 [R=301,L]");
        QCOMPARE(moved.status, 301);
        QCOMPARE(moved.headers.get("Location"), QByteArray("https://b.test/a"));
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
