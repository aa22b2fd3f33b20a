#include "tests/core/CodeChecks.h"

using namespace corscope;

class FalconCorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codeReadsBackAsTheSettings_data()
    {
        QTest::addColumn<QJsonObject>("settings");
        for (const char* json : {"{}", R"({"allow_origins":["https:\/\/a.example"],"allow_credentials":"*"})",
                                 R"({"expose_headers":"X-A, X-B"})"})
            QTest::newRow(json) << object(json);
    }
    void codeReadsBackAsTheSettings()
    {
        QFETCH(QJsonObject, settings);
        QCOMPARE(readBack("falcon", written("falcon", settings)), compact(settings));
    }

    void starBelongsByItself()
    {
        QCOMPARE(refusedAt("falcon", object(R"({"allow_origins":["*"]})")), QStringLiteral("settings.allow_origins"));
        QCOMPARE(refusedAt("falcon", object(R"({"allow_credentials":["*"]})")),
                 QStringLiteral("settings.allow_credentials"));
        QCOMPARE(refusedAt("falcon", object(R"({"allow_credentials":true})")),
                 QStringLiteral("settings.allow_credentials"));
    }

    void preflightsGetTheMethodsOfTheResource()
    {
        const HeaderList asks{{"Origin", "https://a.example"}, {"Access-Control-Request-Method", "DELETE"}};
        const auto answer = answered("falcon", {}, request("OPTIONS", "/items", asks));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers.get("Access-Control-Allow-Methods"), QByteArray("GET, PUT"));
        QVERIFY(!answer.headers.contains("Allow"));
        QCOMPARE(answered("falcon", {}, request("OPTIONS", "/missing", asks)).status, 404);
    }

    void exceptionsKeepTheHeaders()
    {
        const auto answer = answered("falcon", {}, request("GET", "/boom", {{"Origin", "https://a.example"}}));
        QCOMPARE(answer.status, 500);
        QCOMPARE(answer.headers.get("Access-Control-Allow-Origin"), QByteArray("*"));
    }
};

QTEST_GUILESS_MAIN(FalconCorsTest)
#include "tst_falconcors.moc"
