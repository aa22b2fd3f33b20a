#include "tests/core/Servers.h"

#include "core/network/LiveBackend.h"
#include "core/network/SocketNetwork.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <thread>

using namespace corscope;
using namespace corscope::testing;
using namespace std::chrono_literals;

namespace {

/// A server that does to each connection, in turn, what it is told.
class OddServer
{
public:
    using Behaviour = std::function<void(QTcpSocket&)>;

    explicit OddServer(std::vector<Behaviour> behaviours)
    {
        m_thread = std::thread([this, behaviours = std::move(behaviours)] {
            QTcpServer server;
            server.listen(QHostAddress::LocalHost);
            m_port = server.serverPort();
            for (const auto& behaviour : behaviours) {
                if (!server.waitForNewConnection(3000))
                    return;
                std::unique_ptr<QTcpSocket> socket(server.nextPendingConnection());
                ++m_connections;
                behaviour(*socket);
            }
        });
        while (m_port == 0)
            std::this_thread::sleep_for(1ms);
    }
    ~OddServer() { m_thread.join(); }

    quint16 port() const { return m_port; }
    int connections() const { return m_connections; }

    static QByteArray readRequest(QTcpSocket& socket)
    {
        RequestParser parser;
        while (parser.state() == ParseState::NeedMore && socket.waitForReadyRead(3000))
            parser.feed(socket.readAll());
        return parser.message().target;
    }
    static void say(QTcpSocket& socket, const QByteArray& bytes)
    {
        socket.write(bytes);
        while (socket.bytesToWrite() > 0 && socket.waitForBytesWritten(3000)) {}
    }
    static Behaviour answering(const QByteArray& bytes)
    {
        return [bytes](QTcpSocket& socket) {
            readRequest(socket);
            say(socket, bytes);
        };
    }

private:
    std::atomic<quint16> m_port = 0;
    std::atomic<int> m_connections = 0;
    std::thread m_thread;
};

/// A network on which `http://odd.example/` leads to that port.
struct OddNetwork
{
    explicit OddNetwork(quint16 port, Milliseconds timeout = 3s) : network(names, {{}, timeout})
    {
        names.add("http", "odd.example", 80, {"http", QHostAddress(QHostAddress::LocalHost), port, nullptr, nullptr});
    }
    Result<ResponseMessage, NetworkFailure> get(Recorder& recorder = Recorder::silent())
    {
        const auto target = url("http://odd.example/");
        return network.send(target, request(target), WireMessage::Kind::Request, recorder);
    }
    Why why()
    {
        const auto result = get();
        return result.ok() ? Why::InvalidRequest : result.error().why;
    }
    NameMap names;
    SocketNetwork network;
};

const QByteArray okay = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

std::unique_ptr<LiveBackend> live(const std::vector<ServerConfig>& configs, const QString& directory = {})
{
    auto started = LiveBackend::start(backendOf(configs), {PortPolicy::Free, [] { return Clock::start; }, directory});
    if (!started)
        qFatal("%s", qPrintable(started.error().sentence()));
    return std::move(started.value());
}

/// Holds the run at the first step inside a server.
class Hold : public StepListener
{
public:
    void laneAdded(const Lane&) override {}
    void stepRecorded(const std::shared_ptr<const Step>& step) override
    {
        std::unique_lock lock(m_mutex);
        if (step->at.algorithm == Algorithm::Wire)
            return;
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

class TestSocketNetwork : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_directory;

private Q_SLOTS:
    void responseArrivesByteForByte()
    {
        const QByteArray bytes = "HTTP/1.1 299 Odd  Reason\r\nZ: 1\r\na: 2\r\nZ: 3\r\nContent-Length: 2\r\n\r\nok";
        OddServer server({OddServer::answering(bytes)});
        const auto response = OddNetwork(server.port()).get();
        QVERIFY(response.ok());
        QCOMPARE(serialize(*response), bytes);
    }

    void requestArrivesByteForByte()
    {
        QByteArray seen;
        OddServer server({[&](QTcpSocket& socket) {
            while (!seen.endsWith("\r\n\r\n") && socket.waitForReadyRead(3000))
                seen += socket.readAll();
            OddServer::say(socket, okay);
        }});
        const auto target = url("http://odd.example/");
        QVERIFY(OddNetwork(server.port()).get().ok());
        QCOMPARE(seen, serialize(request(target)));
    }

    void failuresAreTyped_data()
    {
        using Behaviour = OddServer::Behaviour;
        QTest::addColumn<Behaviour>("behaviour");
        QTest::addColumn<Why>("why");
        QTest::newRow("closes at once") << Behaviour([](QTcpSocket& s) { OddServer::readRequest(s); }) << Why::ConnectionClosed;
        QTest::newRow("closes in the header") << OddServer::answering("HTTP/1.1 200 OK\r\nconte") << Why::ConnectionClosed;
        QTest::newRow("resets") << Behaviour([](QTcpSocket& s) {
            OddServer::readRequest(s);
            const linger hard{1, 0};
            ::setsockopt(int(s.socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        }) << Why::ConnectionReset;
        QTest::newRow("speaks something else") << OddServer::answering("220 mail ready\r\n") << Why::MalformedResponse;
        QTest::newRow("bad header") << OddServer::answering("HTTP/1.1 200 OK\r\nno colon\r\n\r\n") << Why::MalformedResponse;
    }
    void failuresAreTyped()
    {
        QFETCH(OddServer::Behaviour, behaviour);
        QFETCH(Why, why);
        OddServer server({behaviour});
        QCOMPARE(OddNetwork(server.port()).why(), why);
    }

    void responseWithABrokenBodyIsAResponse()
    {
        OddServer server({OddServer::answering("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf")});
        const auto response = OddNetwork(server.port()).get();
        QVERIFY(response.ok());
        QCOMPARE(response->body, "half");
        QCOMPARE(bodyErrorId(response->bodyError), "closed");
    }

    void bodyWithoutLengthRunsUntilTheEnd()
    {
        OddServer server({OddServer::answering("HTTP/1.1 200 OK\r\n\r\nuntil the end")});
        const auto response = OddNetwork(server.port()).get();
        QVERIFY(response.ok());
        QCOMPARE(response->body, "until the end");
    }

    void bothDirectionsGoOnAtTheSameTime_data()
    {
        QTest::addColumn<bool>("readsAll");
        QTest::newRow("an interim answer before the body is read") << true;
        QTest::newRow("the answer, and nothing more is read") << false;
    }
    void bothDirectionsGoOnAtTheSameTime()
    {
        QFETCH(bool, readsAll);
        const QByteArray body(8 << 20, 'x'); // more than the system takes on its own
        OddServer server({[&](QTcpSocket& socket) {
            socket.waitForReadyRead(3000);
            if (readsAll) {
                OddServer::say(socket, "HTTP/1.1 100 Continue\r\n\r\n");
                OddServer::readRequest(socket);
            }
            OddServer::say(socket, okay);
            socket.waitForDisconnected(300);
        }});
        OddNetwork odd(server.port());
        const auto target = url("http://odd.example/");
        const auto response = odd.network.send(target, request(target, "PUT", body), WireMessage::Kind::Request,
                                               Recorder::silent());
        QVERIFY(response.ok());
        QCOMPARE(response->body, "ok");
        QCOMPARE(response->bodyError, BodyError::None);
    }

    void refusedPortIsRefused()
    {
        quint16 port = 0;
        {
            QTcpServer server;
            QVERIFY(server.listen(QHostAddress::LocalHost));
            port = server.serverPort();
        }
        const auto result = OddNetwork(port).get();
        QVERIFY(!result.ok());
        QVERIFY(result.error() == (NetworkFailure{Why::ConnectionRefused, "odd.example:80", false}));
    }

    void silentServerTimesOut()
    {
        OddServer server({[](QTcpSocket& s) { s.waitForDisconnected(3000); }});
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(OddNetwork(server.port(), 200ms).why(), Why::TimedOut);
        QVERIFY(timer.elapsed() >= 200);
        QVERIFY(timer.elapsed() < 2000);
    }

    void abortFromAnotherThreadEndsTheWait()
    {
        OddServer server({[](QTcpSocket& s) { s.waitForDisconnected(3000); }});
        OddNetwork odd(server.port());
        QElapsedTimer timer;
        timer.start();
        std::thread aborter([&] {
            std::this_thread::sleep_for(100ms);
            odd.network.abort();
        });
        QCOMPARE(odd.why(), Why::Aborted);
        aborter.join();
        QVERIFY(timer.elapsed() < 1000);
        QCOMPARE(odd.why(), Why::Aborted);
        odd.network.resume();
        QVERIFY(!odd.network.isAborted());
    }

    void connectionIsUsedAgain()
    {
        OddServer server({[](QTcpSocket& socket) {
            for (int i = 0; i < 32; ++i) {
                OddServer::readRequest(socket);
                OddServer::say(socket, okay);
            }
        }});
        OddNetwork odd(server.port());
        for (int i = 0; i < 32; ++i)
            QVERIFY(odd.get().ok());
        QCOMPARE(server.connections(), 1);
    }

    void connectionIsNotUsedAgain_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("the server says close") << QByteArray("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
        QTest::newRow("HTTP/1.0") << QByteArray("HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n");
        QTest::newRow("bytes nobody asked for") << QByteArray(okay + "HTTP/1.1 500 Poison\r\n\r\n");
    }
    void connectionIsNotUsedAgain()
    {
        QFETCH(QByteArray, bytes);
        const OddServer::Behaviour stay = [bytes](QTcpSocket& socket) {
            OddServer::answering(bytes)(socket);
            socket.waitForDisconnected(200);
        };
        OddServer server({stay, stay});
        OddNetwork odd(server.port());
        QCOMPARE(odd.get()->status, 200);
        QCOMPARE(odd.get()->status, 200);
        QCOMPARE(server.connections(), 2);
    }

    void idleConnectionThatWasClosedIsReplaced_data()
    {
        QTest::addColumn<bool>("atTheLastMoment");
        QTest::newRow("long before") << false;
        QTest::newRow("when the next request comes") << true;
    }
    void idleConnectionThatWasClosedIsReplaced()
    {
        QFETCH(bool, atTheLastMoment);
        OddServer server({[=](QTcpSocket& socket) {
                              OddServer::answering(okay)(socket);
                              if (atTheLastMoment)
                                  OddServer::readRequest(socket);
                          },
                          OddServer::answering(okay)});
        OddNetwork odd(server.port());
        QVERIFY(odd.get().ok());
        if (!atTheLastMoment)
            std::this_thread::sleep_for(50ms);
        Recorder recorder;
        QVERIFY(odd.get(recorder).ok());
        QCOMPARE(server.connections(), 2);
        const auto trace = recorder.take();
        QCOMPARE(std::count_if(trace.steps.begin(), trace.steps.end(),
                               [](const auto& s) { return s->at.step == "request"; }), 1);
    }

    void freshConnectionIsNotTriedTwice()
    {
        OddServer server({[](QTcpSocket& s) { OddServer::readRequest(s); }});
        OddNetwork odd(server.port());
        QCOMPARE(odd.why(), Why::ConnectionClosed);
        QCOMPARE(server.connections(), 1);
    }

    void ownAuthorityIsTrustedAndNoOther()
    {
        const auto backend = live({serverConfig("s", "https", "app.example.com", 443)}, m_directory.path());
        const auto target = url("https://app.example.com/items/1");
        SocketNetwork trusting(backend->names(), {backend->trusted(), 3s});
        const auto response = trusting.send(target, request(target), WireMessage::Kind::Request, Recorder::silent());
        QVERIFY(response.ok());
        QCOMPARE(response->body, "{\"item\":\"pen\"}");

        QTemporaryDir otherDirectory;
        const auto other = CertificateAuthority::open(otherDirectory.path());
        for (const auto& trusted : {QList<QSslCertificate>(), QList<QSslCertificate>{other.value()->certificate()}}) {
            SocketNetwork wary(backend->names(), {trusted, 3s});
            const auto refused = wary.send(target, request(target), WireMessage::Kind::Request, Recorder::silent());
            QVERIFY(!refused.ok());
            QCOMPARE(refused.error().why, Why::TlsFailure);
            QVERIFY(!refused.error().detail.isEmpty());
            QVERIFY(!refused.error().requestSent);
        }
        QCOMPARE(backend->servers().front()->server()->accessLog().size(), 1);
    }

    void certificateOfAnotherHostIsRefused()
    {
        const auto backend = live({serverConfig("s", "https", "app.example.com", 443)}, m_directory.path());
        NameMap names;
        const auto endpoint = backend->names().find(url("https://app.example.com/"));
        names.add("https", "evil.example.com", 443, *endpoint);
        SocketNetwork network(names, {backend->trusted(), 3s});
        const auto target = url("https://evil.example.com/items/1");
        const auto refused = network.send(target, request(target), WireMessage::Kind::Request, Recorder::silent());
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().why, Why::TlsFailure);
    }

    void addressesHaveCertificatesToo()
    {
        const auto backend = live({serverConfig("four", "https", "127.0.0.1", 8443)}, m_directory.path());
        const auto target = url("https://127.0.0.1:8443/items/1");
        SocketNetwork network(backend->names(), {backend->trusted(), 3s});
        QVERIFY(network.send(target, request(target), WireMessage::Kind::Request, Recorder::silent()).ok());
    }

    void stepsOfTheServerAreRecorded()
    {
        const auto backend = live({serverConfig("api", "http", "localhost", 5000)});
        SocketNetwork network(backend->names(), {{}, 3s});
        Recorder recorder;
        const auto target = url("http://localhost:5000/items/1");
        QVERIFY(network.send(target, request(target), WireMessage::Kind::Request, recorder).ok());
        const auto trace = recorder.take();
        QVERIFY(std::any_of(trace.steps.begin(), trace.steps.end(),
                            [&](const auto& s) { return trace.lanes[size_t(s->lane)].server == "api"; }));
        QCOMPARE(trace.steps.front()->at.algorithm, Algorithm::Wire);
        QCOMPARE(trace.steps.back()->label, "200 OK");
    }

    void heldRunDoesNotTimeOut()
    {
        const auto backend = live({serverConfig("api", "http", "localhost", 5000)});
        SocketNetwork network(backend->names(), {{}, 200ms});
        Hold hold;
        Recorder recorder(&hold);
        std::thread releaser([&] {
            hold.waitUntilHeld();
            std::this_thread::sleep_for(600ms);
            hold.release();
        });
        const auto target = url("http://localhost:5000/items/1");
        const auto result = network.send(target, request(target), WireMessage::Kind::Request, recorder);
        releaser.join();
        QVERIFY(result.ok());
    }

    void abortOfAHeldRunLeavesAWholeTrace()
    {
        const auto backend = live({serverConfig("api", "http", "localhost", 5000)});
        SocketNetwork network(backend->names(), {{}, 3s});
        Hold hold;
        Recorder recorder(&hold);
        std::thread aborter([&] {
            hold.waitUntilHeld();
            network.abort();
            std::this_thread::sleep_for(100ms);
            hold.release();
        });
        const auto target = url("http://localhost:5000/items/1");
        const auto result = network.send(target, request(target), WireMessage::Kind::Request, recorder);
        aborter.join();
        QVERIFY(!result.ok());
        QCOMPARE(result.error().why, Why::Aborted);
        const auto trace = recorder.take();
        QCOMPARE(trace.steps.back()->at.step, "failure");
        QCOMPARE(trace.steps.back()->depth, 1);
    }

    void threadsHandConnectionsToEachOther_data()
    {
        QTest::addColumn<QByteArray>("scheme");
        QTest::newRow("plain") << QByteArray("http");
        QTest::newRow("TLS") << QByteArray("https");
    }
    void threadsHandConnectionsToEachOther()
    {
        QFETCH(QByteArray, scheme);
        const auto backend = live({serverConfig("s", scheme, "app.example.com", 8443)}, m_directory.path());
        SocketNetwork network(backend->names(), {backend->trusted(), 3s});
        const auto target = url(QByteArray(scheme + "://app.example.com:8443/items/1"));
        for (int i = 0; i < 4; ++i) {
            bool good = false;
            std::thread([&] {
                good = network.send(target, request(target), WireMessage::Kind::Request, Recorder::silent()).ok();
            }).join();
            QVERIFY(good);
        }
        network.closeIdleConnections();
        QVERIFY(network.send(target, request(target), WireMessage::Kind::Request, Recorder::silent()).ok());
    }

    void anyThreadMaySend()
    {
        const auto backend = live({serverConfig("api", "http", "localhost", 5000)});
        SocketNetwork network(backend->names(), {{}, 3s});
        const auto target = url("http://localhost:5000/items/1");
        std::atomic<int> good = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int j = 0; j < 10; ++j)
                    good += network.send(target, request(target), WireMessage::Kind::Request, Recorder::silent()).ok();
            });
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(good.load(), 40);
    }
};

QTEST_GUILESS_MAIN(TestSocketNetwork)
#include "tst_socketnetwork.moc"
