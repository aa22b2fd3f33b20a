#include "tests/core/ScriptedNetwork.h"

#include "core/backend/FinishResponse.h"
#include "core/backend/HttpConnection.h"
#include "core/backend/WatchList.h"
#include "core/backend/transport/SocketTransport.h"
#include "core/network/SocketNetwork.h"
#include "core/network/Unreachable.h"

#include <QTcpServer>
#include <QTest>
#include <QThread>

using namespace corscope;

namespace {

/// A server of one answer, over real sockets, that delivers it as it is told.
class FaultyServer
{
public:
    FaultyServer(ResponseMessage response, Fault fault) : m_response(std::move(response)), m_fault(fault)
    {
        m_listener = new QTcpServer;
        m_listener->listen(QHostAddress::LocalHost);
        m_port = m_listener->serverPort();
        auto* connections = new ConnectionSet({}, {}, [this](HttpConnection& from, const RequestMessage& request) {
            auto response = m_response;
            finishResponse(request, response, Clock::start);
            announceBrokenBody(m_fault.kind, request, response);
            const auto watch = watches->begin(from.clientPort());
            if (watch) {
                watch->setFault(m_fault);
                watches->end(watch);
            }
            from.answer(response, watch ? Fault{m_fault.kind} : m_fault);
        }, m_listener);
        m_listener->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_listener, &QObject::deleteLater);
        QObject::connect(m_listener, &QTcpServer::newConnection, m_listener, [this, connections] {
            std::unique_ptr<QTcpSocket> socket(m_listener->nextPendingConnection());
            connections->add(std::make_unique<SocketTransport>(std::move(socket)));
        });
        m_thread.start();
    }
    ~FaultyServer()
    {
        m_thread.quit();
        m_thread.wait();
    }

    Endpoint endpoint() const { return {"http", QHostAddress(QHostAddress::LocalHost), m_port, {}, watches}; }
    std::shared_ptr<WatchList> watches = std::make_shared<WatchList>();

private:
    ResponseMessage m_response;
    Fault m_fault;
    QTcpServer* m_listener;
    QThread m_thread;
    quint16 m_port = 0;
};

const ResponseMessage pen{200, "OK", {{"Access-Control-Allow-Origin", "*"}, {"Content-Type", "text/plain"}}, "a pen"};

/// What the same server's answer is without a network.
Result<ResponseMessage, NetworkFailure> direct(const RequestMessage& request, const Fault& fault)
{
    if (const auto failure = failureOf(fault))
        return *failure;
    auto response = pen;
    finishResponse(request, response, Clock::start);
    announceBrokenBody(fault.kind, request, response);
    response.delay = fault.delay;
    return response;
}

} // namespace

class tst_BrokenBody : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void faultsArriveOverSocketsAsTheyDoWithout_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("delay");
        for (const char* kind : {"none", "reset", "close", "hang", "garbage", "truncate", "reset-body", "bad-chunk"})
            for (const char* method : {"GET", "HEAD"})
                for (int delay : {0, 60000})
                    QTest::addRow("%s to %s after %d ms", kind, method, delay) << QByteArray(kind) << QByteArray(method) << delay;
    }
    void faultsArriveOverSocketsAsTheyDoWithout()
    {
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, method);
        QFETCH(int, delay);
        const Fault fault{*faultFromId(kind), Milliseconds(delay)};
        QCOMPARE(faultId(fault.kind), kind);
        FaultyServer server(pen, fault);
        NameMap names;
        names.add("http", "api.test", 80, server.endpoint());
        SocketNetwork network(names, {{}, std::chrono::seconds(20)});

        const auto url = *Url::parse("http://api.test/pen");
        const RequestMessage request{method, "/pen", {{"Host", "api.test"}}, {}};
        Recorder recorder;
        QElapsedTimer real;
        real.start();
        const auto found = network.send(url, request, WireMessage::Kind::Request, recorder);
        QVERIFY2(real.elapsed() < 5000, "virtual time passed as real time");

        const auto expected = direct(request, fault);
        QCOMPARE(found.ok(), expected.ok());
        if (!found) {
            QCOMPARE(whyId(found.error().why), whyId(expected.error().why));
            QVERIFY(found.error() == expected.error());
            return;
        }
        QCOMPARE(bodyErrorId(found->bodyError), bodyErrorId(expected->bodyError));
        QCOMPARE(found->body, expected->body);
        QVERIFY(*found == *expected);
        const auto trace = recorder.take();
        QCOMPARE(trace.at(trace.size() - 1).at.step, expected->bodyError == BodyError::None ? "response" : "body");
    }

    void headersDecideAndTheBodyFailsItsReader_data()
    {
        QTest::addColumn<int>("initiator");
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<bool>("permission");
        QTest::addColumn<QByteArray>("why");
        QTest::addColumn<QByteArray>("bodyError");
        const auto row = [](const char* name, FetchCall::Initiator initiator, const char* mode, bool permission, const char* why,
                            const char* bodyError) {
            QTest::newRow(name) << int(initiator) << QByteArray(mode) << permission << QByteArray(why) << QByteArray(bodyError);
        };
        using Initiator = FetchCall::Initiator;
        row("fetch() resolves, reading fails", Initiator::Fetch, "cors", true, "none", "reset");
        row("permission comes first", Initiator::Fetch, "cors", false, "missing-allow-origin", "");
        row("opaque: script cannot tell", Initiator::Fetch, "no-cors", false, "none", "");
        row("XMLHttpRequest fails", Initiator::XmlHttpRequest, "cors", true, "connection-reset", "");
        row("a script element fails", Initiator::Script, "no-cors", false, "connection-reset", "");
    }
    void headersDecideAndTheBodyFailsItsReader()
    {
        QFETCH(int, initiator);
        QFETCH(QByteArray, mode);
        QFETCH(bool, permission);
        Bench bench;
        HeaderList headers{{"Content-Type", "text/javascript"}};
        if (permission)
            headers.append("Access-Control-Allow-Origin", "*");
        bench.network.answer(ResponseMessage{200, "OK", headers, "half", BodyError::Reset});
        auto call = Bench::call("http://api.test/");
        call.initiator = FetchCall::Initiator(initiator);
        call.mode = mode;
        const auto outcome = bench.fetch(call);
        QTEST(whyOf(outcome.blocked), "why");
        QTEST(bodyErrorId(outcome.page.bodyError), "bodyError");
    }

    void everyWayToBreakHasItsName_data()
    {
        QTest::addColumn<int>("bodyError");
        QTest::addColumn<QByteArray>("why");
        QTest::newRow("none") << int(BodyError::None) << QByteArray("none");
        QTest::newRow("closed") << int(BodyError::Closed) << QByteArray("connection-closed");
        QTest::newRow("reset") << int(BodyError::Reset) << QByteArray("connection-reset");
        QTest::newRow("no chunk") << int(BodyError::Malformed) << QByteArray("malformed-response");
        QTest::newRow("never complete") << int(BodyError::TimedOut) << QByteArray("timed-out");
    }
    void everyWayToBreakHasItsName()
    {
        QFETCH(int, bodyError);
        Bench bench;
        bench.network.answer(ResponseMessage{200, "OK", {}, "half", BodyError(bodyError)});
        auto call = Bench::call("/");
        call.initiator = FetchCall::Initiator::XmlHttpRequest;
        QTEST(whyOf(bench.fetch(call).blocked), "why");
    }

    // resources/spec/profiles.json tells who does what.
    void whatBrowsersRefuseOnTopOfThat_data()
    {
        QTest::addColumn<QByteArray>("browser");
        QTest::addColumn<QByteArray>("opaque");     // a body that nobody could read is cut off
        QTest::addColumn<QByteArray>("preflight");  // one that nobody needs
        QTest::addColumn<QByteArray>("lengths");    // two lines, two lengths
        const auto row = [](const char* browser, const char* opaque, const char* preflight, const char* lengths) {
            QTest::newRow(browser) << QByteArray(browser) << QByteArray(opaque) << QByteArray(preflight) << QByteArray(lengths);
        };
        row("standard", "none", "none", "none");
        row("chromium", "none", "none", "malformed-response");
        row("firefox", "connection-reset", "none", "malformed-response");
        row("webkit", "none", "connection-closed", "none");
    }
    void whatBrowsersRefuseOnTopOfThat()
    {
        QFETCH(QByteArray, browser);
        const HeaderList allow{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"}};
        Bench bench;
        bench.browser.profile = Profile::named(browser);
        bench.network.answer(ResponseMessage{200, "OK", {}, "half", BodyError::Reset});
        auto call = Bench::call("http://api.test/");
        call.mode = "no-cors";
        QTEST(whyOf(bench.fetch(call).blocked), "opaque");

        Bench other;
        other.browser.profile = bench.browser.profile;
        other.network.answer(ResponseMessage{200, "OK", allow, "half", BodyError::Closed});
        other.network.answer(200, allow);
        QTEST(whyOf(other.fetch(Bench::call("http://api.test/", "PUT")).blocked), "preflight");

        for (const char* second : {"1", "2"}) {
            Bench third;
            third.browser.profile = bench.browser.profile;
            third.network.answer(200, {{"Content-Length", "1"}, {"Content-Length", second}}, "x");
            const auto outcome = third.fetch(Bench::call("/"));
            if (QByteArrayView(second) == "1")
                QCOMPARE(whyOf(outcome.blocked), "none"); // the same twice is no contradiction
            else
                QTEST(whyOf(outcome.blocked), "lengths");
        }
    }

    void onlyABodyCanBreak_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("breaks");
        QTest::newRow("200") << QByteArray("GET") << 200 << true;
        QTest::newRow("404") << QByteArray("GET") << 404 << true;
        QTest::newRow("HEAD") << QByteArray("HEAD") << 200 << false;
        QTest::newRow("101") << QByteArray("GET") << 101 << false;
        QTest::newRow("204") << QByteArray("GET") << 204 << false;
        QTest::newRow("304") << QByteArray("GET") << 304 << false;
    }
    void onlyABodyCanBreak()
    {
        QFETCH(QByteArray, method);
        QFETCH(int, status);
        QFETCH(bool, breaks);
        const RequestMessage request{method, "/", {{"Host", "api.test"}}, {}};
        for (const auto kind : {Fault::Kind::Truncate, Fault::Kind::ResetBody, Fault::Kind::BadChunk}) {
            auto response = pen;
            response.status = status;
            const auto whole = response;
            announceBrokenBody(kind, request, response);
            QCOMPARE(response.bodyError != BodyError::None, breaks);
            QCOMPARE(response == whole, !breaks);
        }
    }

    void whatIsWrittenBeforeTheEnd_data()
    {
        QTest::addColumn<Fault::Kind>("kind");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("written"); // behind the headers; null: nothing at all
        const auto row = [](const char* name, Fault::Kind kind, const char* body, const QByteArray& written) {
            QTest::newRow(name) << kind << QByteArray(body) << written;
        };
        row("reset", Fault::Kind::Reset, "a pen", {});
        row("closed", Fault::Kind::Close, "a pen", {});
        row("no answer", Fault::Kind::Hang, "a pen", {});
        row("fewer bytes than announced", Fault::Kind::Truncate, "a pen", "a pen");
        row("a chunk without a size", Fault::Kind::BadChunk, "a pen", "5\r\na pen\r\nnone\r\n");
        row("nothing but a chunk without a size", Fault::Kind::BadChunk, "", "none\r\n");
    }
    void whatIsWrittenBeforeTheEnd()
    {
        QFETCH(Fault::Kind, kind);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, written);
        auto response = pen;
        response.body = body;
        announceBrokenBody(kind, {"GET", "/", {{"Host", "api.test"}}, {}}, response);
        const auto bytes = faultyBytes(kind, response);
        QCOMPARE(bytes.isEmpty(), written.isNull());
        if (!written.isNull())
            QCOMPARE(bytes.sliced(bytes.indexOf("\r\n\r\n") + 4), written);
    }

    void preflightNeedsNoBody()
    {
        Bench bench;
        const HeaderList allow{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"}};
        bench.network.answer(ResponseMessage{204, "No Content", allow, {}, BodyError::Closed});
        bench.network.answer(200, allow);
        QCOMPARE(whyOf(bench.fetch(Bench::call("http://api.test/", "PUT")).blocked), "none");
    }

    void usedConnectionThatBreaksIsTriedOnceMore_data()
    {
        QTest::addColumn<QByteArray>("browser");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<bool>("used");
        QTest::addColumn<int>("requests");
        const auto row = [](const char* reason, const char* browser, const char* method, bool used, int requests) {
            QTest::newRow(reason) << QByteArray(browser) << QByteArray(method) << used << requests;
        };
        row("a new connection", "standard", "GET", false, 1);
        row("GET does no harm", "standard", "GET", true, 2);
        row("PUT twice is PUT once", "standard", "PUT", true, 2);
        row("POST could do harm", "standard", "POST", true, 1);
        row("GET is safe", "webkit", "GET", true, 2);
        row("PUT is not safe", "webkit", "PUT", true, 1);
    }
    void usedConnectionThatBreaksIsTriedOnceMore()
    {
        QFETCH(QByteArray, browser);
        QFETCH(QByteArray, method);
        QFETCH(bool, used);
        QFETCH(int, requests);
        Bench bench;
        bench.browser.profile = Profile::named(browser);
        if (used) {
            bench.network.answer(200);
            QVERIFY(bench.fetch(Bench::call("/")).allowed());
        }
        const auto before = bench.network.sent.size();
        bench.network.fail({Why::ConnectionReset, {}, true});
        bench.network.answer(200);
        const auto outcome = bench.fetch(Bench::call("/", method));
        QCOMPARE(int(bench.network.sent.size() - before), requests);
        QCOMPARE(whyOf(outcome.blocked), requests == 2 ? "none" : "connection-reset");
    }

    void anUnwatchedClientWaitsInRealTime()
    {
        FaultyServer server(pen, {Fault::Kind::None, Milliseconds(300)});
        NameMap names;
        names.add("http", "api.test", 80, server.endpoint());
        SocketNetwork network(names, {{}, std::chrono::seconds(20)});
        QElapsedTimer real;
        real.start();
        const auto found = network.send(*Url::parse("http://api.test/pen"), {"GET", "/pen", {{"Host", "api.test"}}, {}},
                                        WireMessage::Kind::Request, Recorder::silent());
        QVERIFY(found.ok());
        QVERIFY(real.elapsed() >= 290);
    }
};

QTEST_GUILESS_MAIN(tst_BrokenBody)
#include "tst_brokenbody.moc"
