#include "core/backend/FrameworkDescription.h"
#include "core/backend/StageCatalogue.h"
#include "core/backend/code/FrameworkCode.h"

#include <QJsonDocument>
#include <QTest>

using namespace corscope;

namespace {

const FrameworkDescription& jetty() { return *findFrameworkDescription("jetty"); }
QJsonObject object(const char* json) { return QJsonDocument::fromJson(json).object(); }
QByteArray compact(const QJsonObject& json) { return QJsonDocument(json).toJson(QJsonDocument::Compact); }

} // namespace

/// Settings of servlet filters, as web.xml has them.
class WebXmlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingThatCanBeSetComesBack()
    {
        const auto settings = object("{\"allowedOrigins\":\"<a & \\\"b\\\">\",\"allowedTimingOrigins\":\"*\","
                                     R"("allowedMethods":"PUT","allowedHeaders":"*","preflightMaxAge":-1,)"
                                     R"("allowCredentials":false,"exposedHeaders":"X-A,X-B","chainPreflight":false})");
        const auto code = codeText(writtenCode(jetty(), settings));
        const auto read = readCode(jetty(), code);
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence()));
        QCOMPARE(compact(*read), compact(settings));
    }

    void everythingThatCanBeSetOfTomcatComesBack_data()
    {
        QTest::addColumn<QJsonObject>("settings");
        QTest::newRow("all") << object(
            "{\"cors.allowed.origins\":\"https://a.test, b\",\"cors.allowed.methods\":\"\","
            "\"cors.allowed.headers\":\"*\",\"cors.exposed.headers\":\"X-A\",\"cors.support.credentials\":true,"
            "\"cors.preflight.maxage\":-1,\"cors.request.decorate\":false}");
        QTest::newRow("no age") << object(R"({"cors.preflight.maxage":""})");
    }
    void everythingThatCanBeSetOfTomcatComesBack()
    {
        QFETCH(QJsonObject, settings);
        const auto& tomcat = *findFrameworkDescription("tomcat");
        const auto read = readCode(tomcat, codeText(writtenCode(tomcat, settings)));
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence()));
        QCOMPARE(compact(*read), compact(settings));
    }

    void filtersOfTheSameNameAreToldApart()
    {
        const auto read = readCode(*findFrameworkDescription("tomcat"),
                                   "<filter><filter-class>org.springframework.web.filter.CorsFilter</filter-class>"
                                   "</filter>");
        QVERIFY(!read);
        QCOMPARE(read.error().expected, QStringLiteral("a filter of the class catalina.filters.CorsFilter"));
    }

    void codeIsAFilter()
    {
        QCOMPARE(codeText(writtenCode(jetty(), object(R"({"allowCredentials":false,"preflightMaxAge":60})"))),
                 QByteArray("<filter>\n"
                            "  <filter-name>cross-origin</filter-name>\n"
                            "  <filter-class>org.eclipse.jetty.servlets.CrossOriginFilter</filter-class>\n"
                            "  <init-param><param-name>preflightMaxAge</param-name><param-value>60</param-value>"
                            "</init-param>\n"
                            "  <init-param><param-name>allowCredentials</param-name><param-value>false</param-value>"
                            "</init-param>\n"
                            "</filter>\n"));
    }

    void pastedFilesAreUnderstood()
    {
        const auto read = readCode(jetty(), "<?xml version=\"1.0\"?>\n"
                                            "<web-app>\n"
                                            "  <filter><filter-name>a</filter-name><filter-class>a.B</filter-class>\n"
                                            "    <init-param><param-name>x</param-name><param-value>1</param-value>"
                                            "</init-param></filter>\n"
                                            "  <filter>\n"
                                            "    <filter-class> org.eclipse.jetty.servlets.CrossOriginFilter "
                                            "</filter-class>\n"
                                            "    <init-param>\n"
                                            "      <description>ours</description>\n"
                                            "      <param-name>allowCredentials</param-name>\n"
                                            "      <param-value>TRUE</param-value>\n"
                                            "    </init-param>\n"
                                            "  </filter>\n"
                                            "</web-app>\n");
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence()));
        QCOMPARE(compact(*read), QByteArray(R"({"allowCredentials":true})"));
    }

    void errorsNameTheLine_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("start");
        const QByteArray filter = "<filter><filter-class>CrossOriginFilter</filter-class>\n<init-param>\n";
        QTest::newRow("not a number") << QByteArray(filter
                                                    + "<param-name>preflightMaxAge</param-name>"
                                                      "<param-value>1 h</param-value></init-param></filter>")
                                      << QStringLiteral("line 3: expected a whole number, found 1 h");
        QTest::newRow("not an option")
            << QByteArray(filter + "<param-name>origins</param-name><param-value>*</param-value></init-param></filter>")
            << QStringLiteral("line 3: expected one of the options allowedOrigins, ");
        QTest::newRow("not closed") << filter << QStringLiteral("line 3: expected well-formed XML, found ");
        QTest::newRow("another filter") << QByteArray("<filter><filter-class>CorsFilter</filter-class></filter>")
                                        << QStringLiteral("code: expected a filter of the class CrossOriginFilter");
    }
    void errorsNameTheLine()
    {
        QFETCH(QByteArray, code);
        QFETCH(QString, start);
        const auto read = readCode(jetty(), code);
        QVERIFY(!read);
        QVERIFY2(read.error().sentence().startsWith(start), qPrintable(read.error().sentence()));
    }

    void patternsThatAreNoneAreRefused()
    {
        const auto made = makeStage({"cors", "jetty", {}, true, object("{\"allowedOrigins\":\"https://*.(a.test\"}")});
        QVERIFY(!made);
        QCOMPARE(made.error().where, QStringLiteral("settings.allowedOrigins"));
    }
};

QTEST_GUILESS_MAIN(WebXmlTest)
#include "tst_webxml.moc"
