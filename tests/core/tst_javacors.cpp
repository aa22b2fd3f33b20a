#include "core/backend/Server.h"
#include "core/backend/StageCatalogue.h"
#include "core/backend/frameworks/JavaHashOrder.h"
#include "core/backend/frameworks/JavaUri.h"
#include "core/backend/frameworks/SpringOrigin.h"

#include <QJsonDocument>
#include <QTest>

using namespace corscope;

namespace {

QJsonObject object(const QByteArray& json)
{
    const auto document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        qFatal("not an object: %s", json.constData());
    return document.object();
}

StageConfig stage(const QByteArray& framework, const QByteArray& settings, const QByteArray& version = {})
{
    return {"cors", framework, version, true, object(settings)};
}

ResponseMessage answerOf(const StageConfig& cors, const RequestMessage& request)
{
    const std::vector<RouteConfig> routes{{"GET", "/items", 200, {}, {}, {}}, {"GET", "/boom", 500, {}, {}, {}, true}};
    const auto server = Server::create({"api", "https", "api.example.test", 8443, {cors}, routes});
    if (!server)
        qFatal("%s", qUtf8Printable(server.error().sentence()));
    return (*server)->handle(request, Clock::start, Recorder::silent()).response;
}

RequestMessage get(const HeaderList& headers, const QByteArray& target = "/items")
{
    return {"GET", target, headers, {}};
}

QList<QByteArray> words(const char* text) { return QByteArray(text).split(' '); }

} // namespace

/// What the recordings of Spring's and Tomcat's filters do not show: the parts they are made of, what is refused, and
/// other addresses.
class JavaCorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void setsAreInTheOrderOfTheirTable_data()
    {
        QTest::addColumn<QByteArray>("added");
        QTest::addColumn<QByteArray>("order");
        QTest::newRow("by the last bits of the hash") << QByteArray("b a p") << QByteArray("p a b"); // 98 97 112
        QTest::newRow("every text once") << QByteArray("a b a") << QByteArray("a b");
        QTest::newRow("equal hashes as they were added") << QByteArray("BB Aa") << QByteArray("BB Aa");
        QTest::newRow("equal hashes the other way") << QByteArray("Aa BB") << QByteArray("Aa BB");
        QTest::newRow(
            "the upper bits count, too") // "pa" is 3569: the last bits 1; "aaaa" has upper bits that change it
            << QByteArray("aaaa pa") << QByteArray("pa aaaa");
        QTest::newRow("twelve fit") << QByteArray("q a b c d e f g h i j k") // 113 shares a bucket with 97
                                    << QByteArray("q a b c d e f g h i j k");
        QTest::newRow("the thirteenth makes room")
            << QByteArray("q a b c d e f g h i j k l") << QByteArray("a b c d e f g h i j k l q");
    }
    void setsAreInTheOrderOfTheirTable()
    {
        QFETCH(QByteArray, added);
        QTEST(javaHashOrder(words(added)).join(' '), "order");
    }

    void urisAreWhatJavaTakes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("valid");
        const auto row = [](const char* text, bool valid) { QTest::newRow(text) << QByteArray(text) << valid; };
        row("https://a.test", true);
        row("https://a_b.test:x", true); // need not be a host
        row("https://a.test/p?q#f", true);
        row("https://[::1]:8080", true);
        row("https://[::1]x", false);
        row("https://[1", false);
        row("localhost:3000", true); // a scheme
        row("1a://b", false);
        row("a.test", false);
        row("", false);
        row(":", false);
        row("https:", false);
        row("https://", false);
        row("file:///", true);
        row("https://a b", false);
        row("https://a<b", false);
        row("https://a/b[c", false);
        row("https://a#b#c", false);
        row("https://a\xa0", false);
        row("https://a\xe4", true);
    }
    void urisAreWhatJavaTakes()
    {
        QFETCH(QByteArray, text);
        QTEST(isJavaUriWithScheme(text), "valid");
    }

    void springIsStrictAboutAuthorities_data()
    {
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("malformed");
        const auto row = [](const char* origin, bool malformed) {
            QTest::newRow(origin) << QByteArray(origin) << malformed;
        };
        row("https://a.test", false);
        row("https://a.test:80/p?%", false);
        row("https://a.test:80x", true);
        row("https://u:p@a.test", false);
        row("https://a b", true);
        row("https://a%2fb", false);
        row("https://a%2", true);
        row("https://[::1]:80", false);
        row("https://[::g]", true);
        row("https://[::1", true);
        row("null", false);
        row("a b", false);
        row("a%zz", true);
        row("*", false);
        row("*.a.test", true);
    }
    void springIsStrictAboutAuthorities()
    {
        QFETCH(QByteArray, origin);
        QTEST(spring::isMalformedOrigin(origin), "malformed");
    }

    void springsPatternsFitWholeOrigins_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char* pattern, const char* origin, bool fits) {
            QTest::addRow("%s %s", pattern, origin) << QByteArray(pattern) << QByteArray(origin) << fits;
        };
        row("https://*.a.test", "https://b.c.a.test", true);
        row("https://*.a.test", "https://a.test", false);
        row("https://*.a.test", "https://b.a.test:80", false);
        row("https://*.a.test", "https://bXa.test", false);
        row("https://a.test:[*]", "https://a.test", true);
        row("https://a.test:[*]", "https://a.test:1", true);
        row("https://a.test:[1,22]", "https://a.test:22", true);
        row("https://a.test:[1,22]", "https://a.test:2", false);
        row("https://a.test:[1,22]", "https://a.test", false);
        row("*", "anything", true);
        row("*a", "XA", false);
    }
    void springsPatternsFitWholeOrigins()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, origin);
        QTEST(spring::OriginPattern(pattern).matches(origin), "fits");
    }

    void springDividesEntriesAtCommas()
    {
        QCOMPARE(spring::splitOrigins("https://a/, https://b:[1,2],c"),
                 (QList<QByteArray>{"https://a", "https://b:[1,2]", "c"}));
        QCOMPARE(spring::splitOrigins("a,"), (QList<QByteArray>{"a"}));
        QCOMPARE(spring::splitOrigins(" a/"), (QList<QByteArray>{" a"}));
    }

    void springsPathsAreAnts_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char* pattern, const char* path, bool fits) {
            QTest::addRow("%s %s", pattern, path) << QByteArray(pattern) << QByteArray(path) << fits;
        };
        row("/**", "/", true);
        row("/**", "/a/b", true);
        row("/a", "/a", true);
        row("/a", "/a/", false);
        row("/a", "/b", false);
        row("/a/**", "/a", true);
        row("/a/**", "/a/b/c", true);
        row("/a/**", "/ab", false);
        row("/a/*", "/a/b", true);
        row("/a/*", "/a/b/c", false);
        row("/a/?.js", "/a/b.js", true);
        row("/a/?.js", "/a/.js", false);
        row("/{id}/b", "/7/b", true);
        row("/{id:\\d+}/b", "/x/b", false);
        row("/**/b", "/b", true);
    }
    void springsPathsAreAnts()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, path);
        QTEST(spring::PathPattern(pattern).matches(path), "fits");
    }

    void theOwnOriginIsTheRequests_data()
    {
        QTest::addColumn<QByteArray>("framework");
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<HeaderList>("headers");
        QTest::addColumn<int>("status");
        const auto row = [](const char* name, const char* framework, const char* version, const HeaderList& headers,
                            int status) {
            QTest::addRow("%s %s: %s", framework, version, name)
                << QByteArray(framework) << QByteArray(version) << headers << status;
        };
        for (const auto& [framework, version] :
             {std::pair("spring", "4.3.30"), std::pair("spring", "6.2.19"), std::pair("tomcat", "10.1.60")}) {
            row("the Host's port", framework, version, {{"Host", "a.test:81"}, {"Origin", "https://a.test:81"}}, 200);
            row("another port", framework, version, {{"Host", "a.test:81"}, {"Origin", "https://a.test"}}, 403);
            row("a port that is meant anyhow", framework, version,
                {{"Host", "a.test"}, {"Origin", "https://a.test:443"}}, 200);
            row("the Host's address", framework, version, {{"Host", "[::1]:81"}, {"Origin", "https://[::1]:81"}}, 200);
            row("no Host", framework, version, {{"Origin", "https://api.example.test:8443"}}, 200);
            row("another scheme", framework, version, {{"Host", "a.test:81"}, {"Origin", "http://a.test:81"}}, 403);
        }
        const HeaderList forwarded{{"Host", "inside:81"},
                                   {"X-Forwarded-Proto", "http, https"},
                                   {"X-Forwarded-Host", "a.test"},
                                   {"Origin", "http://a.test"}};
        row("as a proxy says", "spring", "4.3.30", forwarded, 200);
        row("whatever a proxy says", "spring", "6.2.19", forwarded, 403);
        row("as a proxy says in one line", "spring", "4.3.30",
            {{"Host", "inside"}, {"Forwarded", "proto=http; host=\"a.test:81\""}, {"Origin", "http://a.test:81"}}, 200);
    }
    void theOwnOriginIsTheRequests()
    {
        QFETCH(QByteArray, framework);
        QFETCH(QByteArray, version);
        QFETCH(HeaderList, headers);
        QTEST(answerOf(stage(framework, "{}", version), get(headers)).status, "status");
    }

    void settingsAreRefusedInTheWordsOfTheFramework_data()
    {
        QTest::addColumn<StageConfig>("config");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("Spring 4: everything exposed")
            << stage("spring", R"({"exposedHeaders":["X-A","*"]})", "4.3.30")
            << QStringLiteral("settings.exposedHeaders: expected names of headers (Spring throws: '*' is not a valid "
                              "exposed header value), found \"*\"");
        QTest::newRow("Spring 4: patterns") << stage("spring", R"({"allowedOriginPatterns":["*"]})", "4.3.30")
                                            << QStringLiteral("settings.allowedOriginPatterns: expected version 5.3 or "
                                                              "newer for this option, found version 4.3.30");
        QTest::newRow("Tomcat: everyone with credentials")
            << stage("tomcat", R"({"cors.allowed.origins":" * ","cors.support.credentials":true})")
            << QStringLiteral("settings.cors.support.credentials: expected false where every origin is allowed (Tomcat "
                              "says: It is not allowed to configure supportsCredentials=[true] when "
                              "allowedOrigins=[*]), found true");
        QTest::newRow("Tomcat: no number")
            << stage("tomcat", R"({"cors.preflight.maxage":"1 h"})")
            << QStringLiteral("settings.cors.preflight.maxage: expected a whole number (Tomcat says: Unable to parse "
                              "preflightMaxAge), found 1 h");
    }
    void settingsAreRefusedInTheWordsOfTheFramework()
    {
        QFETCH(StageConfig, config);
        const auto made = makeStage(config);
        QVERIFY(!made);
        QTEST(made.error().sentence(), "sentence");
    }

    void whatSpring4HasNoNameForIsNamedNull()
    {
        const auto cors =
            stage("spring", "{\"allowedOrigins\":[\"https://a.test\"],\"allowedMethods\":[\"GET\",\"FOO\"]}", "4.3.30");
        const HeaderList headers{{"Origin", "https://a.test"}, {"Access-Control-Request-Method", "GET"}};
        QCOMPARE(answerOf(cors, {"OPTIONS", "/items", headers, {}}).headers.get("Access-Control-Allow-Methods"),
                 std::optional<QByteArray>("GET,null"));
    }

    void anExceptionLeavesTheHeaders_data()
    {
        QTest::addColumn<StageConfig>("config");
        QTest::newRow("Spring") << stage("spring", "{\"allowedOrigins\":[\"https://a.test\"]}");
        QTest::newRow("Tomcat") << stage("tomcat", "{\"cors.allowed.origins\":\"https://a.test\"}");
    }
    void anExceptionLeavesTheHeaders()
    {
        QFETCH(StageConfig, config);
        const auto answer = answerOf(config, get({{"Origin", "https://a.test"}}, "/boom"));
        QCOMPARE(answer.status, 500);
        QCOMPARE(answer.headers.get("Access-Control-Allow-Origin"), std::optional<QByteArray>("https://a.test"));
    }

    void tomcatRefusesEmptyNamesAndMethods_data()
    {
        QTest::addColumn<HeaderList>("asked");
        QTest::addColumn<int>("status");
        const Header method{"Access-Control-Request-Method", "GET"};
        QTest::newRow("empty method") << HeaderList{{"Access-Control-Request-Method", ""}} << 403;
        QTest::newRow("empty name at the end")
            << HeaderList{method, {"Access-Control-Request-Headers", "Accept,"}} << 200;
        QTest::newRow("empty name before") << HeaderList{method, {"Access-Control-Request-Headers", ",accept"}} << 403;
    }
    void tomcatRefusesEmptyNamesAndMethods()
    {
        QFETCH(HeaderList, asked);
        asked.append("Origin", "https://a.test");
        QTEST(answerOf(stage("tomcat", R"({"cors.allowed.origins":"*"})"), {"OPTIONS", "/items", asked, {}}).status,
              "status");
    }
};

QTEST_GUILESS_MAIN(JavaCorsTest)
#include "tst_javacors.moc"
