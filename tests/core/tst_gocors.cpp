#include "core/backend/FrameworkDescription.h"
#include "core/backend/Server.h"
#include "core/backend/StageCatalogue.h"
#include "core/backend/frameworks/GoPackage.h"
#include "core/backend/frameworks/Jub0bsOrigins.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace corscope;
using jub0bs::OriginPattern;

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

ResponseMessage answerOf(const std::vector<StageConfig>& pipeline, const RequestMessage& request)
{
    const RouteConfig route{"GET", "/items", 200, {{"Vary", "Accept-Encoding"}}, {}, {}};
    const auto server = Server::create({"api", "http", "api.example.test", 80, pipeline, {route}});
    if (!server)
        qFatal("%s", qUtf8Printable(server.error().sentence()));
    return (*server)->handle(request, Clock::start, Recorder::silent()).response;
}

RequestMessage get(const HeaderList& headers) { return {"GET", "/items", headers, {}}; }

} // namespace

/// What the recordings of CORS packages for Go do not show: which settings are refused, functions, and one package
/// around another.
class GoCorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settingsAreRefusedInTheWordsOfThePackage_data()
    {
        QTest::addColumn<QByteArray>("framework");
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* framework, const char* version, const char* settings,
                            const char* place, const char* says) {
            QTest::newRow(name) << QByteArray(framework) << QByteArray(version) << QByteArray(settings)
                                << QString::fromUtf8(place) << QString::fromUtf8(says);
        };
        row("gin: nothing allowed", "gin-cors", "1.7.7", "{}", "settings.AllowOrigins",
            "conflict settings: all origins disabled");
        row("gin: all and a list", "gin-cors", "1.7.7",
            "{\"AllowAllOrigins\":true,\"AllowOrigins\":[\"https://a.test\"]}", "settings.AllowAllOrigins",
            "conflict settings: all origins enabled. AllowOriginFunc or AllowOriginFuncWithContext or AllowOrigins is "
            "not needed");
        row("gin 1.4: all and a function", "gin-cors", "1.4.0",
            R"({"AllowAllOrigins":true,"AllowOriginFunc":"every origin"})", "settings.AllowAllOrigins",
            "conflict settings: all origins are allowed. AllowOriginFunc or AllowOrigins is not needed");
        row("gin: no scheme", "gin-cors", "1.7.7", "{\"AllowOrigins\":[\"https://a.test\",\"b.test\"]}",
            "settings.AllowOrigins[1]", "bad origin: origins must contain '*' or include http://,https://");
        row("gin: the schemes that are allowed are named", "gin-cors", "1.7.7",
            "{\"AllowOrigins\":[\"b.test\"],\"AllowFiles\":true,\"CustomSchemas\":[\"app://\"]}",
            "settings.AllowOrigins[0]", "include http://,https://,file://,app://");
        row("gin 1.4: no patterns yet", "gin-cors", "1.4.0", "{\"AllowOrigins\":[\"/https://a.test/\"]}",
            "settings.AllowOrigins[0]", "bad origin: origins must contain '*' or include http://,https://");
        row("gin: two stars", "gin-cors", "1.7.7", "{\"AllowOrigins\":[\"https://*.*.test\"],\"AllowWildcard\":true}",
            "settings.AllowOrigins[0]", "only one * is allowed");
        row("gin: what Go's expressions do not know", "gin-cors", "1.7.7",
            "{\"AllowOrigins\":[\"/https://(?!evil).*/\"]}", "settings.AllowOrigins",
            "a regular expression that Go takes");

        const auto jub0bs = [&](const char* name, const char* settings, const char* place, const char* says) {
            row(name, "jub0bs-cors", "1.0.2", settings, place, says);
        };
        jub0bs("no origin", "{}", "settings.Origins", "cors: at least one origin must be allowed");
        jub0bs("null", R"({"Origins":["null"]})", "settings.Origins[0]", R"(cors: prohibited origin pattern "null")");
        jub0bs("capitals", "{\"Origins\":[\"https://App.Example.com\"]}", "settings.Origins[0]",
               "cors: invalid origin pattern \"https://App.Example.com\"");
        jub0bs("slash", "{\"Origins\":[\"*\",\"https://app.example.com/\"]}", "settings.Origins[1]",
               "cors: invalid origin pattern \"https://app.example.com/\"");
        jub0bs("default port", "{\"Origins\":[\"https://app.example.com:443\"]}", "settings.Origins[0]",
               "cors: prohibited origin pattern \"https://app.example.com:443\"");
        jub0bs("star in the middle", "{\"Origins\":[\"https://app.*.com\"]}", "settings.Origins[0]",
               "cors: invalid origin pattern \"https://app.*.com\"");
        jub0bs("everyone with credentials", R"({"Origins":["*"],"Credentialed":true})", "settings.Origins[0]",
               "cors: for security reasons, you cannot both allow all origins and enable credentialed access");
        jub0bs("http with credentials", "{\"Origins\":[\"http://a.test\"],\"Credentialed\":true}",
               "settings.Origins[0]", "insecure origin patterns like \"http://a.test\" are by default prohibited");
        jub0bs("below a public suffix", "{\"Origins\":[\"https://*.co.uk\"],\"Credentialed\":true}",
               "settings.Origins[0]",
               "origin patterns like \"https://*.co.uk\" that encompass subdomains of a public suffix");
        jub0bs("no method", R"({"Origins":["*"],"Methods":["bad method"]})", "settings.Methods[0]",
               R"(cors: invalid method "bad method")");
        jub0bs("forbidden method", R"({"Origins":["*"],"Methods":["PUT","trace"]})", "settings.Methods[1]",
               R"(cors: forbidden method "trace")");
        jub0bs("forbidden request header", R"({"Origins":["*"],"RequestHeaders":["Sec-Fetch-Site"]})",
               "settings.RequestHeaders[0]", R"(cors: forbidden request-header name "Sec-Fetch-Site")");
        jub0bs("answer header", R"({"Origins":["*"],"RequestHeaders":["Access-Control-Allow-Origin"]})",
               "settings.RequestHeaders[0]", R"(cors: prohibited request-header name "Access-Control-Allow-Origin")");
        jub0bs("too long", R"({"Origins":["*"],"MaxAgeInSeconds":1000000})", "settings.MaxAgeInSeconds",
               "cors: out-of-bounds max-age value 1000000 (default: 5; max: 86400; disable caching: -1)");
        jub0bs("cookies", R"({"Origins":["*"],"ResponseHeaders":["Set-Cookie"]})", "settings.ResponseHeaders[0]",
               R"(cors: forbidden response-header name "Set-Cookie")");
        jub0bs("request's header exposed", R"({"Origins":["*"],"ResponseHeaders":["Origin"]})",
               "settings.ResponseHeaders[0]", R"(cors: prohibited response-header name "Origin")");
        jub0bs("everything exposed with credentials",
               "{\"Origins\":[\"https://a.test\"],\"Credentialed\":true,\"ResponseHeaders\":[\"*\"]}",
               "settings.ResponseHeaders[0]",
               "cors: you cannot both expose all response headers and enable credentialed access");
        jub0bs("everything at once", R"({"Methods":["TRACK"],"MaxAgeInSeconds":-2})", "settings.Origins",
               "cors: at least one origin must be allowed; cors: forbidden method \"TRACK\"; cors: out-of-bounds "
               "max-age value -2");
    }
    void settingsAreRefusedInTheWordsOfThePackage()
    {
        QFETCH(QByteArray, framework);
        QFETCH(QByteArray, version);
        QFETCH(QByteArray, settings);
        QFETCH(QString, says);
        const auto made = makeStage(stage(framework, settings, version));
        QVERIFY(!made);
        QTEST(made.error().where, "place");
        QVERIFY2(made.error().expected.contains(says), qUtf8Printable(made.error().sentence()));
        QVERIFY(!made.error().found.isEmpty());
    }

    void whatIsToleratedIsTaken_data()
    {
        QTest::addColumn<QByteArray>("framework");
        QTest::addColumn<QByteArray>("settings");
        QTest::newRow("gin: a function alone")
            << QByteArray("gin-cors") << QByteArray(R"({"AllowOriginFunc":"every origin"})");
        QTest::newRow("gin: anchored pattern")
            << QByteArray("gin-cors") << QByteArray("{\"AllowOrigins\":[\"/^https?://a\\\\.test$/i\"]}");
        QTest::newRow("jub0bs: http on this machine")
            << QByteArray("jub0bs-cors")
            << QByteArray("{\"Origins\":[\"http://localhost:*\",\"http://127.0.0.1:8080\",\"http://[::1]:9090\"],"
                          R"("Credentialed":true})");
        QTest::newRow("jub0bs: dangers that were asked for")
            << QByteArray("jub0bs-cors")
            << QByteArray(
                   "{\"Origins\":[\"http://*.com\"],\"Credentialed\":true,\"DangerouslyTolerateInsecureOrigins\":true,"
                   R"("DangerouslyTolerateSubdomainsOfPublicSuffixes":true})");
        QTest::newRow("jub0bs: what is always allowed may be named")
            << QByteArray("jub0bs-cors")
            << QByteArray(R"({"Origins":["*"],"Methods":["get","*"],"RequestHeaders":["*","Authorization"],)"
                          R"("ResponseHeaders":["Content-Type"],"MaxAgeInSeconds":-1})");
    }
    void whatIsToleratedIsTaken()
    {
        QFETCH(QByteArray, framework);
        QFETCH(QByteArray, settings);
        const auto made = makeStage(stage(framework, settings));
        QVERIFY2(made, made ? "" : qPrintable(made.error().sentence()));
    }

    void patternsContainOrigins_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("contained");
        const auto row = [](const char* name, const char* pattern, const char* origin, bool contained) {
            QTest::newRow(name) << QByteArray(pattern) << QByteArray(origin) << contained;
        };
        row("the same", "https://a.test", "https://a.test", true);
        row("another port", "https://a.test", "https://a.test:8443", false);
        row("any port is also none", "https://a.test:*", "https://a.test", true);
        row("any port", "https://a.test:*", "https://a.test:8443", true);
        row("no port", "https://a.test:*", "https://a.test:x", false);
        row("below", "https://*.a.test", "https://b.c.a.test", true);
        row("not itself", "https://*.a.test", "https://a.test", false);
        row("no label in front", "https://*.a.test", "https://.a.test", false);
        row("only where a label ends", "https://*.a.test", "https://ba.test", false);
        row("in brackets", "http://[::1]:9090", "http://[::1]:9090", true);
        row("any scheme will do", "app://localhost", "app://localhost", true);
    }
    void patternsContainOrigins()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, origin);
        auto problem = OriginPattern::Problem::Invalid;
        const auto parsed = OriginPattern::parse(pattern, problem);
        QCOMPARE(problem, OriginPattern::Problem::None);
        QTEST(parsed.contains(origin), "contained");
    }

    void patternsHaveOneSpelling_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<bool>("prohibited"); // or invalid
        QTest::newRow("an address with zeros in front") << QByteArray("http://127.0.0.01") << false;
        QTest::newRow("an address with a part missing") << QByteArray("http://127.0.1") << false;
        QTest::newRow("an address that can be shorter") << QByteArray("http://[0:0:0:0:0:0:0:1]") << true;
        QTest::newRow("an old address in a new one") << QByteArray("http://[::ffff:7f00:1]") << true;
        QTest::newRow("below an address") << QByteArray("http://*.127.0.0.1") << false;
        QTest::newRow("file") << QByteArray("file:///home") << true;
        QTest::newRow("a hyphen in front") << QByteArray("https://-a.test") << true;
        QTest::newRow("an empty label") << QByteArray("https://a..test") << true;
        QTest::newRow("broken Punycode") << QByteArray("https://xn--f") << true;
        QTest::newRow("port zero") << QByteArray("https://a.test:0") << false;
        QTest::newRow("port too large") << QByteArray("https://a.test:65536") << false;
        QTest::newRow("bracket left open") << QByteArray("http://[::1") << false;
    }
    void patternsHaveOneSpelling()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(bool, prohibited);
        auto problem = OriginPattern::Problem::None;
        OriginPattern::parse(pattern, problem);
        QCOMPARE(problem, prohibited ? OriginPattern::Problem::Prohibited : OriginPattern::Problem::Invalid);
    }

    void ginForgotALetter_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<int>("status");
        QTest::newRow("1.4.0 lets another host in") << QByteArray("1.4.0") << 200;
        QTest::newRow("Debian's does not") << QByteArray("1.4.0+deb12u1") << 403;
        QTest::newRow("nor do later ones") << QByteArray("1.7.7") << 403;
    }
    void ginForgotALetter()
    {
        QFETCH(QByteArray, version);
        const auto cors =
            stage("gin-cors", "{\"AllowOrigins\":[\"https://example.com/*\"],\"AllowWildcard\":true}", version);
        QTEST(answerOf({cors}, get({{"Origin", "https://example.com.evil.test"}})).status, "status");
    }

    void functionsDecideInPlaceOfTheList_data()
    {
        QTest::addColumn<QByteArray>("framework");
        QTest::addColumn<QByteArray>("settings");
        QTest::newRow("rs") << QByteArray("rs-cors")
                            << QByteArray(R"({"AllowedOrigins":["*"],"AllowOriginFunc":"origins under .example.com"})");
        QTest::newRow("rs, the one that is told more goes before")
            << QByteArray("rs-cors")
            << QByteArray(R"({"AllowOriginFunc":"every origin",)"
                          R"("AllowOriginVaryRequestFunc":"origins under .example.com"})");
        QTest::newRow("echo") << QByteArray("echo-cors")
                              << QByteArray(R"({"AllowOriginFunc":"origins under .example.com"})");
        QTest::newRow("gorilla") << QByteArray("gorilla-cors")
                                 << QByteArray(R"({"AllowedOriginValidator":"origins under .example.com"})");
    }
    void functionsDecideInPlaceOfTheList()
    {
        QFETCH(QByteArray, framework);
        QFETCH(QByteArray, settings);
        const auto cors = stage(framework, settings);
        const auto granted = [&](const QByteArray& origin) {
            return answerOf({cors}, get({{"Origin", origin}})).headers.get("Access-Control-Allow-Origin");
        };
        QCOMPARE(granted("https://a.example.com"), std::optional<QByteArray>("https://a.example.com"));
        QCOMPARE(granted("https://evil.test"), std::nullopt);
    }

    void everyFunctionThatIsOfferedIsKnown()
    {
        int offered = 0;
        for (const auto& description : frameworkDescriptions())
            for (const auto& option : description.options)
                for (auto it = option.code.functions.begin(); it != option.code.functions.end(); ++it) {
                    QVERIFY(option.choices.contains(it.key()));
                    if (description.code.language == "go")
                        QVERIFY(go::originFunction(it.key()) != go::OriginFunction::None);
                    ++offered;
                }
        QVERIFY(offered > 10);
    }

    void cachesAreToldWhatAFunctionLookedAt()
    {
        const auto cors = stage("rs-cors", R"({"AllowOriginVaryRequestFunc":"requests with a session cookie"})");
        const auto answer = answerOf({cors}, get({{"Origin", "https://a.test"}, {"Cookie", "a=b; session=1"}}));
        QCOMPARE(answer.headers.get("Access-Control-Allow-Origin"), std::optional<QByteArray>("https://a.test"));
        QCOMPARE(answer.headers.values("Vary"), (QList<QByteArray>{"Origin", "Cookie", "Accept-Encoding"}));
    }

    void anErrorOfEchosFunctionIsA500()
    {
        const auto cors = stage("echo-cors", R"({"AllowOriginFunc":"an error"})");
        QCOMPARE(answerOf({cors}, get({{"Origin", "https://a.test"}})).status, 500);
        QCOMPARE(answerOf({cors}, get({})).status, 200);
    }

    void linesThatAreAddedJoinThoseFurtherOut_data()
    {
        QTest::addColumn<QByteArray>("inner");
        QTest::addColumn<QList<QByteArray>>("vary");
        QTest::newRow("rs/cors adds") << QByteArray("rs-cors")
                                      << QList<QByteArray>{"Origin", "Origin", "Accept-Encoding"};
        QTest::newRow("gorilla has nothing to say")
            << QByteArray("gorilla-cors") << QList<QByteArray>{"Origin", "Accept-Encoding"};
    }
    void linesThatAreAddedJoinThoseFurtherOut()
    {
        QFETCH(QByteArray, inner);
        const QByteArray settings("{\"AllowedOrigins\":[\"https://a.test\"]}");
        const auto answer =
            answerOf({stage("rs-cors", settings), stage(inner, settings)}, get({{"Origin", "https://a.test"}}));
        QTEST(answer.headers.values("Vary"), "vary");
        QCOMPARE(answer.headers.values("Access-Control-Allow-Origin"), QList<QByteArray>{"https://a.test"});
    }
};

QTEST_GUILESS_MAIN(GoCorsTest)
#include "tst_gocors.moc"
