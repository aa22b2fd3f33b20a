#include "tests/core/Servers.h"

#include "core/backend/FinishResponse.h"
#include "core/http/Codec.h"
#include "core/network/LiveBackend.h"

#include <QElapsedTimer>
#include <QNetworkInterface>
#include <QProcess>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>

using namespace corscope;
using namespace corscope::testing;

namespace {

/// A client as plain as can be.
class Client
{
public:
    explicit Client(quint16 port, const QHostAddress& address = QHostAddress::LocalHost)
    {
        m_socket.connectToHost(address, port);
        m_connected = m_socket.waitForConnected(3000);
    }
    bool isConnected() const { return m_connected; }
    void write(const QByteArray& bytes)
    {
        m_socket.write(bytes);
        m_socket.flush();
    }
    QByteArray read(qsizetype atLeast, int milliseconds = 3000)
    {
        while (m_bytes.size() < atLeast && m_socket.waitForReadyRead(milliseconds))
            m_bytes += m_socket.readAll();
        return m_bytes;
    }
    ResponseMessage response(QByteArrayView method = "GET")
    {
        ResponseParser parser(method);
        parser.feed(std::exchange(m_bytes, {}));
        while (parser.state() == ParseState::NeedMore && m_socket.waitForReadyRead(3000))
            parser.feed(m_socket.readAll());
        m_bytes = parser.leftover();
        return parser.state() == ParseState::Complete ? parser.message() : ResponseMessage{0, {}, {}, {}};
    }
    bool isClosedByServer()
    {
        while (m_socket.waitForReadyRead(3000))
            m_bytes += m_socket.readAll();
        return m_socket.state() == QAbstractSocket::UnconnectedState;
    }

private:
    QTcpSocket m_socket;
    QByteArray m_bytes;
    bool m_connected = false;
};

std::unique_ptr<SocketServer> serve(ServerConfig config, SocketServer::Options options = {})
{
    auto server = Server::create(config);
    if (!server)
        qFatal("%s", qPrintable(server.error().sentence()));
    auto started = SocketServer::start(*server, std::move(options));
    if (!started)
        qFatal("%s", qPrintable(started.error().sentence()));
    return std::move(started.value());
}

std::unique_ptr<SocketServer> serveAnywhere()
{
    SocketServer::Options options;
    options.portPolicy = PortPolicy::Free;
    options.limits.bodyBytes = 1000;
    return serve(serverConfig("api", "http", "localhost", 5000), std::move(options));
}

/// With limits that a test can wait for.
std::unique_ptr<SocketServer> serveWithin(ConnectionLimits limits)
{
    SocketServer::Options options;
    options.portPolicy = PortPolicy::Free;
    options.connections = limits;
    return serve(serverConfig("api", "http", "localhost", 5000), std::move(options));
}

const QByteArray getItem = "GET /items/1 HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// Holds the run at its first step.
class HoldAtServer : public StepListener
{
public:
    void laneAdded(const Lane&) override {}
    void stepRecorded(const std::shared_ptr<const Step>&) override
    {
        std::unique_lock lock(m_mutex);
        m_held = true;
        m_changed.notify_all();
        m_changed.wait(lock, [&] { return m_released; });
    }
    void waitUntilHeld()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_held; });
    }
    void release()
    {
        const std::lock_guard lock(m_mutex);
        m_released = true;
        m_changed.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_held = false;
    bool m_released = false;
};

} // namespace

class TestSocketServer : public QObject
{
    Q_OBJECT

private:
    static bool haveCurl() { return !QStandardPaths::findExecutable(QStringLiteral("curl")).isEmpty(); }
    static QByteArray runShell(const QString& command)
    {
        QProcess process;
        process.start(QStringLiteral("sh"), {QStringLiteral("-c"), command});
        process.waitForFinished(10000);
        return process.readAllStandardOutput();
    }

private Q_SLOTS:
    void curlGetsTheVeryBytes()
    {
        if (!haveCurl())
            QSKIP("curl is not installed");
        const auto config = serverConfig("api", "http", "localhost", 5000);
        const auto server = serve(config, {PortPolicy::Free, [] { return Clock::start; }, {}, {}});
        const auto address = QStringLiteral("http://localhost:%1/items/1").arg(server->port());
        const auto found = runShell(QStringLiteral("curl -s --noproxy '*' -i ") + address);

        const RequestMessage request{"GET", "/items/1", {{"Host", "localhost"}}, {}};
        auto expected = (*Server::create(config))->handle(request, Clock::start, Recorder::silent()).response;
        finishResponse(request, expected, Clock::start);
        QCOMPARE(found, serialize(expected));
        QVERIFY(found.contains("X-Second: 2\r\nx-first: 1\r\nX-Second: 3\r\n"));
    }

    void curlCommandReachesVirtualNames_data()
    {
        QTest::addColumn<QByteArray>("scheme");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("port");
        QTest::newRow("https, default port") << QByteArray("https") << QByteArray("app.example.com") << 443;
        QTest::newRow("http, odd port") << QByteArray("http") << QByteArray("gfgserver.com") << 7000;
        QTest::newRow("https, IPv4 literal") << QByteArray("https") << QByteArray("127.0.0.1") << 8443;
        QTest::newRow("localhost") << QByteArray("http") << QByteArray("localhost") << 5000;
    }
    void curlCommandReachesVirtualNames()
    {
        if (!haveCurl())
            QSKIP("curl is not installed");
        QFETCH(QByteArray, scheme);
        QFETCH(QByteArray, host);
        QFETCH(int, port);
        QTemporaryDir directory;
        const auto live = LiveBackend::start(backendOf({serverConfig("s", scheme, host, quint16(port))}),
            {PortPolicy::Free, [] { return Clock::start; }, directory.filePath(QStringLiteral("it's"))});
        QVERIFY2(live.ok(), live.ok() ? "" : qPrintable(live.error().sentence()));
        const auto command = live.value()->curlCommand(*live.value()->servers().front(), "/items/1");
        const auto found = runShell(command + QStringLiteral(" -s --noproxy '*'"));
        QVERIFY2(found.startsWith("HTTP/1.1 200 OK\r\n"), qPrintable(command));
        QVERIFY(found.endsWith("{\"item\":\"pen\"}"));
    }

    void oneConnectionCarriesManyRequests()
    {
        const auto server = serveAnywhere();
        Client client(server->port());
        for (int i = 0; i < 32; ++i) {
            client.write(getItem);
            QCOMPARE(client.response().status, 200);
        }
        QCOMPARE(server->server()->accessLog().size(), 32);
    }

    void pipelinedRequestsAreAnsweredInOrder()
    {
        const auto server = serveAnywhere();
        Client client(server->port());
        client.write(getItem + "PUT /items/2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab"
                     + "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n" + getItem);
        QCOMPARE(client.response().body, "{\"item\":\"pen\"}");
        QCOMPARE(client.response().body, "saved");
        QCOMPARE(client.response().status, 404);
        QCOMPARE(client.response().status, 200);
    }

    void headHasNoBody()
    {
        const auto server = serveAnywhere();
        Client client(server->port());
        client.write("HEAD /items/1 HTTP/1.1\r\nHost: a\r\n\r\n" + getItem);
        const auto head = client.response("HEAD");
        QCOMPARE(head.status, 200);
        QCOMPARE(head.headers.get("content-length").value_or("none"), "14");
        QCOMPARE(client.response().body, "{\"item\":\"pen\"}");
    }

    void chunkedRequestIsRead()
    {
        const auto server = serveAnywhere();
        Client client(server->port());
        client.write("PUT /items/1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" + getItem);
        QCOMPARE(client.response().body, "saved");
        QCOMPARE(client.response().status, 200);
    }

    void waitingClientIsToldToGoOn()
    {
        const auto server = serveAnywhere();
        Client client(server->port());
        client.write("PUT /items/1 HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        QCOMPARE(client.read(25), "HTTP/1.1 100 Continue\r\n\r\n");
        client.write("ab");
        QCOMPARE(client.response().body, "saved");
    }

    void absoluteTargetIsReadAsItsPath()
    {
        const auto server = serveAnywhere();
        Client client(server->port());
        client.write("GET http://localhost:5000/items/1?a HTTP/1.1\r\nHost: localhost:5000\r\n\r\n");
        QCOMPARE(client.response().status, 200);
        QCOMPARE(server->server()->accessLog().first().target, "/items/1?a");
    }

    void malformedRequestIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        QTest::newRow("not HTTP") << QByteArray("hello\r\n\r\n") << 400;
        QTest::newRow("TLS handshake") << QByteArray::fromHex("16030100c8010000c40303") << 400;
        QTest::newRow("no host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 400;
        QTest::newRow("header too large")
            << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nX: ") + QByteArray(100000, 'x') << 431;
        QTest::newRow("body too large")
            << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n") + QByteArray(1001, 'x') << 413;
    }
    void malformedRequestIsRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        const auto server = serveAnywhere();
        Client client(server->port());
        client.write(bytes);
        const auto response = client.response();
        QCOMPARE(response.status, status);
        QCOMPARE(response.headers.get("connection").value_or("none"), "close");
        QVERIFY(client.isClosedByServer());
        QVERIFY(server->server()->accessLog().isEmpty());
    }

    void connectionIsClosedOnDemand()
    {
        const auto server = serveAnywhere();
        Client client(server->port());
        client.write("GET /items/1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        QCOMPARE(client.response().headers.get("connection").value_or("none"), "close");
        QVERIFY(client.isClosedByServer());
        Client old(server->port());
        old.write("GET /items/1 HTTP/1.0\r\n\r\n");
        QCOMPARE(old.response().headers.get("connection").value_or("none"), "close");
        QVERIFY(old.isClosedByServer());
    }

    void clientsDoNotWaitForOneAnother()
    {
        const auto server = serveAnywhere();
        Client slow(server->port());
        slow.write("GET /items/1 HT");
        Client fast(server->port());
        fast.write(getItem);
        QCOMPARE(fast.response().status, 200);
        slow.write("TP/1.1\r\nHost: a\r\n\r\n");
        QCOMPARE(slow.response().status, 200);
    }

    void clientThatClosesItsSideGetsItsAnswers()
    {
        const auto server = serveAnywhere();
        for (const auto& bytes : {getItem, getItem.repeated(3)}) {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress::LocalHost, server->port());
            QVERIFY(socket.waitForConnected(3000));
            socket.write(bytes);
            socket.flush();
            ::shutdown(int(socket.socketDescriptor()), SHUT_WR);
            QByteArray found;
            while (socket.waitForReadyRead(3000))
                found += socket.readAll();
            QCOMPARE(found.count("HTTP/1.1 200 OK\r\n"), bytes.count("GET "));
            QCOMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        }
    }

    void slowRequestIsRefused_data()
    {
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("within its headers") << getItem.chopped(2);
        QTest::newRow("within its body") << QByteArray("PUT /items/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    }
    void slowRequestIsRefused()
    {
        QFETCH(QByteArray, begin);
        ConnectionLimits limits;
        limits.header = limits.request = std::chrono::milliseconds(100);
        const auto server = serveWithin(limits);
        Client client(server->port());
        client.write(begin);
        // It goes on sending, so it is never idle: a limit that started anew with each byte would never be reached.
        QByteArray found;
        for (int i = 0; i < 100 && found.isEmpty(); ++i) {
            client.write("x");
            found = client.read(1, 20);
        }
        QCOMPARE(client.response().status, 408);
        QVERIFY(client.isClosedByServer());
        QVERIFY(server->server()->accessLog().isEmpty());
    }

    void idleConnectionIsClosed()
    {
        ConnectionLimits limits;
        limits.idle = std::chrono::milliseconds(100);
        const auto server = serveWithin(limits);
        Client silent(server->port());
        QVERIFY(silent.isClosedByServer());
        Client once(server->port());
        once.write(getItem);
        QCOMPARE(once.response().status, 200);
        QVERIFY(once.isClosedByServer());
    }

    void silentClientMakesRoomForANewOne()
    {
        ConnectionLimits limits;
        limits.connections = 8;
        const auto server = serveWithin(limits);
        std::vector<std::unique_ptr<Client>> silent;
        for (int i = 0; i < 8; ++i) {
            silent.push_back(std::make_unique<Client>(server->port()));
            silent.back()->write("GET / HT");
        }
        for (int i = 0; i < 16; ++i) {
            Client client(server->port());
            client.write(getItem);
            QCOMPARE(client.response().status, 200);
        }
        QVERIFY(silent.front()->isClosedByServer());
    }

    void bodiesTogetherAreLimited()
    {
        ConnectionLimits limits;
        limits.incompleteBytes = 1000;
        const auto server = serveWithin(limits);
        const QByteArray begin = "PUT /items/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 700\r\n\r\n";
        Client first(server->port());
        first.write(begin + QByteArray(600, 'x'));
        Client other(server->port()); // served, so the first was read
        other.write(getItem);
        QCOMPARE(other.response().status, 200);
        other.write(begin + QByteArray(600, 'x'));
        QCOMPARE(other.response().status, 503);
        first.write(QByteArray(100, 'x'));
        QCOMPARE(first.response().body, "saved");
        Client again(server->port());
        again.write(begin + QByteArray(700, 'x'));
        QCOMPARE(again.response().body, "saved");
    }

    void answersThatAreNotTakenHoldUpTheirClientOnly()
    {
        ConnectionLimits limits;
        limits.unsentBytes = 1000;
        const auto server = serveWithin(limits);
        constexpr int requests = 40000; // more answers than the system's own buffers take
        QTcpSocket greedy;
        greedy.setReadBufferSize(1);
        greedy.connectToHost(QHostAddress::LocalHost, server->port());
        QVERIFY(greedy.waitForConnected(3000));
        greedy.write(getItem.repeated(requests));
        const auto handled = [&] { return int(server->server()->accessLogCount()); };
        QTRY_VERIFY(handled() > 0);
        for (int before = -1; before != handled();) {
            before = handled();
            greedy.waitForBytesWritten(50);
        }
        QVERIFY2(handled() < requests, "this many answers were taken by nobody");
        Client other(server->port());
        other.write(getItem);
        const auto answer = other.response();
        QCOMPARE(answer.status, 200);

        greedy.setReadBufferSize(0);
        const auto expected = requests * serialize(answer).size();
        qsizetype taken = 0;
        while (taken < expected && (greedy.bytesAvailable() > 0 || greedy.waitForReadyRead(3000)))
            taken += greedy.readAll().size();
        QCOMPARE(taken, expected);
        QCOMPARE(handled(), requests + 1);
    }

    void heldRequestHoldsNoOther()
    {
        const auto server = serveAnywhere();
        HoldAtServer hold;
        Recorder recorder(&hold);
        QTcpSocket watched;
        watched.connectToHost(QHostAddress::LocalHost, server->port());
        QVERIFY(watched.waitForConnected(3000));
        {
            const WatchedRequest request(server->watches(), watched.localPort(), recorder);
            watched.write(getItem);
            watched.flush();
            hold.waitUntilHeld();
            QVERIFY(request.isBeingHandled());
            Client other(server->port());
            other.write(getItem);
            QCOMPARE(other.response().status, 200);
            QVERIFY(!watched.waitForReadyRead(50));
            hold.release();
            QVERIFY(watched.waitForReadyRead(3000));
        }
        QVERIFY(watched.readAll().startsWith("HTTP/1.1 200 OK\r\n"));
        QVERIFY(recorder.size() > 0);
    }

    void nobodyElseIsRecorded()
    {
        const auto server = serveAnywhere();
        Recorder recorder;
        const WatchedRequest request(server->watches(), 1, recorder);
        Client client(server->port());
        client.write(getItem);
        QCOMPARE(client.response().status, 200);
        QCOMPARE(recorder.size(), 0);
        QVERIFY(!request.hasArrived());
    }

    void portIsTheWrittenOneOrAnError()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        const auto config = serverConfig("api", "http", "localhost", other.serverPort());
        const auto server = Server::create(config);
        SocketServer::Options options;
        options.portPolicy = PortPolicy::AsWritten;
        const auto refused = SocketServer::start(*server, options);
        QVERIFY(!refused.ok());
        QVERIFY(refused.error().sentence().contains(QString::number(other.serverPort())));

        options.portPolicy = PortPolicy::PreferWritten;
        const auto elsewhere = SocketServer::start(*server, options);
        QVERIFY(elsewhere.ok());
        QVERIFY(elsewhere.value()->port() != other.serverPort());
        QVERIFY(elsewhere.value()->notice().contains(QString::number(elsewhere.value()->port())));

        other.close();
        options.portPolicy = PortPolicy::AsWritten;
        const auto written = SocketServer::start(*server, options);
        QVERIFY(written.ok());
        QCOMPARE(written.value()->port(), config.port);
        QVERIFY(written.value()->notice().isEmpty());
    }

    void smallPortsAndOtherHostsAreMapped_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("port");
        QTest::newRow("port 80") << QByteArray("localhost") << 80;
        QTest::newRow("virtual name") << QByteArray("app.example.com") << 5000;
    }
    void smallPortsAndOtherHostsAreMapped()
    {
        QFETCH(QByteArray, host);
        QFETCH(int, port);
        SocketServer::Options options;
        options.portPolicy = PortPolicy::AsWritten;
        const auto server = serve(serverConfig("s", "http", host, quint16(port)), options);
        QVERIFY(server->port() >= 1024);
        QVERIFY(server->port() != port);
    }

    void onlyLoopbackListens()
    {
        const auto server = serveAnywhere();
        for (const auto& address : server->addresses())
            QVERIFY(address.isLoopback());
        QVERIFY(Client(server->port()).isConnected());
        int others = 0;
        for (const auto& address : QNetworkInterface::allAddresses()) {
            if (address.isLoopback())
                continue;
            ++others;
            QVERIFY2(!Client(server->port(), address).isConnected(), qPrintable(address.toString()));
        }
        if (others == 0)
            qInfo("this machine has no other address");
    }

    void localhostListensOnBothProtocols()
    {
        QTcpServer probe;
        if (!probe.listen(QHostAddress::LocalHostIPv6))
            QSKIP("no IPv6 on this machine");
        const auto server = serveAnywhere();
        Client client(server->port(), QHostAddress(QHostAddress::LocalHostIPv6));
        client.write(getItem);
        QCOMPARE(client.response().status, 200);
    }

    void clientsMayLeaveAtAnyTime()
    {
        const auto server = serveAnywhere();
        for (const auto& bytes : {QByteArray(), getItem.left(10), getItem, getItem.repeated(2)}) {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress::LocalHost, server->port());
            QVERIFY(socket.waitForConnected(3000));
            socket.write(bytes);
            socket.flush();
            socket.abort();
        }
        Client client(server->port());
        client.write(getItem);
        QCOMPARE(client.response().status, 200);
    }
};

QTEST_GUILESS_MAIN(TestSocketServer)
#include "tst_socketserver.moc"
