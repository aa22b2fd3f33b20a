#include "core/paste/CurlCommand.h"
#include "core/paste/FetchCode.h"
#include "core/paste/RawMessages.h"
#include "core/paste/ShellWords.h"

#include <QTest>

using namespace corscope;
using namespace corscope::paste;

/// Requests and answers as they are copied from browsers and shells.
class TestPastedRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void curlIsReadFromEveryShell_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("contentType");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char* reason, const QString& text, const char* method, const char* url, const char* type, const char* body) {
            QTest::newRow(reason) << text << QByteArray(method) << QByteArray(url) << QByteArray(type) << QByteArray(body);
        };
        row("sh, over several lines", QStringLiteral("curl 'http://a.test/x' \\\n  -X 'PUT' \\\n  -H 'content-type: application/json' \\\n  --data-raw '{\"a\":1}' \\\n  --compressed --insecure"),
            "PUT", "http://a.test/x", "application/json", "{\"a\":1}");
        row("sh, C escapes", QStringLiteral("curl http://a.test/x -H 'content-type: text/plain' --data-raw $'it\\'s \\u0021\\x41\\n'"), "POST", "http://a.test/x", "text/plain", "it's !A\n");
        row("sh, a quotation mark within", QStringLiteral("curl 'http://a.test/x' --data-raw 'it'\\''s'"), "POST", "http://a.test/x", "application/x-www-form-urlencoded", "it's");
        row("sh, double quotes", QStringLiteral("curl \"http://a.test/x\" -d \"a=\\\"b\\\"\" -d c=d"), "POST", "http://a.test/x", "application/x-www-form-urlencoded", "a=\"b\"&c=d");
        row("cmd, carets everywhere", QStringLiteral("curl ^\"http://a.test/x?a=1^&b=2^\" ^\r\n  -X ^\"PUT^\" ^\r\n  -H ^\"content-type: application/json^\" ^\r\n  --data-raw ^\"^{^\\^\"a^\\^\":1^}^\""),
            "PUT", "http://a.test/x?a=1&b=2", "application/json", "{\"a\":1}");
        row("cmd, carets at the ends of lines", QStringLiteral("curl \"http://a.test/x\" ^\n  -H \"content-type: application/json\" ^\n  --data-binary \"{\\\"a\\\":1}\" ^\n  --compressed"),
            "POST", "http://a.test/x", "application/json", "{\"a\":1}");
        row("sh, carets in a word", QStringLiteral("curl 'http://a.test/x' -H 'content-type: text/plain' --data-raw '{^\"a^\": \"it'\\''s ^\"}'"),
            "POST", "http://a.test/x", "text/plain", "{^\"a^\": \"it's ^\"}");
        row("sh, carets in C escapes", QStringLiteral("curl http://a.test/x -H 'content-type: text/plain' --data-raw $'it\\'s ^\"'"),
            "POST", "http://a.test/x", "text/plain", "it's ^\"");
        row("cmd, an apostrophe in front", QStringLiteral("curl \"http://a.test/it's\" -H ^\"content-type: text/plain^\" -d a"),
            "POST", "http://a.test/it's", "text/plain", "a");
        row("options that stick to their values", QStringLiteral("curl -sSLXPATCH -Hcontent-type:application/json --url http://a.test/x -d'{}'"), "PATCH", "http://a.test/x", "application/json", "{}");
        row("data in the address", QStringLiteral("curl -G http://a.test/x -d a=1 --data-urlencode 'b=c d'"), "GET", "http://a.test/x?a=1&b=c%20d", "", "");
        row("the header alone", QStringLiteral("curl -I a.test/x"), "HEAD", "http://a.test/x", "", "");
        row("JSON", QStringLiteral("curl --json '{}' http://a.test/x"), "POST", "http://a.test/x", "application/json", "{}");
    }
    void curlIsReadFromEveryShell()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, contentType);
        QFETCH(QByteArray, body);
        const auto request = readCurlCommand(text, 0);
        QVERIFY2(request, request ? "" : qPrintable(request.error().sentence()));
        QCOMPARE(request->call.method, method);
        QCOMPARE(request->call.url, url);
        QCOMPARE(request->call.headers.get("Content-Type").value_or(QByteArray()), contentType);
        QCOMPARE(request->call.body.value_or(QByteArray()), body);
        QCOMPARE(request->range.to, text.size());
    }

    void whatBrowsersAddIsTakenForThePageAndItsCredentials()
    {
        const auto request = readCurlCommand(QStringLiteral(
            "curl 'https://api.test/x' -H 'accept: */*' -H 'origin: https://app.test' -H 'referer: https://app.test/' -H 'sec-fetch-mode: cors' "
            "-H 'user-agent: Mozilla' -H 'authorization: Bearer x' -b 'sid=1'"), 0);
        QVERIFY(request);
        QCOMPARE(request->pageOrigin, "https://app.test");
        QCOMPARE(request->call.credentials, "include");
        QCOMPARE(request->call.headers, (HeaderList{{"authorization", "Bearer x"}}));
    }

    void credentialsOfCurlBecomeTheHeaderThatThePageWouldSet()
    {
        const auto request = readCurlCommand(QStringLiteral("curl -u me:secret https://api.test/x"), 0);
        QVERIFY(request);
        QCOMPARE(request->call.headers.get("Authorization").value_or(QByteArray()), "Basic bWU6c2VjcmV0");
    }

    void anOpenQuotationMarkIsSaidWithItsPlace()
    {
        const auto request = readCurlCommand(QStringLiteral("x\ncurl 'http://a.test"), 2);
        QVERIFY(!request);
        QCOMPARE(request.error().where, QStringLiteral("line 2, column 6"));
    }

    void fetchIsReadAsItIsCopied()
    {
        const auto request = readFetchCode(QStringLiteral(
            "fetch(\"https://api.test/v1\", {\n  \"headers\": {\n    \"accept\": \"*/*\",\n    \"content-type\": \"application/json\",\n    \"sec-ch-ua\": \"\\\"x\\\"\"\n  },\n"
            "  \"referrer\": \"https://app.test/login\",\n  \"body\": \"{\\\"a\\\":1}\",\n  \"method\": \"PUT\",\n  \"mode\": \"cors\",\n  \"credentials\": \"include\"\n});"), 0);
        QVERIFY2(request, request ? "" : qPrintable(request.error().sentence()));
        QCOMPARE(request->call.url, "https://api.test/v1");
        QCOMPARE(request->call.method, "PUT");
        QCOMPARE(request->call.credentials, "include");
        QCOMPARE(request->call.headers, (HeaderList{{"content-type", "application/json"}}));
        QCOMPARE(request->call.body.value_or(QByteArray()), "{\"a\":1}");
        QCOMPARE(request->pageOrigin, "https://app.test");
        QVERIFY(request->guesses.isEmpty());
    }

    void fetchIsReadAsItIsCopiedForNode()
    {
        const auto request = readFetchCode(QStringLiteral("fetch('https://api.test/v1', { 'headers': { 'cookie': 'sid=1', 'Referer': 'https://app.test/' }, 'body': null, 'method': 'GET' });"), 0);
        QVERIFY(request);
        QCOMPARE(request->pageOrigin, "https://app.test");
        QCOMPARE(request->call.credentials, "include");
        QVERIFY(!request->call.body);
    }

    void fetchIsReadAsItIsWritten()
    {
        const auto request = readFetchCode(QStringLiteral(
            "fetch(`${base}/items`, { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: 'Bearer ' + token }, body: JSON.stringify({ a, b: [1, 2] }), signal })\n.then(r => r.json())"), 0);
        QVERIFY2(request, request ? "" : qPrintable(request.error().sentence()));
        QCOMPARE(request->call.method, "POST");
        QVERIFY(request->call.headers.contains("Authorization"));
        QVERIFY(!request->guesses.isEmpty());
    }

    void whatStandsInFrontOfAFetchIsReadToo()
    {
        const QString text = QStringLiteral("const controller = new AbortController();\nsetTimeout(() => controller.abort(), 250);\n"
                                            "await fetch('https://api.test/', { method: 'POST', signal: controller.signal, body: new URLSearchParams('b=1&a=2') });");
        const auto request = readFetchCode(text, text.indexOf(QLatin1String("fetch(")));
        QVERIFY2(request, request ? "" : qPrintable(request.error().sentence()));
        QCOMPARE(request->call.abortAfter.value_or(Milliseconds(0)).count(), 250);
        QCOMPARE(request->call.bodyType, "application/x-www-form-urlencoded;charset=UTF-8");
        QVERIFY(request->guesses.isEmpty());
    }

    void fieldsOfJsonKeepTheirOrder()
    {
        const auto request = readFetchCode(QStringLiteral("fetch('https://api.test/', { method: 'PUT', body: JSON.stringify({ b: 1, a: 2 }) })"), 0);
        QVERIFY(request);
        QCOMPARE(request->call.body.value_or(QByteArray()), "{\"b\":1,\"a\":2}");
    }

    void headersAreReadAsToolsShowThem_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("curl -i") << QStringLiteral("HTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: *\nVary: Origin\n\n");
        QTest::newRow("curl -v") << QStringLiteral("< HTTP/2 204 \n< access-control-allow-origin: *\n< vary: Origin\n< \n");
        QTest::newRow("HTTP/2 as developer tools show it") << QStringLiteral(":status: 204\naccess-control-allow-origin: *\nvary: Origin");
        QTest::newRow("values on lines of their own") << QStringLiteral("Request URL:\nhttps://api.test/x\nRequest Method:\nOPTIONS\nStatus Code:\n204 No Content\nResponse Headers\naccess-control-allow-origin:\n*\nvary:\nOrigin");
        QTest::newRow("within a letter") << QStringLiteral("The server says:\n\nStatus Code: 204 No Content\n\nAccess-Control-Allow-Origin: *\nVary: Origin\n\nWhat now?");
    }
    void headersAreReadAsToolsShowThem()
    {
        QFETCH(QString, text);
        const auto messages = readRawMessages(text);
        QCOMPARE(messages.answers.size(), size_t(1));
        QCOMPARE(messages.answers.front().status, 204);
        QCOMPARE(messages.answers.front().headers.get("Access-Control-Allow-Origin").value_or(QByteArray()), "*");
        QCOMPARE(messages.answers.front().headers.size(), 2);
    }

    void aRequestIsJoinedWithTheAnswerBelow()
    {
        const auto messages = readRawMessages(QStringLiteral(
            "> OPTIONS /x HTTP/1.1\n> Host: api.test\n> Origin: https://app.test\n> Access-Control-Request-Method: PUT\n>\n< HTTP/1.1 401 Unauthorized\n< Content-Length: 0\n"));
        QCOMPARE(messages.requests.size(), size_t(1));
        QVERIFY(messages.requests.front().isPreflight);
        QCOMPARE(messages.requests.front().call.url, "https://api.test/x");
        QCOMPARE(messages.answers.size(), size_t(1));
        QCOMPARE(messages.answers.front().method, "OPTIONS");
        QCOMPARE(messages.answers.front().status, 401);
    }

    void anyBytesAreReadWithoutHarm()
    {
        // A generator of its own, so that each run sees the same bytes.
        quint32 state = 7;
        const QString alphabet = QStringLiteral("curl fetch(){}[]'\"`\\$^\n:;,<>-HTTP/1.1 200 Origin: a=");
        for (int round = 0; round < 300; ++round) {
            QString text = round % 2 ? QStringLiteral("curl ") : QStringLiteral("fetch(");
            for (int i = 0; i < 200; ++i) {
                state = state * 1664525u + 1013904223u;
                text += alphabet[int((state >> 16) % quint32(alphabet.size()))];
            }
            (void)readCurlCommand(text, 0);
            (void)readFetchCode(text, 0);
            (void)readRawMessages(text);
        }
        (void)readFetchCode(QStringLiteral("fetch(") + QString(100000, QLatin1Char('[')) + QLatin1Char(')'), 0);
    }
};

QTEST_GUILESS_MAIN(TestPastedRequest)
#include "tst_pastedrequest.moc"
