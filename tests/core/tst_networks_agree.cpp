#include "tests/core/Servers.h"

#include "core/network/DirectNetwork.h"
#include "core/network/LiveBackend.h"
#include "core/network/SocketNetwork.h"

#include <QTemporaryDir>
#include <QTest>

using namespace corscope;
using namespace corscope::testing;

namespace {

std::vector<ServerConfig> configs()
{
    // aiohttp-cors closes the connection where a handler has set the header itself.
    ServerConfig closing{"closing", "http", "closing.example", 7002,
                         {{"cors", "aiohttp", {}, true, {{QStringLiteral("defaults"), QStringLiteral("*")}}}},
                         {{"GET", "/own", 200, {{"Access-Control-Allow-Origin", "*"}}, {}, {}}}};
    return {serverConfig("api", "http", "localhost", 45000), serverConfig("secure", "https", "app.example.com", 443),
            serverConfig("plain", "http", "gfgserver.com", 7000), closing};
}

struct Run
{
    Trace trace;
    std::vector<Result<ResponseMessage, NetworkFailure>> results;
};

Run run(Network& network, const std::vector<std::pair<Url, RequestMessage>>& requests)
{
    Recorder recorder;
    const int lane = recorder.lane({Lane::Kind::Browser, "browser", {}, QStringLiteral("Browser")});
    Run run;
    {
        auto fetch = recorder.enter(Algorithm::HttpNetworkFetch, lane);
        for (const auto& [url, request] : requests)
            run.results.push_back(network.send(url, request, WireMessage::Kind::Request, recorder));
    }
    run.trace = recorder.take();
    return run;
}

QByteArray described(const Step& step)
{
    return QByteArray::number(step.index) + ' ' + step.at.algorithm.id().toByteArray() + ' ' + step.at.step.toByteArray() + ' '
        + step.label.toByteArray() + " lane " + QByteArray::number(step.lane) + "->" + QByteArray::number(step.toLane);
}

int messagesLabelled(const Trace& trace, const QByteArray& label)
{
    return int(std::count_if(trace.steps.begin(), trace.steps.end(), [&](const auto& step) {
        return step->kind == StepKind::Message && step->at.algorithm == Algorithm::Wire && step->label == label;
    }));
}

} // namespace

class TestNetworksAgree : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_directory;

    /// Runs over both networks, each with a fresh backend, and holds the two against each other.
    Run both(const std::vector<std::pair<Url, RequestMessage>>& requests,
             const std::vector<ServerConfig>& servers = configs())
    {
        const auto directBackend = backendOf(servers);
        DirectNetwork direct(*directBackend);
        auto expected = run(direct, requests);

        const auto live = LiveBackend::start(backendOf(servers),
                                             {PortPolicy::Free, [] { return Clock::start; }, m_directory.path()});
        if (!live)
            qFatal("%s", qPrintable(live.error().sentence()));
        SocketNetwork sockets(live.value()->names(), {live.value()->trusted(), std::chrono::seconds(5)});
        const auto found = run(sockets, requests);

        [&] {
            QCOMPARE(found.trace.lanes.size(), expected.trace.lanes.size());
            for (size_t i = 0; i < expected.trace.lanes.size(); ++i)
                QVERIFY(found.trace.lanes[i] == expected.trace.lanes[i]);
            for (int i = 0; i < std::min(expected.trace.size(), found.trace.size()); ++i)
                QVERIFY2(sameButTime(found.trace.at(i), expected.trace.at(i)),
                         QByteArray("direct: " + described(expected.trace.at(i)) + "; sockets: "
                                    + described(found.trace.at(i))));
            QCOMPARE(found.trace.size(), expected.trace.size());
            for (size_t i = 0; i < requests.size(); ++i) {
                QCOMPARE(found.results[i].ok(), expected.results[i].ok());
                if (found.results[i].ok())
                    QVERIFY(*found.results[i] == *expected.results[i]);
                else
                    QVERIFY(found.results[i].error() == expected.results[i].error());
            }
        }();
        return expected;
    }

private Q_SLOTS:
    void responsesAgree_data()
    {
        QTest::addColumn<QByteArray>("address");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("label");
        const QByteArray api = "http://localhost:45000";
        QTest::newRow("GET") << api + "/items/1" << QByteArray("GET") << QByteArray() << QByteArray("200 OK");
        QTest::newRow("HEAD") << api + "/items/1" << QByteArray("HEAD") << QByteArray() << QByteArray("200 OK");
        QTest::newRow("PUT with a body") << api + "/items/1?x=%20" << QByteArray("PUT") << QByteArray(300000, 'b')
                                         << QByteArray("200 OK");
        QTest::newRow("204") << api + "/empty" << QByteArray("GET") << QByteArray() << QByteArray("204 No Content");
        QTest::newRow("404") << api + "/nowhere" << QByteArray("GET") << QByteArray() << QByteArray("404 Not Found");
        QTest::newRow("TLS") << QByteArray("https://app.example.com/items/1") << QByteArray("GET") << QByteArray()
                             << QByteArray("200 OK");
        QTest::newRow("virtual name") << QByteArray("http://gfgserver.com:7000/items/1") << QByteArray("GET")
                                      << QByteArray() << QByteArray("200 OK");
    }
    void responsesAgree()
    {
        QFETCH(QByteArray, address);
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, label);
        const auto target = url(address);
        const auto found = both({{target, request(target, method, body)}});
        QCOMPARE(messagesLabelled(found.trace, method + ' ' + target.requestTarget()), 1);
        QCOMPARE(messagesLabelled(found.trace, label), 1);
    }

    void failuresAgree_data()
    {
        QTest::addColumn<QByteArray>("address");
        QTest::addColumn<Why>("why");
        QTest::addColumn<bool>("sent");
        QTest::newRow("unknown name") << QByteArray("http://unknown.example/") << Why::NameNotResolved << false;
        QTest::newRow("known name, no server at the port")
            << QByteArray("http://gfgserver.com:7001/") << Why::ConnectionRefused << false;
        QTest::newRow("loopback needs no server to resolve")
            << QByteArray("http://other.localhost:45001/") << Why::ConnectionRefused << false;
        QTest::newRow("address, no server") << QByteArray("http://127.0.0.1:45001/") << Why::ConnectionRefused << false;
        QTest::newRow("https to a plain server")
            << QByteArray("https://gfgserver.com:7000/items/1") << Why::TlsFailure << false;
        QTest::newRow("http to a TLS server")
            << QByteArray("http://app.example.com:443/items/1") << Why::ConnectionClosed << true;
    }
    void failuresAgree()
    {
        QFETCH(QByteArray, address);
        QFETCH(Why, why);
        QFETCH(bool, sent);
        const auto target = url(address);
        const auto found = both({{target, request(target)}});
        QVERIFY(!found.results[0].ok());
        QCOMPARE(found.results[0].error().why, why);
        QCOMPARE(found.results[0].error().requestSent, sent);
        const auto& last = found.trace.at(found.trace.size() - 1);
        QCOMPARE(last.at.step, "failure");
        QVERIFY(last.blocked && last.blocked->why == why);
        QCOMPARE(messagesLabelled(found.trace, "GET " + target.requestTarget()), sent ? 1 : 0);
    }

    void aServerThatClosesWithoutAnAnswer()
    {
        const auto target = url("http://closing.example:7002/own");
        auto message = request(target);
        message.headers.append("origin", "http://localhost:8000");
        const auto found = both({{target, message}});
        QVERIFY(!found.results[0].ok());
        QCOMPARE(found.results[0].error().why, Why::ConnectionClosed);
        QVERIFY(found.results[0].error().requestSent);
    }

    void manyRequestsOfOneRunAgree()
    {
        std::vector<std::pair<Url, RequestMessage>> requests;
        for (int i = 0; i < 8; ++i) {
            for (const auto* base : {"http://localhost:45000", "https://app.example.com"}) {
                const auto target = url(QByteArray(QByteArray(base) + "/items/" + QByteArray::number(i)));
                requests.emplace_back(target, request(target, i % 2 ? "PUT" : "GET", i % 2 ? "x" : ""));
            }
        }
        const auto found = both(requests);
        QCOMPARE(messagesLabelled(found.trace, "200 OK"), 16);
    }

    void faultsAgree_data()
    {
        QTest::addColumn<QByteArray>("fault");
        QTest::addColumn<std::optional<Why>>("why");
        QTest::newRow("late") << QByteArray("none") << std::optional<Why>();
        QTest::newRow("reset") << QByteArray("reset") << std::optional(Why::ConnectionReset);
        QTest::newRow("close") << QByteArray("close") << std::optional(Why::ConnectionClosed);
        QTest::newRow("hang") << QByteArray("hang") << std::optional(Why::TimedOut);
        QTest::newRow("garbage") << QByteArray("garbage") << std::optional(Why::MalformedResponse);
        QTest::newRow("body cut off") << QByteArray("truncate") << std::optional<Why>();
        QTest::newRow("reset within the body") << QByteArray("reset-body") << std::optional<Why>();
        QTest::newRow("chunk without a size") << QByteArray("bad-chunk") << std::optional<Why>();
    }
    void faultsAgree()
    {
        QFETCH(QByteArray, fault);
        QFETCH(std::optional<Why>, why);
        auto servers = configs();
        servers[0].pipeline = {{"fault", {}, {}, true,
                                {{QStringLiteral("fault"), QString::fromLatin1(fault)}, {QStringLiteral("delay"), 40}}}};
        const auto target = url("http://localhost:45000/items/1");
        const auto found = both({{target, request(target)}, {target, request(target, "PUT", "x")}}, servers);
        for (const auto& result : found.results) {
            QCOMPARE(result.ok(), !why);
            QCOMPARE(result.ok() ? result->delay : result.error().delay, Milliseconds(40));
            if (why)
                QCOMPARE(result.error().why, *why);
        }
    }

    void refusalsAgree_data()
    {
        QTest::addColumn<Header>("header");
        QTest::addColumn<int>("bodySize");
        QTest::addColumn<QByteArray>("label");
        QTest::newRow("control character") << Header{"X", "a\x01"} << 0 << QByteArray("400 Bad Request");
        QTest::newRow("header too large") << Header{"X", QByteArray(70000, 'x')} << 0
                                          << QByteArray("431 Request Header Fields Too Large");
        QTest::newRow("body too large") << Header{"X", "a"} << 16 * 1024 * 1024 + 1 << QByteArray("413 Content Too Large");
    }
    void refusalsAgree()
    {
        QFETCH(Header, header);
        QFETCH(int, bodySize);
        QFETCH(QByteArray, label);
        const auto target = url("http://localhost:45000/items/1");
        auto message = request(target, "PUT", QByteArray(bodySize, 'b'));
        message.headers.append(header.name, header.value);
        const auto found = both({{target, message}, {target, request(target)}});
        QCOMPARE(messagesLabelled(found.trace, label), 1);
        QCOMPARE(messagesLabelled(found.trace, "200 OK"), 1);
    }

    void originIsTheDecidingHeader()
    {
        const auto target = url("http://localhost:45000/items/1");
        auto message = request(target);
        message.headers.append("origin", "http://localhost:8000");
        const auto found = both({{target, message}});
        const auto step = std::find_if(found.trace.steps.begin(), found.trace.steps.end(),
                                       [](const auto& s) { return s->at.step == "request"; });
        QVERIFY(step != found.trace.steps.end());
        QCOMPARE((*step)->decidingHeader, "Origin");
        QVERIFY((*step)->message->request() == message);
    }
};

QTEST_GUILESS_MAIN(TestNetworksAgree)
#include "tst_networks_agree.moc"
