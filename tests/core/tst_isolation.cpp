#include "tests/core/ListeningSockets.h"
#include "tests/core/Servers.h"
#include "tests/core/SystemCalls.h"

#include "core/backend/FinishResponse.h"
#include "core/network/LiveBackend.h"
#include "core/network/SocketNetwork.h"
#include "core/paste/PastedReport.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"
#include "core/share/Format.h"
#include "core/share/Link.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

using namespace corscope;
using namespace corscope::testing;

namespace {

int count(const QList<SystemCall>& calls, const QByteArray& name)
{
    return int(std::count_if(calls.begin(), calls.end(), [&](const auto& call) { return call.name == name; }));
}

struct TextCase
{
    const char* name;
    QByteArray text; ///< PATH stands for a file whose content must not be read
};

std::vector<TextCase> greedyTexts()
{
    const QByteArray console = "Access to fetch at 'http://localhost:5000/items' from origin 'http://localhost:8000' has been blocked by "
                               "CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.\n";
    return {
        {"curl -d @", "curl http://localhost:5000/items -d @PATH"},
        {"curl --data @", "curl --data @PATH http://localhost:5000/items"},
        {"curl --data-binary @", "curl 'http://localhost:5000/items' --data-binary '@PATH'"},
        {"curl --data-urlencode @", "curl http://localhost:5000/items --data-urlencode x@PATH"},
        {"curl --json @", "curl --json @PATH http://localhost:5000/items"},
        {"curl -F", "curl -F 'file=@PATH' -F 'text=<PATH' http://localhost:5000/items"},
        {"curl -T", "curl -T PATH http://localhost:5000/items"},
        {"curl --config", "curl --config PATH http://localhost:5000/items"},
        {"curl -K", "curl -KPATH http://localhost:5000/items"},
        {"curl -H @", "curl -H @PATH http://localhost:5000/items"},
        {"curl cookies", "curl -b PATH -c PATH http://localhost:5000/items"},
        {"curl certificates", "curl --cert PATH --cacert PATH --key PATH -n --netrc-file PATH https://localhost:5000/items"},
        {"curl of a file", "curl file://PATH"},
        {"curl with a command", "curl -d \"$(cat PATH)\" -H \"X: `cat PATH`\" http://localhost:5000/items"},
        {"nginx include", "server { listen 5000; include PATH; location / { include PATH; add_header Access-Control-Allow-Origin *; } }"},
        {"nginx root", "server { listen 5000; root PATH; ssl_certificate PATH; location / { alias PATH; add_header X-A 1; } }"},
        {"apache include", "Include PATH\nIncludeOptional PATH\nHeader set Access-Control-Allow-Origin \"*\"\n"},
        {"caddy import", "localhost:5000 {\n import PATH\n header Access-Control-Allow-Origin *\n}\n"},
        {"haproxy lua", "global\n lua-load PATH\nfrontend a\n bind :5000\n http-response set-header Access-Control-Allow-Origin *\n"},
        {"Python", "import os\nfrom canary import origins\norigins = open('PATH').read().split()\napp.add_middleware(CORSMiddleware, "
                   "allow_origins=origins)\napp.add_middleware(CORSMiddleware, allow_origins=[open('PATH').read()])\n"},
        {"Python runs", "__import__('os').system('cat PATH')\napp.add_middleware(CORSMiddleware, allow_origins=[__import__('os').popen('cat PATH').read()])\n"},
        {"JavaScript", "const o = require('PATH');\nimport x from 'PATH';\napp.use(cors({ origin: require('fs').readFileSync('PATH') }));\n"},
        {"PHP", "<?php include 'PATH'; header('Access-Control-Allow-Origin: ' . file_get_contents('PATH'));"},
        {"Ruby", "require 'PATH'\nuse Rack::Cors do\n allow do\n  origins File.read('PATH')\n  resource '*'\n end\nend\n"},
        {"XML entity", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file://PATH\">]><web-app><filter><filter-name>cors</filter-name>"
                       "<filter-class>org.apache.catalina.filters.CorsFilter</filter-class><init-param><param-name>cors.allowed.origins"
                       "</param-name><param-value>&e;</param-value></init-param></filter></web-app>"},
        {"fetch of a file", "fetch('file://PATH')\n" + console},
        {"fetch with an import", "fetch('http://localhost:5000/items', {method: 'POST', body: require('fs').readFileSync('PATH')})"},
        {"HAR", "{\"log\":{\"version\":\"1.2\",\"entries\":[{\"request\":{\"method\":\"POST\",\"url\":\"http://localhost:5000/a\",\"headers\":[],"
                "\"postData\":{\"mimeType\":\"text/plain\",\"params\":[{\"name\":\"f\",\"fileName\":\"PATH\"}],\"text\":\"@PATH\",\"_file\":\"PATH\"}},"
                "\"response\":{\"status\":200,\"headers\":[],\"content\":{\"text\":\"\",\"_file\":\"PATH\"}}}]}}"},
        {"outside address", "curl https://canary.invalid/items -x http://proxy.invalid:3128 --doh-url https://dns.invalid/"},
    };
}

/// Every string of a scenario file, replaced.
QJsonValue withText(const QJsonValue& value, const QString& text)
{
    if (value.isString())
        return text;
    if (value.isArray()) {
        QJsonArray array;
        for (const auto& item : value.toArray())
            array.append(withText(item, text));
        return array;
    }
    if (value.isObject()) {
        QJsonObject object;
        const auto before = value.toObject();
        for (auto it = before.begin(); it != before.end(); ++it)
            object.insert(it.key(), withText(it.value(), text));
        return object;
    }
    return value;
}

/// What a viewer of that markup would load: everything but anchors, which wait for a click.
QStringList loadedBy(const QString& markup)
{
    static const QRegularExpression tag(QStringLiteral("<[a-zA-Z][^>]*>"));
    static const QRegularExpression loading(
        QStringLiteral("\\s(src|srcset|data|poster|background|action|formaction|ping|manifest|xlink:href|style)\\s*=\\s*[\"']?([^\"'>]*)"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression linked(QStringLiteral("<(link|image|use|base|iframe|object|embed|img|video|audio|meta http-equiv=\"refresh)\\b[^>]*>"),
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression imports(QStringLiteral("@import|url\\(\\s*[\"']?(?!#)"), QRegularExpression::CaseInsensitiveOption);
    QStringList found;
    for (auto it = tag.globalMatch(markup); it.hasNext();) {
        const auto text = it.next().captured();
        if (const auto match = loading.match(text); match.hasMatch() && !match.captured(2).startsWith(QLatin1Char('#')))
            found.append(text);
        if (linked.match(text).hasMatch())
            found.append(text);
    }
    static const QRegularExpression style(QStringLiteral("<style[^>]*>(.*?)</style>"), QRegularExpression::DotMatchesEverythingOption);
    for (auto it = style.globalMatch(markup); it.hasNext();)
        if (const auto text = it.next().captured(1); imports.match(text).hasMatch())
            found.append(text);
    return found;
}

} // namespace

/// What cannot get out of the sandbox, and what cannot get in.
class TestIsolation : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_canary;
    const QByteArray m_secret = "canary-b7c1f0";

private Q_SLOTS:
    void initTestCase()
    {
        m_canary = m_folder.filePath(QStringLiteral("canary"));
        QFile file(m_canary);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(m_secret + '\n');
    }

    /// The other claims rest on this one.
    void callsOfTheLibrariesAreSeen()
    {
        SystemCalls::take();
        QFile file(m_canary);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, 1);
        socket.waitForConnected(1000);
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        QDir().mkdir(m_folder.filePath(QStringLiteral("sub")));
        const auto calls = SystemCalls::take();
        QVERIFY(calls.contains({"open", m_canary.toUtf8(), 0}));
        QVERIFY(calls.contains({"connect", "127.0.0.1", 0}));
        QVERIFY(calls.contains({"bind", "127.0.0.1", 0}));
        QCOMPARE(count(calls, "mkdir"), 1);
    }

    void theWholeLibraryStaysOnLoopback()
    {
        QTemporaryDir authority;
        int servers = 0;
        int tables = 0;
        SystemCalls::take();
        QList<SystemCall> calls;
        for (const auto& entry : scenariofile::library()) {
            const auto scenario = scenariofile::load(entry.path).value();
            const auto backend = backendOf(scenario.servers);
            const auto live = LiveBackend::start(backend, {PortPolicy::PreferWritten, [] { return Clock::start; }, authority.path()});
            QVERIFY2(live.ok(), qPrintable(entry.id));
            servers += int(scenario.servers.size());
            if (tables++ % 8 == 0) { // the system's own tables, which are slow to read
                const auto listening = listeningAddresses("self");
                QVERIFY(listening.size() >= int(scenario.servers.size()));
                for (const auto& address : listening)
                    QVERIFY2(isLoopbackInTable(address), qPrintable(entry.id + QLatin1Char(' ') + QString::fromLatin1(address)));
            }
            Browser browser;
            SocketNetwork network((*live)->names(), {(*live)->trusted(), std::chrono::seconds(10)});
            Recorder recorder;
            (void)Runner(browser, *backend, network).run(scenario, recorder);
            calls += SystemCalls::take();
        }
        QCOMPARE(whatLeaves(calls), "");
        QVERIFY(count(calls, "bind") >= servers && servers > 20);
        QVERIFY(count(calls, "connect") > 20);
    }

    void servedToOtherProgramsOnLoopbackOnly()
    {
        QProcess program;
        program.start(QStringLiteral(CORSCOPE_BINARY_DIR "/app/corscope-cli"), {QStringLiteral("serve"), QStringLiteral("fastapi-no-middleware")});
        QByteArray said;
        while (!said.contains("Serving") && program.waitForReadyRead(10000))
            said += program.readAllStandardOutput();
        const auto listening = listeningAddresses(QByteArray::number(program.processId()));
        program.terminate();
        program.waitForFinished();
        QVERIFY(!listening.isEmpty());
        for (const auto& address : listening)
            QVERIFY2(isLoopbackInTable(address), address.constData());
    }

    void hostsElsewhereAreNeverReached()
    {
        auto config = serverConfig("api", "http", "93.184.216.34", 5000); // names and addresses are what a scenario says
        const auto backend = backendOf({config, serverConfig("any", "http", "0.0.0.0", 5001), serverConfig("six", "http", "[::]", 5002)});
        SystemCalls::take();
        const auto live = LiveBackend::start(backend, {PortPolicy::AsWritten, [] { return Clock::start; }, m_folder.path()});
        QVERIFY(live.ok());
        SocketNetwork network((*live)->names(), {{}, std::chrono::seconds(5)});
        for (const auto* address : {"http://93.184.216.34:5000/items/1", "http://0.0.0.0:5001/items/1", "http://example.com/",
                                    "http://1.1.1.1/", "http://[2606:4700::1111]/", "http://169.254.169.254/latest/meta-data/"}) {
            const auto target = url(address);
            (void)network.send(target, request(target), WireMessage::Kind::Request, Recorder::silent());
        }
        const auto calls = SystemCalls::take();
        QCOMPARE(whatLeaves(calls), "");
        QVERIFY(count(calls, "connect") >= 1);
    }

    /// Whatever is asked, it is the scenario's server that answers: there is no other door. That holds for a page that the
    /// user happens to visit, under whatever name it has had the address rebound to.
    void nothingOnTheWireDrivesTheSandbox()
    {
        const auto config = serverConfig("api", "http", "localhost", 5000);
        const auto twin = Server::create(config).value();
        SocketServer::Options options;
        options.portPolicy = PortPolicy::Free;
        const auto server = SocketServer::start(Server::create(config).value(), options).value();
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, server->port());
        QVERIFY(socket.waitForConnected(3000));
        int asked = 0;
        const auto secret = m_canary.toUtf8();
        for (const auto* host : {"localhost", "evil.example", "127.0.0.1:1", "corscope"}) {
            for (const QByteArray method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "SUBSCRIBE", "CORSCOPE"}) {
                for (const auto& target : {QByteArray("/"), QByteArray("/items/1"), QByteArray("*"), QByteArray("/config"),
                                                QByteArray("/log"), QByteArray("/access-log"), QByteArray("/ledger"), QByteArray("/scenario"),
                                                QByteArray("/corscope"), QByteArray("/.well-known/corscope"), QByteArray("/servers/0/pipeline"),
                                                QByteArray("/shutdown"), secret, QByteArray("/../../../.." + secret),
                                                QByteArray("/%2e%2e/%2e%2e" + secret), QByteArray("//" + secret)}) {
                    RequestMessage message{method, target, {{"Host", host}, {"Origin", "http://evil.example"}, {"Content-Length", "2"}}, "{}"};
                    auto expected = twin->handle(message, Clock::start, Recorder::silent()).response;
                    finishResponse(message, expected, Clock::start);
                    socket.write(serialize(message));
                    ResponseParser parser(method);
                    while (parser.state() == ParseState::NeedMore && socket.waitForReadyRead(3000))
                        parser.feed(socket.readAll());
                    QVERIFY(parser.state() == ParseState::Complete);
                    if (method == "HEAD")
                        expected.body.clear();
                    QVERIFY2(parser.message() == expected, QByteArray(method + ' ' + target).constData());
                    ++asked;
                }
            }
        }
        QVERIFY(server->server()->config() == config);
        QCOMPARE(server->server()->accessLog().size(), std::min<qsizetype>(asked, twin->accessLog().size()));
        QVERIFY(server->server()->accessLog() == twin->accessLog());
    }

    void importsReadNoFilesAndReachNobody_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const auto& each : greedyTexts())
            QTest::newRow(each.name) << QByteArray(each.text).replace("PATH", m_canary.toUtf8());
    }
    void importsReadNoFilesAndReachNobody()
    {
        QFETCH(QByteArray, text);
        SystemCalls::take();
        QByteArray everything;
        if (const auto report = paste::readPasted(text)) {
            everything = scenariofile::serialize(report->scenario);
            if (const auto trace = runInProcess(report->scenario))
                for (const auto& format : share::formats())
                    if (const auto shared = share::shared(format.format, report->scenario, *trace))
                        everything += *shared;
        } else {
            everything = report.error().sentence().toUtf8();
        }
        const auto calls = SystemCalls::take();
        QVERIFY(!everything.contains(m_secret));
        QVERIFY(!calls.contains({"open", m_canary.toUtf8(), 0}));
        QCOMPARE(count(calls, "connect") + count(calls, "bind"), 0);
        QCOMPARE(whatLeaves(calls), "");
    }

    void scenariosAndLinksReadNoFiles_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("path") << m_canary;
        QTest::newRow("at path") << QString(QLatin1Char('@') + m_canary);
        QTest::newRow("file URL") << QString(QStringLiteral("file://") + m_canary);
        QTest::newRow("resource") << QStringLiteral(":/scenarios/index.json");
    }
    void scenariosAndLinksReadNoFiles()
    {
        QFETCH(QString, text);
        QFile file(QStringLiteral(":/scenarios/fastapi-put-json-preflight.corscope"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto whole = QJsonDocument::fromJson(file.readAll()).object();
        int read = 0;
        // Every string of the file in turn: most such files are refused, some are scenarios.
        std::function<void(QStringList)> visit;
        const auto attempt = [&](const QJsonObject& object) {
            const auto scenario = scenariofile::parse(QJsonDocument(object).toJson(), QStringLiteral("x"));
            if (!scenario)
                return;
            ++read;
            const auto trace = runInProcess(*scenario);
            if (!trace)
                return;
            if (const auto link = share::shared(share::Format::Link, *scenario, *trace))
                QVERIFY(share::scenarioOfLink(link->trimmed()).ok());
            const auto html = share::shared(share::Format::Html, *scenario, *trace);
            QVERIFY(!html || !html->contains(m_secret));
        };
        SystemCalls::take();
        for (auto it = whole.begin(); it != whole.end(); ++it) {
            auto object = whole;
            object.insert(it.key(), withText(it.value(), text));
            attempt(object);
        }
        auto servers = whole.value(QLatin1String("servers")).toArray();
        for (const auto* key : {"host", "id", "pipeline", "routes"}) {
            auto server = servers[0].toObject();
            server.insert(QLatin1String(key), withText(server.value(QLatin1String(key)), text));
            auto object = whole;
            object.insert(QStringLiteral("servers"), QJsonArray{server});
            attempt(object);
        }
        QVERIFY(read > 0);
        const auto calls = SystemCalls::take();
        QVERIFY(!calls.contains({"open", m_canary.toUtf8(), 0}));
        QCOMPARE(whatLeaves(calls), "");
        QCOMPARE(count(calls, "connect"), 0);
    }

    void exportsLoadNothing()
    {
        int looked = 0;
        for (const auto& entry : scenariofile::library()) {
            if (looked % 7 != 0 && ++looked) // a seventh of the library has every kind of thing in it
                continue;
            ++looked;
            auto scenario = scenariofile::load(entry.path).value();
            scenario.title = QStringLiteral("\"><img src=http://evil.example/x><link href=//evil.example/y rel=stylesheet><iframe src=//evil.example>");
            scenario.story = scenario.title + QStringLiteral("<style>@import url(//evil.example)</style>");
            scenario.source = QStringLiteral("javascript:alert(1)");
            const auto trace = runInProcess(scenario);
            QVERIFY(trace.ok());
            for (const auto format : {share::Format::Html, share::Format::Svg}) {
                const auto bytes = share::shared(format, scenario, *trace);
                if (!bytes)
                    continue;
                const auto text = QString::fromUtf8(*bytes);
                const auto loads = loadedBy(text);
                QVERIFY2(loads.isEmpty(), qPrintable(entry.id + QStringLiteral(": ") + loads.join(QLatin1Char('\n')).left(500)));
                QVERIFY(!text.contains(QLatin1String("href=\"javascript:"), Qt::CaseInsensitive));
            }
        }
        QVERIFY(looked > 20);
        QCOMPARE(loadedBy(QStringLiteral("<p><img src='x'><style>a{background:url(http://a)}</style>")).size(), 3);
    }

    void onlyTheUserCanReadTheAuthoritysKeyAtAnyMoment()
    {
        const auto before = ::umask(0); // the most generous
        const auto directory = m_folder.filePath(QStringLiteral("data/authority"));
        SystemCalls::take();
        QVERIFY(CertificateAuthority::open(directory).ok());
        const auto calls = SystemCalls::take();
        ::umask(before);
        const auto made = [&](const QByteArray& name, const QByteArray& path) {
            const auto it = std::find_if(calls.begin(), calls.end(), [&](const auto& call) { return call.name == name && call.subject == path; });
            return it == calls.end() ? -1 : it->mode;
        };
        QCOMPARE(made("mkdir", directory.toUtf8()), 0700);
        QCOMPARE(made("open", directory.toUtf8() + "/authority-key.pem.new"), 0600);
        for (const auto& call : calls) {
            if (call.name == "chmod")
                QVERIFY2((call.mode & 077) == 0, call.subject.constData());
            if (call.name == "open" && call.mode != 0)
                QVERIFY2(call.subject.startsWith(directory.toUtf8()), call.subject.constData()); // installed nowhere
        }
        QCOMPARE(count(calls, "exec"), 0);
        const auto bitsOf = [](const QString& path) { return int(QFile::permissions(path)) & 0x0077; };
        QCOMPARE(bitsOf(directory), 0);
        QCOMPARE(bitsOf(directory + QStringLiteral("/authority-key.pem")), 0);
        QFile::setPermissions(directory, QFile::Permissions(0x7777));
        QVERIFY(CertificateAuthority::open(directory).ok());
        QCOMPARE(bitsOf(directory), 0);
    }
};

QTEST_GUILESS_MAIN(TestIsolation)
#include "tst_isolation.moc"
