#include "core/backend/FrameworkDescription.h"
#include "core/backend/code/FrameworkCode.h"

#include <QJsonDocument>
#include <QTest>

using namespace corscope;

namespace {

const FrameworkDescription& spring() { return *findFrameworkDescription("spring"); }
QJsonObject object(const char* json)
{
    const auto document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        qFatal("not an object: %s", json);
    return document.object();
}
QByteArray compact(const QJsonObject& json) { return QJsonDocument(json).toJson(QJsonDocument::Compact); }

} // namespace

/// Spring's configuration, as Java has it.
class JavaCodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codeIsABean()
    {
        QCOMPARE(codeText(writtenCode(spring(),
                                      object(R"({"allowedOrigins":["a","b"],"allowCredentials":true,)"
                                             R"("maxAge":600})"))),
                 QByteArray("@Bean\n"
                            "CorsFilter corsFilter() {\n"
                            "    CorsConfiguration configuration = new CorsConfiguration();\n"
                            "    configuration.setAllowedOrigins(List.of(\"a\", \"b\"));\n"
                            "    configuration.setAllowCredentials(true);\n"
                            "    configuration.setMaxAge(600L);\n"
                            "    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();\n"
                            "    source.registerCorsConfiguration(\"/**\", configuration);\n"
                            "    return new CorsFilter(source);\n"
                            "}\n"));
    }

    void linesNameTheirOptions()
    {
        const auto lines = writtenCode(spring(), object("{\"applyPermitDefaultValues\":true,\"path\":\"/api/**\"}"));
        QCOMPARE(lines[4].text, QByteArray("    configuration.applyPermitDefaultValues();"));
        QCOMPARE(lines[4].option, QByteArray("applyPermitDefaultValues"));
        QCOMPARE(lines[5].text, QByteArray("    source.registerCorsConfiguration(\"/api/**\", configuration);"));
        QCOMPARE(lines[5].option, QByteArray("path"));
    }

    void everythingThatCanBeSetComesBack_data()
    {
        QTest::addColumn<QJsonObject>("settings");
        QTest::newRow("nothing") << QJsonObject();
        QTest::newRow("all") << object(
            "{\"allowedOrigins\":[\"https://a.test\",\"%value%\"],"
            "\"allowedOriginPatterns\":[\"http://localhost:[*]\"],\"allowedMethods\":[],"
            "\"allowedHeaders\":[\"*\"],\"exposedHeaders\":[\"X-\\\"A\\\"\"],\"allowCredentials\":true,"
            R"("allowPrivateNetwork":true,"maxAge":-1,"applyPermitDefaultValues":true,)"
            "\"path\":\"/a/*\"}");
    }
    void everythingThatCanBeSetComesBack()
    {
        QFETCH(QJsonObject, settings);
        const auto code = codeText(writtenCode(spring(), settings));
        const auto read = readCode(spring(), code);
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence() + u'\n' + QString::fromUtf8(code)));
        QCOMPARE(compact(*read), compact(settings));
    }

    void pastedCodeIsUnderstood_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QJsonObject>("settings");
        const auto row = [](const char* name, const char* code, const char* settings) {
            QTest::newRow(name) << QByteArray(code) << object(settings);
        };
        row("nothing set", "var c = new CorsConfiguration();", "{}");
        row("items one by one",
            "CorsConfiguration config = new CorsConfiguration();\nconfig.addAllowedOriginPattern(\"*\");\n"
            "config.addAllowedMethod(HttpMethod.PUT);\nconfig.addAllowedMethod(\"GET\");\n"
            "config.addAllowedHeader(CorsConfiguration.ALL);\nconfig.addExposedHeader(HttpHeaders.CONTENT_TYPE);",
            R"({"allowedHeaders":["*"],"allowedMethods":["PUT","GET"],"allowedOriginPatterns":["*"],)"
            R"("exposedHeaders":["Content-Type"]})");
        row("variables and other ways to a list",
            "private static final String[] METHODS = {\"GET\", \"PUT\"};\n"
            "List<String> origins = Arrays.asList(\"a\", \"b\");\nString name = \"X-A\";\n"
            "CorsConfiguration c = new CorsConfiguration();\nc.setAllowedOrigins(origins);\n"
            "c.setAllowedHeaders(Collections.singletonList(name));\nc.setAllowedMethods(METHODS);",
            R"({"allowedHeaders":["X-A"],"allowedMethods":["GET","PUT"],"allowedOrigins":["a","b"]})");
        row("a duration", "var c = new CorsConfiguration();\nc.setMaxAge(Duration.ofHours(1));", R"({"maxAge":3600})");
        row("a product", "var c = new CorsConfiguration();\nc.setMaxAge(60 * 60L);", R"({"maxAge":3600})");
        row("defaults at once", "var c = new CorsConfiguration().applyPermitDefaultValues();",
            R"({"applyPermitDefaultValues":true})");
        row("added to the defaults",
            "var c = new CorsConfiguration().applyPermitDefaultValues();\nc.addAllowedMethod(HttpMethod.PUT.name());",
            R"({"allowedMethods":["GET","HEAD","POST","PUT"],"applyPermitDefaultValues":true})");
        row("its path, and nobody else's calls",
            "CorsConfiguration c = new CorsConfiguration();\nother.setAllowCredentials(true);\nc.getMaxAge();\n"
            "source.registerCorsConfiguration(\"/b\", other);\nsource.registerCorsConfiguration(\"/a\", c);",
            R"({"path":"/a"})");
        row("a mapping of Spring MVC",
            "registry.addMapping(\"/api/**\")\n    .allowedOrigins(\"a\", \"b\")\n    .allowedMethods(\"PUT\")\n"
            "    .allowCredentials(true).maxAge(3600);",
            R"({"allowCredentials":true,"allowedMethods":["PUT"],"allowedOrigins":["a","b"],)"
            "\"applyPermitDefaultValues\":true,\"maxAge\":3600,\"path\":\"/api/**\"}");
        row("an annotation", "@CrossOrigin\nclass A {}", R"({"applyPermitDefaultValues":true})");
        row("an annotation's origin", "@CrossOrigin(\"a\")",
            R"({"allowedOrigins":["a"],"applyPermitDefaultValues":true})");
        row("an annotation's elements",
            "@CrossOrigin(origins = {\"a\", \"b\"}, methods = RequestMethod.PUT, allowCredentials = \"true\", "
            "maxAge = 60)",
            R"({"allowCredentials":true,"allowedMethods":["PUT"],"allowedOrigins":["a","b"],)"
            R"("applyPermitDefaultValues":true,"maxAge":60})");
    }
    void pastedCodeIsUnderstood()
    {
        QFETCH(QByteArray, code);
        QFETCH(QJsonObject, settings);
        const auto read = readCode(spring(), code);
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence()));
        QCOMPARE(compact(*read), compact(settings));
    }

    void errorsNameTheLine_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("start");
        const QByteArray made = "CorsConfiguration c = new CorsConfiguration();\n";
        QTest::newRow("no literal") << QByteArray(made + "c.setAllowedOrigins(properties.origins());")
                                    << QStringLiteral("line 2: expected a literal value for allowedOrigins, found ");
        QTest::newRow("no option") << QByteArray(made + "c.setOrigins(List.of());")
                                   << QStringLiteral("line 2: expected one of the options allowedOrigins, ");
        QTest::newRow("wrong type") << QByteArray(made + "\nc.setMaxAge(\"600\");")
                                    << QStringLiteral("line 3, maxAge: expected a whole number or null, found \"600\"");
        QTest::newRow("twice") << QByteArray(made + "c.setMaxAge(1L);\nc.setMaxAge(2L);")
                               << QStringLiteral("line 3: expected every option once, found maxAge");
        QTest::newRow("not closed") << QByteArray(made + "c.setAllowedMethods(List.of(\"GET\"")
                                    << QStringLiteral("line 2: expected \",\" or \")\", found the end of the code");
        QTest::newRow("none") << QByteArray("var c = new Configuration();")
                              << QStringLiteral("code: expected an object of the class CorsConfiguration");
    }
    void errorsNameTheLine()
    {
        QFETCH(QByteArray, code);
        QFETCH(QString, start);
        const auto read = readCode(spring(), code);
        QVERIFY(!read);
        QVERIFY2(read.error().sentence().startsWith(start), qPrintable(read.error().sentence()));
    }
};

QTEST_GUILESS_MAIN(JavaCodeTest)
#include "tst_javacode.moc"
