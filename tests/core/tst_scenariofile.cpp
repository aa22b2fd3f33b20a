#include "core/scenario/JsonPath.h"
#include "core/scenario/ScenarioFile.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace corscope;

/// A scenario in which every field differs from its default.
static Scenario fullScenario()
{
    Scenario s;
    s.title = QStringLiteral("Title with \"quotes\", ümlaut and \\");
    s.story = QStringLiteral("First line\nsecond\tline \x7f");
    s.source = QStringLiteral("https://example.com/?a=b");
    s.topics = {QStringLiteral("one"), QStringLiteral("two")};
    s.notes = {{std::nullopt, QStringLiteral("Two\nlines")}, {0, QStringLiteral("of the first action")}};
    s.pages = {{"app", PageConfig::OriginKind::Tuple, "https", "app.example.com", 443, "/index.html"},
               {"v6", PageConfig::OriginKind::Tuple, "http", "[::1]", 8080, "/"},
               {"frame", PageConfig::OriginKind::Sandboxed, "http", "localhost", 8000, "/"},
               {"data", PageConfig::OriginKind::Data, "http", "localhost", 80, "/"},
               {"file", PageConfig::OriginKind::File, "http", "localhost", 80, "/"}};
    PageConfig policed{"policed", PageConfig::OriginKind::Tuple, "https", "widget.example", 443, "/frame"};
    policed.embedderPolicy = "require-corp";
    policed.context = PageConfig::Context::Srcdoc;
    policed.embeddedIn = "https://portal.example:8443";
    policed.referrerPolicy = "origin";
    policed.contentSecurityPolicy = {"connect-src 'self' https://api.example.com; upgrade-insecure-requests", "default-src caf\xe9"};
    policed.contentSecurityPolicyReportOnly = {"connect-src 'none'"};
    policed.addressSpace = "public";
    policed.localNetworkAccess = "granted";
    s.pages.push_back(policed);
    PageConfig worker{"worker", PageConfig::OriginKind::Tuple, "http", "localhost", 80, "/worker.js"};
    worker.context = PageConfig::Context::Worker;
    s.pages.push_back(worker);
    StageConfig cors{"cors", "fastapi", "1.3.1", false, {}};
    cors.settings = {{QStringLiteral("allow_origins"), QJsonArray{QStringLiteral("https://app.example.com")}},
                     {QStringLiteral("max_age"), 5},
                     {QStringLiteral("ratio"), 0.25},
                     {QStringLiteral("nothing"), QJsonValue::Null},
                     {QStringLiteral("nested"), QJsonArray{QJsonArray{QStringLiteral("a"), QStringLiteral("b")}, QJsonObject()}}};
    RouteConfig put{"PUT", "/items/*", 201, {{"X-Byte", "caf\xe9"}, {"x-byte", "twice"}}, "{\"é\": 1}", "item saved", true};
    RouteConfig image{"GET", "/image", 200, {}, QByteArray("\x89PNG\x00\xff", 6), {}, false};
    s.servers = {{"api", "http", "localhost", 5000, {cors, {"auth", {}, {}, true, {}}}, {put, image}},
                 {"other", "https", "api.example.com", 443, {}, {}}};
    s.servers[1].addressSpace = AddressSpace::Local;
    s.servers[0].addressSpace = AddressSpace::Loopback; // which is not the same as not saying so
    FetchCall call{"http://localhost:5000/items/1", "PATCH", {{"Content-Type", "application/json"}}, "{}", "no-cors",
                   "include", "manual", "no-store"};
    call.bodyType = {};
    call.initiator = FetchCall::Initiator::XmlHttpRequest;
    call.keepalive = true;
    call.useCorsPreflight = true;
    call.referrer = "";
    call.referrerPolicy = "unsafe-url";
    call.targetAddressSpace = "local";
    call.abortAfter = Milliseconds(0);
    call.timeout = Milliseconds(2500);
    FetchCall emptyBody;
    emptyBody.url = "/relative";
    emptyBody.body = "";
    FetchCall binaryBody = emptyBody;
    binaryBody.body = "\xff";
    s.actions = {SendAction{"app", call}, SendAction{"frame", emptyBody}, SendAction{"frame", binaryBody},
                 WaitAction{600001},
                 ChangeAction{QStringLiteral("servers[0].pipeline[0].enabled"), true},
                 CompareAction{{"http://a.example", "http://b.example"}}};
    Expectation blocked;
    blocked.allowed = false;
    blocked.blockedWhy = "method-not-allowed";
    blocked.preflight = SendOutcome::Preflight::Sent;
    blocked.requestSent = false;
    blocked.visible = SendOutcome::Visible::Opaque;
    blocked.status = 0;
    blocked.handlerRuns = 3;
    blocked.visibleHeaders = {"content-type", "x-request-id"};
    blocked.hiddenHeaders = {"set-cookie"};
    blocked.bodyError = BodyError::Malformed;
    Expectation compared;
    compared.action = 5;
    compared.sameOrigin = {false};
    s.cookies = {{"https://api.example.com/", "sid=caf\xe9; Secure"}};
    s.expectations = {blocked, compared};
    return s;
}

static QByteArray replaced(const QByteArray& what, const QByteArray& with)
{
    static const QByteArray good = "{\n"
        "  \"corscope\": 1,\n"
        "  \"title\": \"Good\",\n"
        "  \"pages\": [{\"id\": \"app\", \"origin\": \"http://localhost:8000\"}],\n"
        "  \"servers\": [\n"
        "    {\"id\": \"api\", \"origin\": \"http://localhost:5000\",\n"
        "     \"pipeline\": [{\"kind\": \"cors\", \"framework\": \"fastapi\", \"settings\": {}}],\n"
        "     \"routes\": [{\"path\": \"/\", \"status\": 200, \"headers\": [[\"a\", \"b\"]]}]},\n"
        "    {\"id\": \"two\", \"origin\": \"http://localhost:5001\"}\n"
        "  ],\n"
        "  \"actions\": [\n"
        "    {\"do\": \"send\", \"page\": \"app\", \"url\": \"http://localhost:5000/\"},\n"
        "    {\"do\": \"wait\", \"milliseconds\": 5},\n"
        "    {\"do\": \"change\", \"path\": \"servers[0].pipeline[0].enabled\", \"value\": false},\n"
        "    {\"do\": \"compare\", \"urls\": [\"http://a\", \"http://b\"]}\n"
        "  ],\n"
        "  \"expectations\": [{\"action\": 0, \"allowed\": true}]\n"
        "}\n";
    auto text = good;
    return what.isEmpty() ? text : text.replace(what, with);
}

class TestScenarioFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsReadBack()
    {
        const auto scenario = fullScenario();
        const auto text = scenariofile::serialize(scenario);
        const auto read = scenariofile::parse(text, QStringLiteral("full.corscope"));
        QVERIFY2(read.ok(), qPrintable(read.ok() ? QString() : read.error().sentence()));
        QCOMPARE(scenariofile::serialize(*read), text);
        QVERIFY(*read == scenario);
    }

    void defaultsAreLeftOut()
    {
        Scenario scenario;
        scenario.pages = {PageConfig{"app", PageConfig::OriginKind::Tuple, "http", "localhost", 8000, "/"}};
        scenario.actions = {SendAction{"app", {}}};
        QCOMPARE(scenariofile::serialize(scenario), QByteArray("{\n"
        "  \"corscope\": 1,\n"
        "  \"pages\": [\n"
        "    {\n"
        "      \"id\": \"app\",\n"
        "      \"origin\": \"http://localhost:8000\"\n"
        "    }\n"
        "  ],\n"
        "  \"actions\": [\n"
        "    {\n"
        "      \"do\": \"send\",\n"
        "      \"page\": \"app\",\n"
        "      \"url\": \"\"\n"
        "    }\n"
        "  ]\n"
        "}\n"));
    }

    void longArraysGoOnePerLine()
    {
        Scenario scenario;
        for (int i = 0; i < 12; ++i)
            scenario.topics.append(QStringLiteral("topic number %1").arg(i));
        const auto text = scenariofile::serialize(scenario);
        QVERIFY(text.contains("\"topics\": [\n    \"topic number 0\",\n"));
        scenario.topics.resize(3);
        QVERIFY(scenariofile::serialize(scenario).contains(
            "\"topics\": [\"topic number 0\", \"topic number 1\", \"topic number 2\"]"));
    }

    void theGoodFileIsGood()
    {
        const auto good = scenariofile::parse(replaced({}, {}), QStringLiteral("good"));
        QVERIFY2(good.ok(), qPrintable(good.ok() ? QString() : good.error().sentence()));
    }

    void badInputGetsOneSentence_data()
    {
        QTest::addColumn<QByteArray>("what");
        QTest::addColumn<QByteArray>("with");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* reason, const QByteArray& what, const QByteArray& with, const char* sentence) {
            QTest::newRow(reason) << what << with << QString::fromUtf8(sentence);
        };
        row("comma missing", "\"title\": \"Good\",", "\"title\": \"Good\"",
            "b.corscope: line 4, column 3: expected \",\" or \"}\" after a value, found \"\"\"");
        row("key written twice", "\"title\": \"Good\",", "\"title\": \"Good\",\n\"title\": \"Better\",",
            "b.corscope: title: expected every key of an object only once, found it again in line 4, column 1");
        row("key written twice, deep inside and in another spelling", "\"path\": \"/\",", "\"path\": \"/\", \"p\\u0061th\": \"/a\",",
            "b.corscope: servers[0].routes[0].path: expected every key of an object only once, found it again in line 8, column 31");
        row("no such context", "localhost:8000\"", "localhost:8000\", \"context\": \"frame\"", "b.corscope: pages[0].context: expected one of \"document\", \"srcdoc\", \"blob\" or \"worker\", found \"frame\"");
        row("embedded in no origin", "localhost:8000\"", "localhost:8000\", \"embeddedIn\": \"portal\"", "b.corscope: pages[0].embeddedIn: expected an origin such as \"http://localhost:8000\", found \"portal\"");
        row("policy that is no list", "localhost:8000\"", "localhost:8000\", \"contentSecurityPolicy\": \"connect-src *\"", "b.corscope: pages[0].contentSecurityPolicy: expected an array, found \"connect-src *\"");
        row("policy over two lines", "localhost:8000\"", "localhost:8000\", \"contentSecurityPolicy\": [\"a\\nb\"]", "b.corscope: pages[0].contentSecurityPolicy[0]: expected a header value, without line breaks and without blanks around it, found \"a\\nb\"");
        row("no such address space", "localhost:5001\"", "localhost:5001\", \"addressSpace\": \"private\"", "b.corscope: servers[1].addressSpace: expected one of \"loopback\", \"local\" or \"public\", found \"private\"");
        row("no such permission", "localhost:8000\"", "localhost:8000\", \"localNetworkAccess\": true", "b.corscope: pages[0].localNetworkAccess: expected one of \"prompt\", \"granted\" or \"denied\", found true");
        row("keepalive that is no truth", "\"page\": \"app\"", "\"page\": \"app\", \"keepalive\": \"yes\"", "b.corscope: actions[0].keepalive: expected true or false, found \"yes\"");
        row("no version", "\"corscope\": 1,", "", "b.corscope: expected the key \"corscope\" with the format version 1, found no such key");
        row("a later version", "\"corscope\": 1", "\"corscope\": 2", "b.corscope: corscope: expected the format version 1, found 2");
        row("unknown key", "\"title\"", "\"titel\"",
            "b.corscope: titel: expected one of the keys \"corscope\", \"title\", \"story\", \"source\", \"topics\", \"profile\", \"pages\", \"servers\", \"cookies\", \"actions\", \"expectations\" or \"notes\", found \"titel\"");
        row("unknown key deep inside", "\"framework\"", "\"framwork\"",
            "b.corscope: servers[0].pipeline[0].framwork: expected one of the keys \"kind\", \"framework\", \"version\", \"enabled\" or \"settings\", found \"framwork\"");
        row("cookie that no browser takes", "\"actions\": [", "\"cookies\": [{\"url\": \"http://a.example/\", \"set\": \"a=b; Secure\"}], \"actions\": [",
            "b.corscope: cookies[0].set: expected a cookie as in Set-Cookie, such as \"sid=1; Secure\", that a browser takes from that address, found \"a=b; Secure\"");
        row("wrong type", "\"title\": \"Good\"", "\"title\": 5", "b.corscope: title: expected a string, found 5");
        row("not an array", "[{\"id\": \"app\", \"origin\": \"http://localhost:8000\"}]", "{}", "b.corscope: pages: expected an array, found an object");
        row("required key missing", "\"id\": \"app\", ", "", "b.corscope: pages[0]: expected the key \"id\", found no such key");
        row("id with a blank", "\"id\": \"two\"", "\"id\": \"t wo\"", "b.corscope: servers[1].id: expected an id of letters, digits, \"-\", \"_\" and \".\", found \"t wo\"");
        row("id used twice", "\"id\": \"two\"", "\"id\": \"api\"", "b.corscope: servers[1].id: expected one that is used only once, found \"api\", as in servers[0]");
        row("address used twice", "localhost:5001", "localhost:5000", "b.corscope: servers[1].origin: expected one that is used only once, found \"http://localhost:5000\", as in servers[0]");
        row("port is no number", "localhost:8000\"", "localhost:http\"", "b.corscope: pages[0].origin: expected an origin such as \"http://localhost:8000\", found \"http://localhost:http\"");
        row("origin with a slash", "localhost:8000\"", "localhost:8000/\"", "b.corscope: pages[0].origin: expected an origin as a browser writes it, \"http://localhost:8000\", found \"http://localhost:8000/\"");
        row("origin with its default port", "localhost:8000\"", "localhost:80\"", "b.corscope: pages[0].origin: expected an origin as a browser writes it, \"http://localhost\", found \"http://localhost:80\"");
        row("origin of another scheme", "http://localhost:8000\"", "ftp://localhost\"", "b.corscope: pages[0].origin: expected an origin such as \"http://localhost:8000\", found \"ftp://localhost\"");
        row("unknown opaque origin", "\"http://localhost:8000\"", "{\"opaque\": \"box\"}", "b.corscope: pages[0].origin.opaque: expected one of \"sandbox\", \"data\" or \"file\", found \"box\"");
        row("status out of range", "\"status\": 200", "\"status\": 99", "b.corscope: servers[0].routes[0].status: expected a whole number from 200 to 999, found 99");
        row("status in quotes", "\"status\": 200", "\"status\": \"200\"", "b.corscope: servers[0].routes[0].status: expected a whole number from 200 to 999, found \"200\"");
        row("header without a value", "[\"a\", \"b\"]", "[\"a\"]", "b.corscope: servers[0].routes[0].headers[0]: expected a header as [name, value], found an array");
        row("header name with a colon", "[\"a\", \"b\"]", "[\"a:\", \"b\"]", "b.corscope: servers[0].routes[0].headers[0][0]: expected a header name, found \"a:\"");
        row("header value with a line break", "[\"a\", \"b\"]", "[\"a\", \"b\\nc\"]", "b.corscope: servers[0].routes[0].headers[0][1]: expected a header value, without line breaks and without blanks around it, found \"b\\nc\"");
        row("header value that is no byte string", "[\"a\", \"b\"]", "[\"a\", \"\xe2\x82\xac\"]", "b.corscope: servers[0].routes[0].headers[0][1]: expected a byte string (each character stands for one byte, up to U+00FF), found \"\xe2\x82\xac\"");
        row("path without a slash", "\"path\": \"/\"", "\"path\": \"items\"", "b.corscope: servers[0].routes[0].path: expected a path that begins with \"/\", found \"items\"");
        row("settings are no object", "\"settings\": {}", "\"settings\": []", "b.corscope: servers[0].pipeline[0].settings: expected an object of settings, found an array");
        row("no such action", "\"do\": \"send\"", "\"do\": \"sned\"", "b.corscope: actions[0].do: expected one of \"send\", \"wait\", \"change\" or \"compare\", found \"sned\"");
        row("action that does nothing", "\"do\": \"send\", ", "", "b.corscope: actions[0]: expected the key \"do\", found no such key");
        row("no such page", "\"page\": \"app\"", "\"page\": \"ap\"", "b.corscope: actions[0].page: expected the id of a page of this scenario, found \"ap\"");
        row("key of another action", "\"milliseconds\": 5", "\"milliseconds\": 5, \"url\": \"\"", "b.corscope: actions[1].url: expected one of the keys \"do\" or \"milliseconds\", found \"url\"");
        row("waiting backwards", "\"milliseconds\": 5", "\"milliseconds\": -5", "b.corscope: actions[1].milliseconds: expected a whole number from 0 to 316224000000, found -5");
        row("change of nothing", "pipeline[0].enabled", "pipeline[1].enabled", "b.corscope: actions[2]: servers[0].pipeline[1].enabled: expected a setting of the pages or servers of this scenario");
        row("path that is none", "servers[0].pipeline[0].enabled", "servers[0].", "b.corscope: actions[2].path: expected a path such as \"servers[0].pipeline[0].enabled\", found \"servers[0].\"");
        row("change of an action", "servers[0].pipeline[0].enabled", "actions[0].url", "b.corscope: actions[2]: actions[0].url: expected a setting of the pages or servers of this scenario");
        row("change to the wrong type", "\"value\": false", "\"value\": \"off\"", "b.corscope: actions[2]: servers[0].pipeline[0].enabled: expected true or false, found \"off\"");
        row("comparing what is no URL", "\"http://a\", ", "\"a\", ", "b.corscope: actions[3].urls[0]: expected an absolute URL, found \"a\"");
        row("expecting of no action", "\"action\": 0", "\"action\": 4", "b.corscope: expectations[0].action: expected a whole number from 0 to 3, found 4");
        row("no such reason", "\"allowed\": true", "\"blocked\": \"cors\"", "b.corscope: expectations[0].blocked: expected a reason such as \"missing-allow-origin\", found \"cors\"");
        row("expecting a verdict of a wait", "\"action\": 0", "\"action\": 1", "b.corscope: expectations[0].allowed: expected an action that sends, found \"wait\"");
        row("header name that is none", "\"allowed\": true", "\"visibleHeaders\": [\"a b\"]", "b.corscope: expectations[0].visibleHeaders[0]: expected a header name, found \"a b\"");
        row("no header names", "\"allowed\": true", "\"hiddenHeaders\": []", "b.corscope: expectations[0].hiddenHeaders: expected one header name or more, found an array");
        row("headers of a wait", "\"action\": 0, \"allowed\": true", "\"action\": 1, \"hiddenHeaders\": [\"a\"]", "b.corscope: expectations[0].hiddenHeaders: expected an action that sends, found \"wait\"");
        row("too many pairs", "\"action\": 0, \"allowed\": true", "\"action\": 3, \"sameOrigin\": [true, false]", "b.corscope: expectations[0].sameOrigin: expected 1 values, one per pair, found 2");
    }
    void badInputGetsOneSentence()
    {
        QFETCH(QByteArray, what);
        QFETCH(QByteArray, with);
        QFETCH(QString, sentence);
        const auto text = replaced(what, with);
        QVERIFY2(text != replaced({}, {}), "the row changes nothing");
        const auto result = scenariofile::parse(text, QStringLiteral("b.corscope"));
        QVERIFY(!result.ok());
        QCOMPARE(result.error().sentence(), sentence);
    }

    void textThatIsNoScenario_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("an array") << QByteArray("[]");
        QTest::newRow("binary") << QByteArray("\x00\xff\x7f", 3);
        QTest::newRow("text after the end") << QByteArray("{\"corscope\": 1} x");
        QTest::newRow("cut off") << QByteArray("{\"corscope\": 1, \"title\": \"ab");
        QTest::newRow("not UTF-8") << QByteArray("{\"corscope\": 1, \"title\": \"\xff\"}");
        QTest::newRow("nested without end") << QByteArray(5000, '[');
    }
    void textThatIsNoScenario()
    {
        QFETCH(QByteArray, text);
        const auto result = scenariofile::parse(text, QStringLiteral("b"));
        QVERIFY(!result.ok());
        QVERIFY(result.error().sentence().startsWith(QStringLiteral("b: ")));
    }

    void aChangeGoesThroughTheFile()
    {
        auto scenario = fullScenario();
        const auto change = [&](const char* path, const QJsonValue& value) {
            return scenariofile::changed(scenario, {QString::fromLatin1(path), value});
        };
        const auto enabled = change("servers[0].pipeline[0].enabled", true);
        QVERIFY(enabled.ok());
        QVERIFY(enabled->servers[0].pipeline[0].enabled);
        const auto maxAge = change("servers[0].pipeline[1].settings.max_age", 7);
        QVERIFY(maxAge.ok());
        QCOMPARE(maxAge->servers[0].pipeline[1].settings.value(QStringLiteral("max_age")), QJsonValue(7));
        const auto origin = change("servers[0].pipeline[0].settings.allow_origins[0]", QStringLiteral("null"));
        QVERIFY(origin.ok());
        QCOMPARE(origin->servers[0].pipeline[0].settings.value(QStringLiteral("allow_origins")),
                 QJsonValue(QJsonArray{QStringLiteral("null")}));
        const auto page = change("pages[0].origin", QStringLiteral("http://localhost:9"));
        QVERIFY(page.ok());
        QCOMPARE(page->pages[0].port, quint16(9));
        QVERIFY(!change("servers[0].pipeline[0].enabled", QStringLiteral("yes")).ok());
        QVERIFY(!change("servers[7].origin", QStringLiteral("http://localhost:9")).ok());
        QVERIFY(!change("title", QStringLiteral("New")).ok());
    }

    void pathsAreStrict_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        for (const char* good : {"a", "a.b", "a[0]", "a[0][1].b", "a.b_c[10]"})
            QTest::newRow(good) << QString::fromLatin1(good) << true;
        for (const char* bad : {"", ".", "a.", ".a", "a..b", "a[", "a[]", "a[x]", "a[0]b", "a]", "a.[0]"})
            QTest::newRow(*bad ? bad : "empty") << QString::fromLatin1(bad) << false;
    }
    void pathsAreStrict()
    {
        QFETCH(QString, text);
        QFETCH(bool, good);
        QCOMPARE(JsonPath::parse(text).has_value(), good);
    }

    void savingReplacesTheWholeFile()
    {
        const QTemporaryDir folder;
        const auto path = folder.filePath(QStringLiteral("a.corscope"));
        QVERIFY(scenariofile::save(fullScenario(), path).ok());
        const auto loaded = scenariofile::load(path);
        QVERIFY(loaded.ok());
        QVERIFY(*loaded == fullScenario());
        QVERIFY(scenariofile::save(Scenario(), path).ok());
        QCOMPARE(QFileInfo(path).size(), scenariofile::serialize(Scenario()).size());
    }

    void whatCannotBeSavedOrReadSaysSo()
    {
        const QTemporaryDir folder;
        const auto path = folder.filePath(QStringLiteral("no/such/folder.corscope"));
        const auto saved = scenariofile::save(Scenario(), path);
        QVERIFY(!saved.ok());
        QVERIFY(saved.error().sentence().startsWith(path));
        const auto loaded = scenariofile::load(path);
        QVERIFY(!loaded.ok());
        QVERIFY(loaded.error().sentence().startsWith(path));
    }
};

QTEST_APPLESS_MAIN(TestScenarioFile)
#include "tst_scenariofile.moc"
