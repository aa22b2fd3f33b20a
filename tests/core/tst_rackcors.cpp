#include "tests/core/CodeChecks.h"

using namespace corscope;

class RackCorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codeIsAnInitializer()
    {
        QCOMPARE(written("rack-cors", object(R"({"origins":["https:\/\/a.example",{"regex":"\\Ahttp:\/\/localhost(:\\d+)?\\z"}],
                     "methods":["get","put"],"headers":"any","credentials":true,
                     "further_blocks":[{"origins":["*"],"resource":"\/public\/\u002a"}]})")),
                 QByteArray("# config/initializers/cors.rb\n"
                            "Rails.application.config.middleware.insert_before 0, Rack::Cors do\n"
                            "  allow do\n"
                            "    origins \"https://a.example\", /\\Ahttp:\\/\\/localhost(:\\d+)?\\z/\n"
                            "    resource \"*\",\n"
                            "      methods: [:get, :put],\n"
                            "      headers: :any,\n"
                            "      credentials: true\n"
                            "  end\n"
                            "  allow do\n"
                            "    origins \"*\"\n"
                            "    resource \"/public/*\"\n"
                            "  end\n"
                            "end\n"));
    }

    void codeReadsBackAsTheSettings_data()
    {
        QTest::addColumn<QJsonObject>("settings");
        for (const char* json :
             {R"({"origins":["*"]})", R"({"origins":["a.example",{"regex":"^x$","flags":"i"}],"resource":"\/api\/\u002a"})",
              R"({"origins":["*"],"methods":"any","headers":["X-Custom"],"expose":["X-A","X-B"],"max_age":0})",
              R"({"origins":["\\"],"vary":["Origin","Accept"],"further_blocks":[{"origins":["*"],"resource":"\/b","methods":["get","post"]}]})"})
            QTest::newRow(json) << object(json);
    }
    void codeReadsBackAsTheSettings()
    {
        QFETCH(QJsonObject, settings);
        auto read = object(readBack("rack-cors", written("rack-cors", settings)).constData());
        if (read[QLatin1String("resource")] == QLatin1String("*")) // always written, also as the default
            read.remove(QLatin1String("resource"));
        QCOMPARE(compact(read), compact(settings));
    }

    void pastedCodeIsUnderstood_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("read");
        QTest::newRow("words, symbols and old arrows")
            << QByteArray("use Rack::Cors do\n  allow do\n    origins 'localhost:3000', %w[a.example b.example],\n"
                          "            /\\Ahttp:\\/\\/192\\.168\\.0\\.\\d{1,3}\\z/\n"
                          "    # comment\n"
                          "    resource '/file/*', :headers => :any, :methods => %i[get post]\n  end\nend\n")
            << compact(object(R"({"headers":"any","methods":["get","post"],"origins":["localhost:3000","a.example",)"
                          R"("b.example",{"regex":"\\Ahttp:\/\/192\\.168\\.0\\.\\d{1,3}\\z"}],"resource":"/file\/\u002a"})"));
        QTest::newRow("two resources are two blocks in their order")
            << QByteArray("allow do\n  origins '*'\n  resource '/b', headers: :any\n  resource '/a', max_age: 60 * 60\nend")
            << compact(object(R"({"further_blocks":[{"max_age":3600,"origins":["*"],"resource":"/a"}],"headers":"any",)"
                          R"("origins":["*"],"resource":"/b"})"));
        QTest::newRow("a path as a pattern")
            << QByteArray("allow do\n  origins '*'\n  resource %r{/file/\\d+}i\nend")
            << compact(object(R"({"origins":["*"],"resource":{"flags":"i","regex":"\/file\/\\d+"}})"));
        QTest::newRow("in braces") << QByteArray("allow {\n  origins \"*\"\n  resource \"*\"\n}")
                                   << compact(object(R"({"origins":["*"],"resource":"*"})"));
        QTest::newRow("a constant") << QByteArray("ORIGINS = %w[https://a.example]\nallow do\norigins ORIGINS\nresource '*'\nend")
                                    << compact(object(R"({"origins":["https:\/\/a.example"],"resource":"*"})"));
        QTest::newRow("from the environment")
            << QByteArray("allow do\n  origins ENV['ORIGIN']\nend")
            << QByteArray("line 2: expected a literal value for origins, found the name ENV");
        QTest::newRow("an unknown option") << QByteArray("allow do\n  origins '*'\n  resource '*', method: :any\nend")
                                           << QByteArray();
        QTest::newRow("none") << QByteArray("puts 1") << QByteArray("code: expected an allow block of Rack::Cors");
    }
    void pastedCodeIsUnderstood()
    {
        QFETCH(QByteArray, code);
        QFETCH(QByteArray, read);
        if (read.isEmpty())
            QVERIFY(readBack("rack-cors", code).startsWith("line 1: expected one of the options"));
        else
            QCOMPARE(readBack("rack-cors", code), read);
    }

    void credentialsForEveryoneAreRefused()
    {
        QCOMPARE(refusedAt("rack-cors", object(R"({"origins":["*"],"credentials":true})")),
                 QStringLiteral("settings.credentials"));
        QCOMPARE(refusedAt("rack-cors", object(R"({"further_blocks":[{"origins":["*"],"credentials":true}]})")),
                 QStringLiteral("settings.further_blocks[0].credentials"));
        QCOMPARE(refusedAt("rack-cors", object(R"({"further_blocks":[{"origin":["*"]}]})")),
                 QStringLiteral("settings.further_blocks[0].origin"));
    }

    void theFirstBlockWithOriginAndPathDecides()
    {
        const auto settings = object(R"({"origins":["https:\/\/a.example"],"resource":"\/other","methods":["get"],
            "further_blocks":[{"origins":["*"],"methods":["put"]}]})");
        const auto answer =
            answered("rack-cors", settings, request("GET", "/items", {{"Origin", "https://a.example"}}));
        QCOMPARE(answer.headers.get("Access-Control-Allow-Origin"), QByteArray("*"));
        QCOMPARE(answer.headers.get("Access-Control-Allow-Methods"), QByteArray("PUT"));
    }

    void exceptionsLoseTheHeaders()
    {
        const auto answer = answered("rack-cors", object(R"({"origins":["*"]})"),
                                     request("GET", "/boom", {{"Origin", "https://a.example"}}));
        QCOMPARE(answer.status, 500);
        QVERIFY(!answer.headers.contains("Access-Control-Allow-Origin"));
    }
};

QTEST_GUILESS_MAIN(RackCorsTest)
#include "tst_rackcors.moc"
