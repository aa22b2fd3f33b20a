#include "tests/core/CodeChecks.h"

#include "core/backend/frameworks/PhpPattern.h"

using namespace corscope;

class PhpCorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codeIsConfigCorsPhp()
    {
        QCOMPARE(written("laravel", object(R"({"paths":["*"],"allowed_origins":["https:\/\/a.example"],
                     "allowed_origins_patterns":["#^https:\/\/\\w+\\.a\\z#"],"max_age":null})")),
                 QByteArray("<?php\n"
                            "\n"
                            "// config/cors.php\n"
                            "return [\n"
                            "    'paths' => ['*'],\n"
                            "    'allowed_origins' => ['https://a.example'],\n"
                            "    'allowed_origins_patterns' => ['#^https://\\\\w+\\\\.a\\\\z#'],\n"
                            "    'max_age' => null,\n"
                            "];\n"));
    }

    void headersAreWrittenInTheirOrder()
    {
        QCOMPARE(written("php", object(R"({"headers":["Access-Control-Allow-Credentials: true"],
                     "reflect":"where there is one","options_exit":"204"})")),
                 QByteArray("<?php\n"
                            "\n"
                            "if (isset($_SERVER['HTTP_ORIGIN'])) {\n"
                            "    header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);\n"
                            "}\n"
                            "header('Access-Control-Allow-Credentials: true');\n"
                            "if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {\n"
                            "    http_response_code(204);\n"
                            "    exit;\n"
                            "}\n"));
    }

    void codeReadsBackAsTheSettings_data()
    {
        QTest::addColumn<QByteArray>("framework");
        QTest::addColumn<QJsonObject>("settings");
        for (const char* json :
             {"{}", R"({"allowed_origins_patterns":["#^\\\\'$#"],"exposed_headers":false,"max_age":3600})",
              R"({"paths":["api\/\u002a"],"supports_credentials":true,"allowed_methods":[]})"})
            QTest::newRow(json) << QByteArray("laravel") << object(json);
        for (const char* json :
             {R"({"headers":["Access-Control-Allow-Origin: *","X-A: it's"]})", R"({"reflect":"always"})",
              R"({"headers":["X-A: 1"],"reflect":"where there is one","echo_requested_headers":true,"options_exit":"200"})"})
            QTest::newRow(json) << QByteArray("php") << object(json);
    }
    void codeReadsBackAsTheSettings()
    {
        QFETCH(QByteArray, framework);
        QFETCH(QJsonObject, settings);
        QCOMPARE(readBack(framework.constData(), written(framework.constData(), settings)), compact(settings));
    }

    void pastedCodeIsUnderstood_data()
    {
        QTest::addColumn<QByteArray>("framework");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("read");
        QTest::newRow("an old array, with comments")
            << QByteArray("laravel")
            << QByteArray("<?php\n/* CORS */\nreturn array(\n  'paths' => array('api/*', 'x'), # two\n  'max_age' => 60 * 60\n);")
            << compact(object(R"({"max_age":3600,"paths":["api\/\u002a","x"]})"));
        QTest::newRow("as php-cors itself calls them")
            << QByteArray("laravel") << QByteArray("return ['allowedOrigins' => ['*'], 'supportsCredentials' => TRUE];")
            << compact(object(R"({"allowed_origins":["*"],"supports_credentials":true})"));
        QTest::newRow("from the environment")
            << QByteArray("laravel") << QByteArray("<?php\nreturn [\n'allowed_origins' => [env('URL')],\n];")
            << QByteArray("line 3: expected a literal value for allowed_origins, found the name env");
        QTest::newRow("the well-known function")
            << QByteArray("php")
            << QByteArray("<?php\nfunction cors() {\n  if (isset($_SERVER['HTTP_ORIGIN'])) {\n"
                          "    header(\"Access-Control-Allow-Origin: {$_SERVER['HTTP_ORIGIN']}\");\n"
                          "    header('Access-Control-Max-Age: 86400');\n  }\n"
                          "  if ($_SERVER['REQUEST_METHOD'] == 'OPTIONS') {\n"
                          "    header(\"Access-Control-Allow-Headers: {$_SERVER['HTTP_ACCESS_CONTROL_REQUEST_HEADERS']}\");\n"
                          "    exit(0);\n  }\n}")
            << compact(object(R"({"echo_requested_headers":true,"headers":["Access-Control-Max-Age: 86400"],)"
                          R"("options_exit":"200","reflect":"where there is one"})"));
        QTest::newRow("no header") << QByteArray("php") << QByteArray("echo 1;")
                                   << QByteArray("code: expected a call with header");
    }
    void pastedCodeIsUnderstood()
    {
        QFETCH(QByteArray, framework);
        QFETCH(QByteArray, code);
        QTEST(readBack(framework.constData(), code), "read");
    }

    void settingsAreChecked()
    {
        QCOMPARE(refusedAt("laravel", object(R"({"exposed_headers":true})")), QStringLiteral("settings.exposed_headers"));
        QCOMPARE(refusedAt("laravel", object(R"({"allowed_origins":"*"})")), QStringLiteral("settings.allowed_origins"));
        QCOMPARE(refusedAt("php", object(R"({"headers":["no header"]})")), QStringLiteral("settings.headers[0]"));
    }

    void laravelCoversItsPathsOnly()
    {
        const HeaderList origin{{"Origin", "https://a.example"}};
        const auto allowOrigin = [&](const char* settings) {
            return answered("laravel", object(settings), request("GET", "/items", origin))
                .headers.get("Access-Control-Allow-Origin");
        };
        QCOMPARE(allowOrigin("{}"), std::nullopt);
        QCOMPARE(allowOrigin(R"({"paths":["it\u002a"]})"), QByteArray("*"));
        QCOMPARE(allowOrigin(R"({"paths":["\/items\/"]})"), QByteArray("*"));
    }

    void phpEchoesRequestedHeaders()
    {
        const HeaderList asks{{"Origin", "https://a.example"}, {"Access-Control-Request-Headers", "x-a"}};
        const auto settings = object(R"({"echo_requested_headers":true,"options_exit":"204"})");
        QCOMPARE(answered("php", settings, request("OPTIONS", "/items", asks)).headers.get("Access-Control-Allow-Headers"),
                 QByteArray("x-a"));
        QVERIFY(!answered("php", settings, request("GET", "/items", asks)).headers.contains("Access-Control-Allow-Headers"));
    }

    void patternsNeedTheirDelimiters_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<bool>("fits");
        QTest::newRow("none") << QStringLiteral("https://a.example") << false;
        QTest::newRow("slashes") << QStringLiteral("/^https:\\/\\/a\\.example$/") << true;
        QTest::newRow("brackets") << QStringLiteral("{a.{1}xample}") << false;
        QTest::newRow("brackets that fit") << QStringLiteral("(a\\.(example))") << true;
        QTest::newRow("letters in any case") << QStringLiteral("~A\\.EXAMPLE~i") << true;
        QTest::newRow("an unknown modifier") << QStringLiteral("#a#k") << false;
        QTest::newRow("no end") << QStringLiteral("#a") << false;
    }
    void patternsNeedTheirDelimiters()
    {
        QFETCH(QString, pattern);
        const auto regex = phpPattern(pattern);
        QTEST(regex && regex->match(QStringLiteral("https://a.example")).hasMatch(), "fits");
    }
};

QTEST_GUILESS_MAIN(PhpCorsTest)
#include "tst_phpcors.moc"
