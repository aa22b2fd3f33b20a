#include "tests/core/CodeChecks.h"

using namespace corscope;

class DjangoCorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codeIsSettingsPy()
    {
        const auto code = written("django", object(R"({"CORS_ALLOWED_ORIGIN_REGEXES":["^https:\/\/\\w+\\.example\\.com$"],
            "CORS_ALLOW_CREDENTIALS":true,"CORS_PREFLIGHT_MAX_AGE":86400,"check_request_enabled":["/api/"]})"));
        QVERIFY(code.contains("CORS_ALLOWED_ORIGIN_REGEXES = [r\"^https://\\w+\\.example\\.com$\"]\n"
                              "CORS_ALLOW_CREDENTIALS = True\n"));
        QVERIFY(!code.contains("MAX_AGE"));
        QVERIFY(code.endsWith("    return request.path.startswith((\"/api/\",))\n"));
    }

    void codeReadsBackAsTheSettings_data()
    {
        QTest::addColumn<QJsonObject>("settings");
        for (const char* json :
             {"{}", R"({"CORS_ALLOWED_ORIGINS":["https:\/\/a.example"],"CORS_ALLOW_METHODS":["GET"],"CORS_URLS_REGEX":"^\/api\/.\u002a$"})",
              R"({"CORS_ALLOW_ALL_ORIGINS":true,"CORS_PREFLIGHT_MAX_AGE":0,"check_request_enabled":["/a","/b"]})",
              R"({"CORS_EXPOSE_HEADERS":["X-A"],"SILENCED_SYSTEM_CHECKS":["corsheaders.E013"]})"})
            QTest::newRow(json) << object(json);
    }
    void codeReadsBackAsTheSettings()
    {
        QFETCH(QJsonObject, settings);
        QCOMPARE(readBack("django", written("django", settings)),
                 compact(shown(*findFrameworkDescription("django"), settings)));
    }

    void pastedSettingsAreUnderstood_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("read");
        QTest::newRow("among others")
            << QByteArray("import os\nDEBUG = os.environ.get('DEBUG')\nORIGINS = ('https://a.example',)\n"
                          "CORS_ALLOWED_ORIGINS = ORIGINS\nCORS_ALLOW_CREDENTIALS=True # yes\n")
            << compact(object(R"({"CORS_ALLOWED_ORIGINS":["https:\/\/a.example"],"CORS_ALLOW_CREDENTIALS":true})"));
        QTest::newRow("by older names") << QByteArray("CORS_ORIGIN_ALLOW_ALL = True")
                                        << compact(object(R"({"CORS_ALLOW_ALL_ORIGINS":true})"));
        QTest::newRow("by both names, of which the newer holds")
            << QByteArray("CORS_ORIGIN_WHITELIST = ['http://old.example']\nCORS_ALLOWED_ORIGINS = ['http://new.example']")
            << compact(object(R"({"CORS_ALLOWED_ORIGINS":["http:\/\/new.example"]})"));
        QTest::newRow("a comma that is missing") << QByteArray("CORS_ALLOWED_ORIGINS = ('https://a.example')")
                                                 << compact(object(R"({"CORS_ALLOWED_ORIGINS":"https:\/\/a.example"})"));
        QTest::newRow("computed")
            << QByteArray("\nCORS_ALLOWED_ORIGINS = env.list('ORIGINS')")
            << QByteArray("line 2: expected a literal value for CORS_ALLOWED_ORIGINS, found the name env");
    }
    void pastedSettingsAreUnderstood()
    {
        QFETCH(QByteArray, code);
        QTEST(readBack("django", code), "read");
    }

    void systemChecksStopTheServerUnlessSilenced_data()
    {
        QTest::addColumn<QJsonObject>("settings");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("check");
        QTest::newRow("no scheme") << object(R"({"CORS_ALLOWED_ORIGINS":["https:\/\/a.example","app.example.com"]})")
                                   << QStringLiteral("settings.CORS_ALLOWED_ORIGINS[1]") << QStringLiteral("E013");
        QTest::newRow("a slash") << object(R"({"CORS_ALLOWED_ORIGINS":["https:\/\/app.example.com\/"]})")
                                 << QStringLiteral("settings.CORS_ALLOWED_ORIGINS[0]") << QStringLiteral("E014");
        QTest::newRow("a string") << object(R"({"CORS_ALLOWED_ORIGINS":"https:\/\/app.example.com"})")
                                  << QStringLiteral("settings.CORS_ALLOWED_ORIGINS") << QStringLiteral("E013");
        QTest::newRow("a negative age") << object(R"({"CORS_PREFLIGHT_MAX_AGE":-1})")
                                        << QStringLiteral("settings.CORS_PREFLIGHT_MAX_AGE") << QStringLiteral("E004");
        QTest::newRow("False in quotes") << object(R"({"CORS_ALLOW_ALL_ORIGINS":"False"})")
                                         << QStringLiteral("settings.CORS_ALLOW_ALL_ORIGINS") << QStringLiteral("E005");
    }
    void systemChecksStopTheServerUnlessSilenced()
    {
        QFETCH(QJsonObject, settings);
        QFETCH(QString, where);
        QFETCH(QString, check);
        const auto stage = makeStage({"cors", "django", {}, true, settings});
        QVERIFY(!stage);
        QCOMPARE(stage.error().where, where);
        QVERIFY2(stage.error().found.contains(QStringLiteral("corsheaders.") + check), qPrintable(stage.error().found));
        settings[QStringLiteral("SILENCED_SYSTEM_CHECKS")] = QJsonArray{QString(QStringLiteral("corsheaders.") + check)};
        QCOMPARE(refusedAt("django", settings), QString());
    }

    void specialOriginsPassTheChecks()
    {
        QCOMPARE(refusedAt("django", object(R"({"CORS_ALLOWED_ORIGINS":["null","file:\/\/"]})")), QString());
    }

    void patternsThatPythonRefusesFailWhereTheyAreNeeded()
    {
        const auto ask = [](const char* settings, const QByteArray& origin) {
            return answered("django", object(settings), request("GET", "/items", {{"Origin", origin}}));
        };
        const auto origins = R"({"CORS_ALLOWED_ORIGINS":["https:\/\/a.example"],"CORS_ALLOWED_ORIGIN_REGEXES":["https:\/\/\u005b.a"]})";
        QCOMPARE(ask(origins, "https://a.example").status, 200); // found before the pattern
        const auto failed = ask(origins, "https://b.example");
        QCOMPARE(failed.status, 500);
        QVERIFY(!failed.headers.contains("Vary"));
        // (moc would count a bracket inside a string.)
        const auto paths = "{\"CORS_URLS_REGEX\":\"\x28\"}";
        QCOMPARE(ask(paths, "https://a.example").status, 500);
    }

    void aReceiverOfTheSignalReachesBeyondTheCoveredPaths()
    {
        const auto settings = object(R"({"CORS_URLS_REGEX":"^\/api\/","check_request_enabled":["\/items"]})");
        const HeaderList origin{{"Origin", "https://a.example"}};
        QCOMPARE(answered("django", settings, request("GET", "/items", origin)).headers.get("Access-Control-Allow-Origin"),
                 QByteArray("https://a.example"));
        QVERIFY(!answered("django", settings, request("GET", "/own", origin)).headers.contains("Vary"));
    }

    void credentialsBeforeFourGoToEveryOrigin()
    {
        const auto settings = object(R"({"CORS_ALLOWED_ORIGINS":["https:\/\/a.example"],"CORS_ALLOW_CREDENTIALS":true})");
        const auto evil = request("GET", "/items", {{"Origin", "https://evil.test"}});
        QVERIFY(answered("django", settings, evil, "3.14.0").headers.contains("Access-Control-Allow-Credentials"));
        QVERIFY(!answered("django", settings, evil, "4.9.0").headers.contains("Access-Control-Allow-Credentials"));
    }
};

QTEST_GUILESS_MAIN(DjangoCorsTest)
#include "tst_djangocors.moc"
