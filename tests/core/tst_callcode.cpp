#include "core/callcode/CallCode.h"
#include "core/scenario/ScenarioFile.h"

#include <QTest>

using namespace corscope;

/// A call as code: written, read back, and its mistakes marked where they are.
class CallCodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCallOfTheLibraryComesBack();
    void everyOptionComesBack_data();
    void everyOptionComesBack();
    void otherWordsMeanTheSame_data();
    void otherWordsMeanTheSame();
    void mistakeIsMarkedAtItsPlace_data();
    void mistakeIsMarkedAtItsPlace();
    void whatTheCodeCannotSayStays();
    void anyCutTextIsSafe();
};

static FetchCall simple()
{
    FetchCall call;
    call.url = "http://localhost:5000/items/1";
    return call;
}

void CallCodeTest::everyCallOfTheLibraryComesBack()
{
    int calls = 0;
    for (const auto& entry : scenariofile::library()) {
        const auto scenario = scenariofile::load(entry.path);
        QVERIFY(scenario.ok());
        for (const auto& action : scenario->actions) {
            const auto* send = std::get_if<SendAction>(&action);
            if (!send)
                continue;
            ++calls;
            const auto code = callCode(send->call);
            const auto read = readCallCode(code, FetchCall());
            QVERIFY2(read.ok(), qPrintable(entry.id + u'\n' + code + u'\n' + (read.ok() ? QString() : read.error().sentence)));
            QVERIFY2(*read == send->call, qPrintable(entry.id + u'\n' + code + u'\n' + callCode(*read)));
        }
    }
    QVERIFY(calls > 50);
}

void CallCodeTest::everyOptionComesBack_data()
{
    QTest::addColumn<FetchCall>("call");
    const auto row = [](const char* reason, auto change) {
        auto call = simple();
        change(call);
        QTest::newRow(reason) << call;
    };
    row("method that only the page knows", [](FetchCall& c) { c.method = "pATCH"; });
    row("no referrer", [](FetchCall& c) { c.referrer = ""; });
    row("referrer", [](FetchCall& c) { c.referrer = "http://localhost:8000/a?b=\"c\""; });
    row("referrer policy", [](FetchCall& c) { c.referrerPolicy = "unsafe-url"; });
    row("target address space", [](FetchCall& c) { c.targetAddressSpace = "local"; });
    row("keepalive", [](FetchCall& c) { c.keepalive = true; });
    row("given up after a while", [](FetchCall& c) { c.abortAfter = Milliseconds(3000); });
    row("given up before it began", [](FetchCall& c) { c.abortAfter = Milliseconds(-1); });
    row("empty body is a body", [](FetchCall& c) { c.method = "POST"; c.body = ""; });
    row("body of any characters", [](FetchCall& c) { c.method = "POST"; c.body = "\"'`\\ \n\t\x01 caf\xc3\xa9 \xf0\x9f\x98\x80 ${x}"; });
    row("raw bytes", [](FetchCall& c) { c.method = "POST"; c.body = QByteArray("\xff\x00\x80", 3); c.bodyType = ""; });
    row("bytes that are text", [](FetchCall& c) { c.method = "POST"; c.body = "a"; c.bodyType = ""; });
    row("form", [](FetchCall& c) {
        c.method = "POST";
        c.body = "a=1&b=%20";
        c.bodyType = "application/x-www-form-urlencoded;charset=UTF-8";
    });
    row("form that URLSearchParams would write otherwise", [](FetchCall& c) {
        c.method = "POST";
        c.body = "a=1 2";
        c.bodyType = "application/x-www-form-urlencoded;charset=UTF-8";
    });
    row("Blob with a type", [](FetchCall& c) { c.method = "POST"; c.body = "{}"; c.bodyType = "application/json"; });
    row("Blob of bytes", [](FetchCall& c) { c.method = "POST"; c.body = "\xfe"; c.bodyType = "image/png"; });
    row("header twice, and a byte above ASCII", [](FetchCall& c) {
        c.headers.append("X-A", "1");
        c.headers.append("x-a", "caf\xe9");
    });
    row("every word", [](FetchCall& c) {
        c.mode = "no-cors";
        c.credentials = "include";
        c.redirect = "manual";
        c.cache = "only-if-cached";
    });
    row("XMLHttpRequest", [](FetchCall& c) {
        c.initiator = FetchCall::Initiator::XmlHttpRequest;
        c.method = "PUT";
        c.headers.append("Content-Type", "application/json");
        c.body = "{}";
        c.credentials = "include";
        c.timeout = Milliseconds(500);
        c.useCorsPreflight = true;
        c.abortAfter = Milliseconds(70);
    });
}

void CallCodeTest::everyOptionComesBack()
{
    QFETCH(FetchCall, call);
    const auto code = callCode(call);
    const auto read = readCallCode(code, FetchCall());
    QVERIFY2(read.ok(), qPrintable(code + u'\n' + (read.ok() ? QString() : read.error().sentence)));
    QVERIFY2(*read == call, qPrintable(code + u'\n' + callCode(*read)));
}

void CallCodeTest::otherWordsMeanTheSame_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<FetchCall>("call");
    auto json = simple();
    json.method = "POST";
    json.body = R"({"a":[1,-2.5,true,null],"b":{"c":"d\"e"}})";
    QTest::newRow("JSON.stringify keeps the order")
        << QStringLiteral("fetch('http://localhost:5000/items/1', {method: 'POST', body: JSON.stringify({a: [1, -2.5, true, null], 'b': {c: 'd\"e'}}),})")
        << json;
    auto header = simple();
    header.headers.append("Accept", "text/html");
    QTest::newRow("new Headers, a comment, what happens afterwards")
        << QStringLiteral("// ask\nconst r = await fetch(`http://localhost:5000/items/1`, { headers: new Headers({ Accept: \"text/\" + \"html\" }) })\n"
                          "  .then(r => r.json()).catch(() => { alert(1); });")
        << header;
    auto aborted = simple();
    aborted.abortAfter = Milliseconds(1000);
    QTest::newRow("AbortSignal.timeout")
        << QStringLiteral("fetch(\"http://localhost:5000/items/1\", { signal: AbortSignal.timeout(1_000) })") << aborted;
    QTest::newRow("controller that is not given to fetch()")
        << QStringLiteral("const c = new AbortController(); setTimeout(() => c.abort(), 5); fetch(\"http://localhost:5000/items/1\")") << simple();
    auto xhr = simple();
    xhr.initiator = FetchCall::Initiator::XmlHttpRequest;
    QTest::newRow("XMLHttpRequest with listeners")
        << QStringLiteral("var x = new XMLHttpRequest()\nx.open('GET', 'http://localhost:5000/items/1', true)\nx.onload = () => { alert(x.status); };\nx.send()")
        << xhr;
}

void CallCodeTest::otherWordsMeanTheSame()
{
    QFETCH(QString, code);
    QFETCH(FetchCall, call);
    const auto read = readCallCode(code, FetchCall());
    QVERIFY2(read.ok(), qPrintable(read.ok() ? QString() : read.error().sentence));
    QVERIFY2(*read == call, qPrintable(callCode(*read)));
}

void CallCodeTest::mistakeIsMarkedAtItsPlace_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* reason, const char* code, int line, int column, const char* says) {
        QTest::newRow(reason) << QString::fromUtf8(code) << line << column << QString::fromUtf8(says);
    };
    row("nothing", "", 1, 1, "fetch()");
    row("option that does not exist", "fetch(\"/a\", {\n  methid: \"PUT\"\n})", 2, 3, "methid");
    row("word that is none of them", "fetch(\"/a\", {\n  mode: \"corse\"\n})", 2, 9, "no-cors");
    row("variable", "fetch(\"/a\", { body: data })", 1, 21, "in quotes");
    row("variable in a template", "fetch(`/a/${id}`)", 1, 11, "run time");
    row("comma forgotten", "fetch(\"/a\", {\n  method: \"PUT\"\n  mode: \"cors\"\n})", 3, 3, "comma");
    row("brace forgotten", "fetch(\"/a\", {\n  method: \"PUT\"", 2, 16, "}");
    row("quote forgotten", "fetch(\"/a)", 1, 7, "no end");
    row("header that cannot be one", "fetch(\"/a\", { headers: { \"X Y\": \"1\" } })", 1, 26, "header name");
    row("header above U+00FF", "fetch(\"/a\", { headers: { \"X\": \"\xe2\x82\xac\" } })", 1, 31, "U+00FF");
    row("what comes after the call", "fetch(\"/a\");\nalert(1)", 2, 1, "after");
    row("send() before open()", "const x = new XMLHttpRequest();\nx.send();", 2, 3, "open()");
    row("wait that is no number", "const c = new AbortController();\nsetTimeout(() => c.abort(), soon);", 2, 29, "milliseconds");
}

void CallCodeTest::mistakeIsMarkedAtItsPlace()
{
    QFETCH(QString, code);
    QFETCH(QString, says);
    const auto read = readCallCode(code, FetchCall());
    QVERIFY(!read.ok());
    QTEST(read.error().line, "line");
    QTEST(read.error().column, "column");
    QVERIFY2(read.error().sentence.contains(says), qPrintable(read.error().sentence));
}

void CallCodeTest::whatTheCodeCannotSayStays()
{
    auto before = simple();
    before.timeout = Milliseconds(9);
    before.useCorsPreflight = true;
    const auto asFetch = readCallCode(QStringLiteral("fetch('/b')"), before);
    QVERIFY(asFetch.ok());
    QCOMPARE(asFetch->url, QByteArray("/b"));
    QVERIFY(asFetch->timeout == Milliseconds(9));
    QVERIFY(asFetch->useCorsPreflight);
    before.mode = "same-origin";
    const auto asXhr = readCallCode(QStringLiteral("const x = new XMLHttpRequest(); x.open('GET', '/b'); x.send();"), before);
    QVERIFY(asXhr.ok());
    QCOMPARE(asXhr->mode, QByteArray("same-origin"));
}

void CallCodeTest::anyCutTextIsSafe()
{
    auto call = simple();
    call.method = "POST";
    call.headers.append("X-A", "1");
    call.headers.append("X-B", "2");
    call.body = "\xff";
    call.bodyType = "a/b";
    call.abortAfter = Milliseconds(1);
    const auto code = callCode(call);
    for (qsizetype i = 0; i < code.size(); ++i)
        (void)readCallCode(code.left(i), call);
    QVERIFY(!readCallCode(QString(100000, u'['), call).ok());
    QVERIFY(!readCallCode(QStringLiteral("fetch('/a',{body:JSON.stringify(") + QString(100000, u'['), call).ok());
}

QTEST_APPLESS_MAIN(CallCodeTest)
#include "tst_callcode.moc"
