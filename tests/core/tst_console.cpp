#include "core/explain/Console.h"
#include "core/explain/WhyText.h"

#include <QTest>

using namespace corscope;

class tst_Console : public QObject
{
    Q_OBJECT

    static SendOutcome blocked(Why why, QByteArray offender, Blocked::On on, int status)
    {
        SendOutcome outcome;
        outcome.url = "http://app.test:8102/r0";
        outcome.pageOrigin = "http://app.test:8101";
        outcome.pageUrl = "http://app.test:8101/page";
        outcome.blocked = Blocked{why, std::move(offender), {}, on};
        outcome.withheldStatus = status;
        if (status == 301)
            outcome.page.hiddenHeaders.append("Location", "/there");
        return outcome;
    }

private Q_SLOTS:
    // The texts are facts, recorded in November 2026 from Chromium 156, Firefox ESR 153 and WebKitGTK 2.50.
    void saysWhatTheEngineSaid_data()
    {
        QTest::addColumn<QByteArray>("browser");
        QTest::addColumn<QByteArray>("offender");
        QTest::addColumn<int>("why");
        QTest::addColumn<bool>("preflight");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* tag, QByteArray browser, Why why, QByteArray offender, bool preflight, int status, QString text) {
            QTest::newRow(tag) << browser << offender << int(why) << preflight << status << text;
        };
        row("chromium, missing", "chromium", Why::MissingAllowOrigin, {}, false, 200,
            QStringLiteral("Access to fetch at 'http://app.test:8102/r0' from origin 'http://app.test:8101' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource."));
        row("chromium, missing on the preflight", "chromium", Why::MissingAllowOrigin, {}, true, 204,
            QStringLiteral("Access to fetch at 'http://app.test:8102/r0' from origin 'http://app.test:8101' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource."));
        row("chromium, method", "chromium", Why::MethodNotAllowed, "PUT", true, 204,
            QStringLiteral("Access to fetch at 'http://app.test:8102/r0' from origin 'http://app.test:8101' has been blocked by CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response."));
        row("chromium, redirected preflight", "chromium", Why::PreflightStatusNotOk, "301", true, 301,
            QStringLiteral("Access to fetch at 'http://app.test:8102/r0' from origin 'http://app.test:8101' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: Redirect is not allowed for a preflight request."));
        row("chromium, a value with braces", "chromium", Why::InvalidAllowOrigin, "{url}", false, 200,
            QStringLiteral("Access to fetch at 'http://app.test:8102/r0' from origin 'http://app.test:8101' has been blocked by CORS policy: The 'Access-Control-Allow-Origin' header contains the invalid value '{url}'. Have the server send the header with a valid value."));
        row("firefox, missing on the preflight", "firefox", Why::MissingAllowOrigin, {}, true, 204,
            QStringLiteral("Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at http://app.test:8102/r0. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 204.\nCross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at http://app.test:8102/r0. (Reason: CORS request did not succeed). Status code: (null)."));
        row("firefox, wildcard", "firefox", Why::WildcardWithCredentials, "*", false, 200,
            QStringLiteral("Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ‘http://app.test:8102/r0’. (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’)."));
        row("webkit, missing", "webkit", Why::MissingAllowOrigin, {}, false, 200,
            QStringLiteral("Origin http://app.test:8101 is not allowed by Access-Control-Allow-Origin. Status code: 200\nFetch API cannot load http://app.test:8102/r0 due to access control checks."));
    }

    void saysWhatTheEngineSaid()
    {
        QFETCH(QByteArray, browser);
        QFETCH(QByteArray, offender);
        QFETCH(int, why);
        QFETCH(bool, preflight);
        QFETCH(int, status);
        QFETCH(QString, text);
        const auto outcome = blocked(Why(why), offender, preflight ? Blocked::On::Preflight : Blocked::On::Request, status);
        QCOMPARE(explain::consoleText(outcome, browser), text);
    }

    // As recorded: each engine adds something of its own once the request was redirected.
    void saysWhereRedirectsLed_data()
    {
        QTest::addColumn<QByteArray>("browser");
        QTest::addColumn<QString>("text");
        QTest::newRow("chromium names both addresses") << QByteArray("chromium")
            << QStringLiteral("Access to fetch at 'http://api.test/b' (redirected from 'http://app.test:8102/r0') from origin 'http://app.test:8101' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.");
        QTest::newRow("firefox says it twice") << QByteArray("firefox")
            << QStringLiteral("Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at http://api.test/b. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 302.\nCross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at http://api.test/b. (Reason: CORS request did not succeed). Status code: (null).");
        QTest::newRow("webkit looks ahead, and names the tainted origin") << QByteArray("webkit")
            << QStringLiteral("Cross-origin redirection to http://api.test/c denied by Cross-Origin Resource Sharing policy: Origin null is not allowed by Access-Control-Allow-Origin. Status code: 302\nFetch API cannot load http://api.test/b due to access control checks.");
    }

    void saysWhereRedirectsLed()
    {
        QFETCH(QByteArray, browser);
        QFETCH(QString, text);
        auto outcome = blocked(Why::MissingAllowOrigin, {}, Blocked::On::Request, 302);
        outcome.finalUrl = "http://api.test/b";
        outcome.finalOrigin = "null";
        outcome.page.hiddenHeaders.append("Location", "/c");
        QCOMPARE(explain::consoleText(outcome, browser), text);
    }

    void namesXmlHttpRequest()
    {
        auto outcome = blocked(Why::WildcardWithCredentials, "*", Blocked::On::Request, 200);
        outcome.initiator = "XMLHttpRequest";
        QCOMPARE(explain::consoleText(outcome, "chromium"), QStringLiteral("Access to XMLHttpRequest at 'http://app.test:8102/r0' from origin 'http://app.test:8101' has been blocked by CORS policy: The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'. The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute."));
        QVERIFY(explain::consoleText(outcome, "webkit").endsWith(QStringLiteral("\nXMLHttpRequest cannot load http://app.test:8102/r0 due to access control checks.")));
        outcome = blocked(Why::AllowOriginMismatch, "null", Blocked::On::Request, 200);
        outcome.initiator = "XMLHttpRequest";
        QVERIFY(explain::consoleText(outcome, "chromium").endsWith(QStringLiteral("not equal to the supplied origin.")));
    }

    void webkitNamesTheFirstHeaderItsOwnWay()
    {
        auto outcome = blocked(Why::HeaderNotAllowed, "authorization", Blocked::On::Preflight, 204);
        outcome.finalHeaders = {{"X-Foo", "1"}, {"content-type", "application/json"}, {"authorization", "x"}};
        outcome.page.hiddenHeaders.append("Access-Control-Allow-Headers", "content-type");
        QVERIFY(explain::consoleText(outcome, "webkit").startsWith(QStringLiteral("Request header field Authorization is")));
        outcome.page.hiddenHeaders.set("Access-Control-Allow-Headers", "content-type, authorization");
        QVERIFY(explain::consoleText(outcome, "webkit").startsWith(QStringLiteral("Request header field X-Foo is")));
    }

    void webkitAsksForTheStatusOfAPreflightFirst()
    {
        const auto outcome = blocked(Why::MissingAllowOrigin, {}, Blocked::On::Preflight, 404);
        QVERIFY(explain::consoleText(outcome, "webkit").startsWith(QStringLiteral("Preflight response is not successful. Status code: 404\n")));
        QVERIFY(explain::consoleText(outcome, "chromium").contains(QStringLiteral("No 'Access-Control-Allow-Origin' header")));
    }

    void valuesBeyondAsciiAreShownAsTheEngineDoes()
    {
        const auto outcome = blocked(Why::InvalidAllowOrigin, "http://b\xC3\xBC.test", Blocked::On::Request, 200);
        QVERIFY(explain::consoleText(outcome, "chromium").contains(QStringLiteral("'http://b\\u00C3\\u00BC.test'")));
        QVERIFY(explain::consoleText(outcome, "firefox").contains(QStringLiteral("‘http://bü.test’")));
    }

    void everyReasonHasAWordingForPeople()
    {
        for (int i = 0; i <= int(Why::InvalidRequest); ++i) {
            const auto outcome = blocked(Why(i), "value", Blocked::On::Request, 200);
            QVERIFY2(!explain::reason(*outcome.blocked, outcome).isEmpty(), whyId(Why(i)).constData());
            QVERIFY2(!explain::shortReason(*outcome.blocked).isEmpty(), whyId(Why(i)).constData());
        }
    }

    void scriptLearnsTheSameWhateverTheReason()
    {
        for (const auto& browser : explain::consoleBrowsers())
            QCOMPARE(explain::exceptionText(blocked(Why::MissingAllowOrigin, {}, Blocked::On::Request, 200), browser),
                     explain::exceptionText(blocked(Why::ConnectionRefused, {}, Blocked::On::Request, 0), browser));
    }
};

QTEST_GUILESS_MAIN(tst_Console)
#include "tst_console.moc"
