#include "tests/core/CodeChecks.h"

#include "core/backend/FinishResponse.h"

using namespace corscope;

class AiohttpCorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codeIsASetupAndALoop()
    {
        QCOMPARE(written("aiohttp", object(R"({"defaults":["https:\/\/a.example"],"allow_headers":"*","max_age":60})")),
                 QByteArray("import aiohttp_cors\n"
                            "from aiohttp import web\n"
                            "\n"
                            "app = web.Application()\n"
                            "\n"
                            "cors = aiohttp_cors.setup(app, defaults={\n"
                            "    \"https://a.example\": aiohttp_cors.ResourceOptions(\n"
                            "        allow_headers=\"*\",\n"
                            "        max_age=60,\n"
                            "    ),\n"
                            "})\n"
                            "\n"
                            "for route in list(app.router.routes()):\n"
                            "    cors.add(route)\n"));
    }

    void codeReadsBackAsTheSettings_data()
    {
        QTest::addColumn<QJsonObject>("settings");
        for (const char* json :
             {"{}", R"({"defaults":["*"]})", R"({"defaults":["*","https:\/\/a.example"],"allow_credentials":true})",
              R"({"defaults":{"*":{"max_age":5},"https:\/\/a.example":{"allow_methods":["GET"]}}})",
              R"({"defaults":["*"],"add":["GET \/items","\/b"],"expose_headers":["X-A"]})",
              R"({"defaults":["*"],"given_with":"each route"})"})
            QTest::newRow(json) << object(json);
    }
    void codeReadsBackAsTheSettings()
    {
        QFETCH(QJsonObject, settings);
        QCOMPARE(readBack("aiohttp", written("aiohttp", settings)),
                 compact(shown(*findFrameworkDescription("aiohttp"), settings)));
    }

    void pastedCodeIsUnderstood_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("read");
        QTest::newRow("imported by name")
            << QByteArray("cors = aiohttp_cors.setup(app, defaults={'*': ResourceOptions(allow_credentials=True)})")
            << compact(object(R"({"allow_credentials":true,"defaults":["*"]})"));
        QTest::newRow("nothing") << QByteArray("x = 1")
                                 << QByteArray("code: expected a call with aiohttp_cors.setup");
        QTest::newRow("no option of an origin")
            << QByteArray("aiohttp_cors.setup(app, defaults={\n'*': ResourceOptions(allow_origin=1)})")
            << QByteArray("line 2: expected an option of ResourceOptions, found allow_origin");
    }
    void pastedCodeIsUnderstood()
    {
        QFETCH(QByteArray, code);
        QTEST(readBack("aiohttp", code), "read");
    }

    void whatResourceOptionsRefusesIsRefused_data()
    {
        QTest::addColumn<QJsonObject>("settings");
        QTest::addColumn<QString>("where");
        QTest::newRow("a string for a list") << object(R"({"allow_headers":"Content-Type"})")
                                             << QStringLiteral("settings.allow_headers");
        QTest::newRow("of one origin") << object(R"({"defaults":{"*":{"expose_headers":"X-A"}}})")
                                       << QStringLiteral("settings.defaults[\"*\"].expose_headers");
        QTest::newRow("an unknown option") << object(R"({"defaults":{"*":{"allow_origin":"*"}}})")
                                           << QStringLiteral("settings.defaults[\"*\"].allow_origin");
        QTest::newRow("a negative age") << object(R"({"max_age":-1})") << QStringLiteral("settings.max_age");
    }
    void whatResourceOptionsRefusesIsRefused()
    {
        QFETCH(QJsonObject, settings);
        QTEST(refusedAt("aiohttp", settings), "where");
    }

    void pathsThatWereNotAddedAreLeftAlone()
    {
        const auto settings = object(R"({"defaults":["*"],"add":["\/own"]})");
        const HeaderList origin{{"Origin", "https://a.example"}};
        QVERIFY(!answered("aiohttp", settings, request("GET", "/items", origin))
                     .headers.contains("Access-Control-Allow-Origin"));
    }

    void aHandlersOwnHeaderClosesTheConnection()
    {
        const auto settings = object(R"({"defaults":["*"]})");
        const auto asked = request("GET", "/own", {{"Origin", "https://a.example"}});
        auto answer = answered("aiohttp", settings, asked);
        QCOMPARE(answer.status, 0);
        finishResponse(asked, answer, Clock::start);
        QCOMPARE(answer.status, 0);
        QVERIFY(answer.headers.isEmpty());
    }
};

QTEST_GUILESS_MAIN(AiohttpCorsTest)
#include "tst_aiohttpcors.moc"
