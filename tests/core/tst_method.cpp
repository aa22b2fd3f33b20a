#include "core/http/Message.h"
#include "core/http/Method.h"

#include <QTest>

using namespace corscope;

class TestMethod : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void methods_data();
    void methods();
    void preflightNeedsAllThreeMarks();
    void pathEndsBeforeTheQuery();
    void safeMethods_data();
    void safeMethods();
    void reasonPhrases_data();
    void reasonPhrases();
};

void TestMethod::methods_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("safelisted");
    QTest::addColumn<bool>("forbidden");
    QTest::addColumn<QByteArray>("normalized");
    const auto row = [](const char* name, const char* method, bool safelisted, bool forbidden, const char* normalized) {
        QTest::newRow(name) << QByteArray(method) << safelisted << forbidden << QByteArray(normalized);
    };
    row("GET is safelisted", "GET", true, false, "GET");
    row("HEAD is safelisted", "HEAD", true, false, "HEAD");
    row("POST is safelisted", "POST", true, false, "POST");
    row("PUT is not", "PUT", false, false, "PUT");
    row("OPTIONS is not", "OPTIONS", false, false, "OPTIONS");
    row("get is normalised, and only then safelisted", "get", false, false, "GET");
    row("delete is normalised", "dElEtE", false, false, "DELETE");
    row("patch stays lower-case", "patch", false, false, "patch");
    row("PATCH stays upper-case", "PATCH", false, false, "PATCH");
    row("own methods stay as they are", "Unicorn", false, false, "Unicorn");
    row("CONNECT is forbidden", "CONNECT", false, true, "CONNECT");
    row("trace is forbidden in any case", "trace", false, true, "trace");
    row("Track is forbidden", "Track", false, true, "Track");
    row("a longer name is not the method", "GETS", false, false, "GETS");
}

void TestMethod::methods()
{
    QFETCH(QByteArray, method);
    QTEST(isCorsSafelistedMethod(method), "safelisted");
    QTEST(isForbiddenMethod(method), "forbidden");
    QTEST(normalizedMethod(method), "normalized");
}

void TestMethod::preflightNeedsAllThreeMarks()
{
    RequestMessage request{"OPTIONS", "/x", {{"origin", "http://a.example"}, {"access-control-request-method", "PUT"}}, {}};
    QVERIFY(request.isCorsPreflight());
    request.method = "GET";
    QVERIFY(!request.isCorsPreflight());
    request.method = "OPTIONS";
    request.headers.remove("Origin");
    QVERIFY(!request.isCorsPreflight());
    request.headers = {{"Origin", "http://a.example"}};
    QVERIFY(!request.isCorsPreflight());
}

void TestMethod::pathEndsBeforeTheQuery()
{
    QCOMPARE((RequestMessage{"GET", "/a/b?c=/d", {}, {}}.path()), "/a/b");
    QCOMPARE((RequestMessage{"GET", "/a/b", {}, {}}.path()), "/a/b");
}

/// RFC 9110 section 9.2.1
void TestMethod::safeMethods_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("safe");
    for (const QByteArray method : {"GET", "HEAD", "OPTIONS", "TRACE"})
        QTest::newRow(method.constData()) << method << true;
    for (const QByteArray method : {"POST", "PUT", "DELETE", "CONNECT", "PATCH", "get", "Unicorn"})
        QTest::newRow(method.constData()) << method << false;
}

void TestMethod::safeMethods()
{
    QFETCH(QByteArray, method);
    QTEST(isSafeMethod(method), "safe");
}

/// The registry of HTTP status codes (RFC 9110 section 16.2.1), without those that it calls unused or temporary.
void TestMethod::reasonPhrases_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("phrase");
    const std::pair<int, const char*> registered[] = {
        {100, "Continue"}, {101, "Switching Protocols"}, {102, "Processing"}, {103, "Early Hints"},
        {200, "OK"}, {201, "Created"}, {202, "Accepted"}, {203, "Non-Authoritative Information"}, {204, "No Content"},
        {205, "Reset Content"}, {206, "Partial Content"}, {207, "Multi-Status"}, {208, "Already Reported"}, {226, "IM Used"},
        {300, "Multiple Choices"}, {301, "Moved Permanently"}, {302, "Found"}, {303, "See Other"}, {304, "Not Modified"},
        {305, "Use Proxy"}, {307, "Temporary Redirect"}, {308, "Permanent Redirect"},
        {400, "Bad Request"}, {401, "Unauthorized"}, {402, "Payment Required"}, {403, "Forbidden"}, {404, "Not Found"},
        {405, "Method Not Allowed"}, {406, "Not Acceptable"}, {407, "Proxy Authentication Required"}, {408, "Request Timeout"},
        {409, "Conflict"}, {410, "Gone"}, {411, "Length Required"}, {412, "Precondition Failed"}, {413, "Content Too Large"},
        {414, "URI Too Long"}, {415, "Unsupported Media Type"}, {416, "Range Not Satisfiable"}, {417, "Expectation Failed"},
        {421, "Misdirected Request"}, {422, "Unprocessable Content"}, {423, "Locked"}, {424, "Failed Dependency"},
        {425, "Too Early"}, {426, "Upgrade Required"}, {428, "Precondition Required"}, {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"}, {451, "Unavailable For Legal Reasons"},
        {500, "Internal Server Error"}, {501, "Not Implemented"}, {502, "Bad Gateway"}, {503, "Service Unavailable"},
        {504, "Gateway Timeout"}, {505, "HTTP Version Not Supported"}, {506, "Variant Also Negotiates"},
        {507, "Insufficient Storage"}, {508, "Loop Detected"}, {510, "Not Extended"}, {511, "Network Authentication Required"},
    };
    for (const auto& [status, phrase] : registered)
        QTest::addRow("%d", status) << status << QByteArray(phrase);
    for (const int status : {0, 99, 199, 299, 306, 399, 418, 499, 599, 999})
        QTest::addRow("%d is not registered", status) << status << QByteArray();
}

void TestMethod::reasonPhrases()
{
    QFETCH(int, status);
    QTEST(reasonPhrase(status), "phrase");
}

QTEST_APPLESS_MAIN(TestMethod)
#include "tst_method.moc"
