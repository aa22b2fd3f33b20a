#include "core/backend/FrameworkDescription.h"
#include "core/backend/code/FrameworkCode.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace corscope;

namespace {

const FrameworkDescription& rsCors() { return *findFrameworkDescription("rs-cors"); }
QJsonObject object(const char* json) { return QJsonDocument::fromJson(json).object(); }
QByteArray compact(const QJsonObject& json) { return QJsonDocument(json).toJson(QJsonDocument::Compact); }

} // namespace

class GoCodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codeShowsWhatDiffersFromTheDefaults()
    {
        const auto code = codeText(
            writtenCode(rsCors(), object(R"({"AllowedOrigins":["a","b"],"MaxAge":600,"AllowCredentials":true})")));
        QCOMPARE(code,
                 QByteArray("mux := http.NewServeMux()\n"
                            "\n"
                            "c := cors.New(cors.Options{\n"
                            "\tAllowedOrigins: []string{\"a\", \"b\"},\n"
                            "\tMaxAge: 600,\n"
                            "\tAllowCredentials: true,\n"
                            "})\n"));
        const auto read = readCode(rsCors(), code);
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence()));
        QCOMPARE(compact(*read),
                 compact(object(R"({"AllowedOrigins":["a","b"],"MaxAge":600,"AllowCredentials":true})")));
    }

    void pastedCodeIsUnderstood_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QJsonObject>("settings");
        QTest::newRow("nothing set") << QByteArray("h := cors.New(cors.Options{}).Handler(mux)") << QJsonObject();
        QTest::newRow("a variable inside of a function")
            << QByteArray("func main() {\n\tallowed := []string{`a`}\n\tc := cors.New(cors.Options{\n"
                          "\t\tAllowedOrigins: allowed, // ours\n\t\tMaxAge: 60 * 60,\n\t})\n}\n")
            << object(R"({"AllowedOrigins":["a"],"MaxAge":3600})");
    }
    void pastedCodeIsUnderstood()
    {
        QFETCH(QByteArray, code);
        QFETCH(QJsonObject, settings);
        const auto read = readCode(rsCors(), code);
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence()));
        QCOMPARE(compact(*read), compact(settings));
    }

    void everythingThatCanBeSetComesBack_data()
    {
        QTest::addColumn<QByteArray>("framework");
        QTest::addColumn<QJsonObject>("settings");
        const auto row = [](const char* framework, const char* settings) {
            QTest::newRow(framework) << QByteArray(framework) << object(settings);
        };
        row("rs-cors",
            R"({"AllowOriginFunc":"origins under .example.com","AllowOriginRequestFunc":)"
            R"("requests with a session cookie","AllowOriginVaryRequestFunc":"requests with a session cookie"})");
        row("chi-cors", R"({"AllowedOrigins":["*"],"AllowOriginFunc":"requests with a session cookie","MaxAge":300})");
        row("gin-cors",
            "{\"AllowOrigins\":[\"/^https://.*\\\\.example\\\\.com$/\"],\"AllowOriginWithContextFunc\":"
            R"("requests with a session cookie","MaxAge":43200,"AllowWildcard":true})");
        row("echo-cors",
            "{\"AllowOrigins\":[\"https://a.test\"],\"AllowOriginFunc\":\"an error\",\"AllowCredentials\":true}");
        row("gorilla-cors",
            "{\"AllowedOrigins\":[\"https://a.test\"],\"AllowedOriginValidator\":\"every origin\","
            R"("MaxAge":600,"AllowCredentials":true,"IgnoreOptions":true,"OptionStatusCode":204})");
        row("jub0bs-cors", R"({"Origins":["*"],"Methods":["PUT"],"MaxAgeInSeconds":-1,"SetDebug":true})");
    }
    void everythingThatCanBeSetComesBack()
    {
        QFETCH(QByteArray, framework);
        QFETCH(QJsonObject, settings);
        const auto& description = *findFrameworkDescription(framework);
        const auto code = codeText(writtenCode(description, settings));
        const auto read = readCode(description, code);
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence() + u'\n' + QString::fromUtf8(code)));
        QCOMPARE(compact(*read), compact(settings));
    }

    void codeIsWrittenAsThePackageWantsIt_data()
    {
        QTest::addColumn<QByteArray>("framework");
        QTest::addColumn<QJsonObject>("settings");
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("duration") << QByteArray("gin-cors") << object(R"({"MaxAge":3600})")
                                  << QByteArray("\tMaxAge: 3600 * time.Second,\n");
        QTest::newRow("functional option")
            << QByteArray("gorilla-cors") << object(R"({"MaxAge":60})") << QByteArray("\thandlers.MaxAge(60),\n");
        QTest::newRow("functional option without a value")
            << QByteArray("gorilla-cors") << object(R"({"AllowCredentials":true})")
            << QByteArray("h := handlers.CORS(\n\thandlers.AllowCredentials(),\n)(r)\n");
        QTest::newRow("function") << QByteArray("echo-cors") << object(R"({"AllowOriginFunc":"every origin"})")
                                  << QByteArray("func(origin string) (bool, error) { return true, nil },\n");
        QTest::newRow("behind the settings")
            << QByteArray("jub0bs-cors") << object(R"({"SetDebug":true})") << QByteArray("})\ncorsMw.SetDebug(true)\n");
    }
    void codeIsWrittenAsThePackageWantsIt()
    {
        QFETCH(QByteArray, framework);
        QFETCH(QJsonObject, settings);
        QFETCH(QByteArray, line);
        const auto code = codeText(writtenCode(*findFrameworkDescription(framework), settings));
        QVERIFY2(code.contains(line), code.constData());
    }

    void codeOfEveryPackageIsUnderstood_data()
    {
        QTest::addColumn<QByteArray>("framework");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QJsonObject>("settings");
        const auto row = [](const char* name, const char* framework, const char* code, const char* settings) {
            QTest::newRow(name) << QByteArray(framework) << QByteArray(code) << object(settings);
        };
        row("gin: hours", "gin-cors", "r.Use(cors.New(cors.Config{MaxAge: 12 * time.Hour}))", R"({"MaxAge":43200})");
        row("gin: the unit alone", "gin-cors", "cors.Config{MaxAge: time.Minute}", R"({"MaxAge":60})");
        row("gin: a constant for the duration", "gin-cors", "maxAge := 30 * time.Second\ncors.Config{MaxAge: maxAge}",
            R"({"MaxAge":30})");
        row("gin: a function over several lines", "gin-cors",
            "cors.Config{AllowOriginFunc: func(origin string) bool {\n\treturn true\n}, AllowFiles: true}",
            R"({"AllowFiles":true,"AllowOriginFunc":"every origin"})");
        row("no function", "gin-cors", "cors.Config{AllowOriginFunc: nil}", R"({"AllowOriginFunc":"none"})");
        row("gorilla: options in variables", "gorilla-cors",
            "originsOk := handlers.AllowedOrigins([]string{\"https://a.test\"})\n"
            "methodsOk := handlers.AllowedMethods([]string{\"GET\", \"PUT\"})\n"
            "log.Fatal(http.ListenAndServe(\":8000\", handlers.CORS(originsOk, methodsOk)(router)))",
            "{\"AllowedMethods\":[\"GET\",\"PUT\"],\"AllowedOrigins\":[\"https://a.test\"]}");
        row("gin: everything by default", "gin-cors", "r := gin.Default()\nr.Use(cors.Default())",
            R"({"AllowAllOrigins":true,"AllowHeaders":["Origin","Content-Length","Content-Type"],"AllowMethods":["GET",)"
            R"("POST","PUT","PATCH","DELETE","HEAD","OPTIONS"],"MaxAge":43200})");
        row("gin: the defaults, changed", "gin-cors",
            "config := cors.DefaultConfig()\nconfig.AllowOrigins = []string{\"https://a.test\"}\n"
            "config.AllowMethods = []string{\"PUT\"}\nconfig.MaxAge = time.Minute\nr.Use(cors.New(config))",
            "{\"AllowHeaders\":[\"Origin\",\"Content-Length\",\"Content-Type\"],\"AllowMethods\":[\"PUT\"],"
            "\"AllowOrigins\":[\"https://a.test\"],\"MaxAge\":60}");
        row("rs: a preset", "rs-cors", "handler := cors.AllowAll().Handler(mux)",
            R"({"AllowedHeaders":["*"],"AllowedMethods":["HEAD","GET","POST","PUT","PATCH","DELETE"],"AllowedOrigins":["*"]})");
        row("gorilla: nothing set", "gorilla-cors", "handlers.CORS()(r)", "{}");
        row("jub0bs: other people's calls are left alone", "jub0bs-cors",
            "mw, err := cors.NewMiddleware(cors.Config{\n\tOrigins: []string{\"*\"},\n})\n"
            "if err != nil {\n\tlog.Fatal(err)\n}\nfmt.Println(\"up\")\nmw.SetDebug(true)\n",
            R"({"Origins":["*"],"SetDebug":true})");
    }
    void codeOfEveryPackageIsUnderstood()
    {
        QFETCH(QByteArray, framework);
        QFETCH(QByteArray, code);
        QFETCH(QJsonObject, settings);
        const auto read = readCode(*findFrameworkDescription(framework), code);
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence()));
        QCOMPARE(compact(*read), compact(settings));
    }

    void whatCannotBeSetIsNamedAtItsLine_data()
    {
        QTest::addColumn<QByteArray>("framework");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const char* framework, const char* code, const char* sentence) {
            QTest::newRow(name) << QByteArray(framework) << QByteArray(code) << QString::fromUtf8(sentence);
        };
        row("another function", "gin-cors",
            "cors.Config{\n\tAllowOriginFunc: func(origin string) bool { return len(origin) > 3 },\n}",
            "line 2: expected one of the functions that can be chosen for AllowOriginFunc (every origin, origins under "
            ".example.com), found another function");
        row("3600 nanoseconds", "gin-cors", "cors.Config{\n\n\tMaxAge: 3600,\n}",
            "line 3: expected a duration for MaxAge (3600 * time.Second), found a plain number, which counts "
            "nanoseconds");
        row("a duration where seconds are meant", "echo-cors", "middleware.CORSConfig{MaxAge: time.Hour}",
            "line 1: expected a plain number for MaxAge, found a duration");
        row("unknown functional option", "gorilla-cors", "handlers.CORS(\n\thandlers.AllowedHosts(1),\n)",
            "line 2: expected one of the options AllowedOrigins, AllowedOriginValidator, AllowedMethods, "
            "AllowedHeaders, ExposedHeaders, MaxAge, AllowCredentials, IgnoreOptions, OptionStatusCode, found "
            "AllowedHosts");
        row("a change that cannot be followed", "gin-cors",
            "config := cors.DefaultConfig()\nconfig.AddAllowHeaders(\"X-A\")\nr.Use(cors.New(config))",
            "line 2: expected an assignment to config.AddAllowHeaders, found (");
        row("another package's preset", "gin-cors", "r := gin.Default()",
            "code: expected a literal of the type Config");
    }
    void whatCannotBeSetIsNamedAtItsLine()
    {
        QFETCH(QByteArray, framework);
        QFETCH(QByteArray, code);
        const auto read = readCode(*findFrameworkDescription(framework), code);
        QVERIFY(!read);
        QTEST(read.error().sentence(), "sentence");
    }

    void functionsAreNamedAtTheirLine()
    {
        const auto read = readCode(rsCors(), "cors.New(cors.Options{\n\tAllowedOrigins: load(),\n})");
        QVERIFY(!read);
        QCOMPARE(read.error().sentence(),
                 QStringLiteral("line 2: expected a literal value for AllowedOrigins, found the name load"));
    }
};

QTEST_GUILESS_MAIN(GoCodeTest)
#include "tst_gocode.moc"
