#include "tests/core/ManyDescriptors.h"
#include "tests/core/Servers.h"

#include "core/backend/SocketServer.h"

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>

#include <arpa/inet.h>
#include <csignal>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace corscope;
using namespace corscope::testing;

namespace {

/// Bare sockets, which cost this process nothing but descriptors: what grows is the server's.
class Crowd
{
public:
    Crowd(int size, quint16 port)
    {
        for (int i = 0; i < size; ++i) {
            const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
            sockaddr_in address{};
            address.sin_family = AF_INET;
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            address.sin_port = htons(port);
            (void)::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address);
            m_sockets.push_back(socket);
        }
        for (const int socket : m_sockets) { // who is not let in stays outside
            pollfd connected{socket, POLLOUT, 0};
            m_inside += ::poll(&connected, 1, m_inside == int(&socket - m_sockets.data()) ? 5000 : 0) == 1 && (connected.revents & POLLERR) == 0;
        }
    }
    ~Crowd()
    {
        for (const int socket : m_sockets)
            ::close(socket);
    }
    int inside() const { return m_inside; } ///< how many are connected

    /// Each sends what it can at once of these bytes, from where it stands, over and over. \returns bytes sent by all.
    qsizetype sendOn(const QByteArray& bytes, std::vector<qsizetype>& places, qsizetype atMost = 1 << 16)
    {
        qsizetype total = 0;
        places.resize(m_sockets.size());
        for (size_t i = 0; i < m_sockets.size(); ++i) {
            const auto from = places[i] % bytes.size();
            const auto n = ::send(m_sockets[i], bytes.data() + from, size_t(std::min(bytes.size() - from, atMost)), MSG_NOSIGNAL);
            if (n <= 0)
                continue;
            places[i] += n;
            total += n;
        }
        return total;
    }
    void readAll()
    {
        char bytes[1 << 16];
        for (const int socket : m_sockets)
            while (::recv(socket, bytes, sizeof bytes, 0) > 0) {}
    }

private:
    std::vector<int> m_sockets;
    int m_inside = 0;
};

const QByteArray getItem = "GET /items/1 HTTP/1.1\r\nHost: localhost\r\n\r\n";

SocketServer::Options with(PortPolicy policy, ParseLimits limits = {})
{
    SocketServer::Options options;
    options.portPolicy = policy;
    options.limits = limits;
    return options;
}

std::unique_ptr<SocketServer> serve(ParseLimits limits = {})
{
    const auto options = with(PortPolicy::Free, limits);
    return std::move(SocketServer::start(Server::create(serverConfig("api", "http", "localhost", 5000)).value(), options).value());
}

/// Someone who asks, waits for the answer, and asks again. \returns how many whole answers came.
int wellBehavedAnswers(quint16 port, int asked)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    if (!socket.waitForConnected(10000))
        return -1;
    int answered = 0;
    for (; answered < asked; ++answered) {
        socket.write(getItem);
        ResponseParser parser("GET");
        while (parser.state() == ParseState::NeedMore && socket.waitForReadyRead(10000))
            parser.feed(socket.readAll());
        if (parser.state() != ParseState::Complete || parser.message().status != 200)
            break;
    }
    return answered;
}

qint64 residentMegabytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE) >> 20 : 0;
}

int openDescriptors()
{
    return int(QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size());
}

#if defined(__SANITIZE_ADDRESS__)
constexpr bool memoryIsOurs = false; // what was freed is kept for a while
#else
constexpr bool memoryIsOurs = true;
#endif

} // namespace

/// What clients can do to the backend that do not mean well. Nothing here depends on how long anything takes; the long
/// runs with figures are those of tests/load/run.sh.
class TestLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        allowManyDescriptors();
        ::signal(SIGPIPE, SIG_IGN);
    }

    void aThousandIdleClientsAndTwoHundredBusyOnes()
    {
        const auto server = serve();
        (void)wellBehavedAnswers(server->port(), 1);
        const auto descriptors = openDescriptors();
        {
            Crowd idle(1000, server->port());
            Crowd busy(200, server->port());
            QCOMPARE(idle.inside(), 1000);
            QCOMPARE(busy.inside(), 200);
            std::vector<qsizetype> places;
            for (int round = 0; round < 3; ++round) {
                busy.sendOn(getItem, places);
                QCOMPARE(wellBehavedAnswers(server->port(), 20), 20);
                busy.readAll();
            }
            QCOMPARE(places, std::vector<qsizetype>(200, 3 * getItem.size()));
            QTRY_COMPARE(server->server()->accessLog().isEmpty(), false);
        }
        QTRY_VERIFY_WITH_TIMEOUT(openDescriptors() <= descriptors, 10000);
    }

    void slowSendersHoldNobodyUp()
    {
        const auto server = serve();
        Crowd slow(100, server->port());
        std::vector<qsizetype> places;
        for (int i = 0; i < int(getItem.size()); ++i) {
            QCOMPARE(slow.sendOn(getItem, places, 1), 100);
            if (i % 8 == 0)
                QCOMPARE(wellBehavedAnswers(server->port(), 3), 3);
        }
        const auto answered = [&] { return server->server()->accessLog().size(); };
        QTRY_VERIFY_WITH_TIMEOUT(answered() >= 100 + 3 * (getItem.size() / 8), 10000); // the slow ones too
    }

    void whatOneClientSendsIsBounded_data()
    {
        QTest::addColumn<QByteArray>("opening");
        QTest::addColumn<QByteArray>("forever");
        QTest::addColumn<qint64>("megabytes"); ///< that 20 of them may cost
        // 64 kB of header, 1 MB of body, and what is read ahead, twice.
        QTest::newRow("endless header") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n") << QByteArray("X: ") + QByteArray(1000, 'x') + "\r\n" << qint64(24);
        QTest::newRow("endless header line") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nX: ") << QByteArray(1000, 'x') << qint64(24);
        QTest::newRow("endless start line") << QByteArray("GET /") << QByteArray(1000, 'x') << qint64(24);
        QTest::newRow("endless body") << QByteArray("POST /items/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000000\r\n\r\n") << QByteArray(1 << 15, 'b') << qint64(64);
        QTest::newRow("endless chunks") << QByteArray("PUT /items/1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
                                        << QByteArray("8000\r\n" + QByteArray(0x8000, 'c') + "\r\n") << qint64(64);
        QTest::newRow("one endless chunk") << QByteArray("PUT /items/1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n")
                                           << QByteArray(1 << 15, 'c') << qint64(64);
        QTest::newRow("endless trailers") << QByteArray("PUT /items/1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")
                                          << QByteArray("X: ") + QByteArray(1000, 't') + "\r\n" << qint64(24);
        QTest::newRow("requests whose answers are not read") << QByteArray("") << getItem.repeated(500) << qint64(64);
        QTest::newRow("nothing but line ends") << QByteArray("") << QByteArray("\r\n").repeated(5000) << qint64(24);
    }
    void whatOneClientSendsIsBounded()
    {
        QFETCH(QByteArray, opening);
        QFETCH(QByteArray, forever);
        QFETCH(qint64, megabytes);
        const auto server = serve({64 * 1024, 1024 * 1024});
        (void)wellBehavedAnswers(server->port(), 1);
        const auto descriptors = openDescriptors();
        const auto before = residentMegabytes();
        auto most = before;
        {
            Crowd crowd(20, server->port());
            std::vector<qsizetype> places;
            if (!opening.isEmpty())
                crowd.sendOn(opening, places);
            places.clear();
            // Until nobody takes any more of it, or each has sent more than it could ever be allowed.
            int silentRounds = 0;
            qsizetype sent = 0;
            while (silentRounds < 5 && sent < qsizetype(20) * (3 << 20)) {
                const auto now = crowd.sendOn(forever, places);
                sent += now;
                silentRounds = now == 0 ? silentRounds + 1 : 0;
                if (now == 0)
                    std::this_thread::sleep_for(std::chrono::milliseconds(10));
                most = std::max(most, residentMegabytes());
            }
            QVERIFY(sent > qsizetype(20) * 60'000);
            QCOMPARE(wellBehavedAnswers(server->port(), 5), 5);
            most = std::max(most, residentMegabytes());
        }
        if (memoryIsOurs)
            QVERIFY2(most - before <= megabytes, qPrintable(QStringLiteral("grew by %1 MB").arg(most - before)));
        QTRY_VERIFY_WITH_TIMEOUT(openDescriptors() <= descriptors, 10000);
    }

    void noDescriptorsLeft()
    {
        QProcess program;
        program.setChildProcessModifier([] {
            const rlimit few{64, 64};
            ::setrlimit(RLIMIT_NOFILE, &few);
        });
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(QStringLiteral(CORSCOPE_BINARY_DIR "/app/corscope-cli"), {QStringLiteral("serve"), QStringLiteral("fastapi-no-middleware")});
        QByteArray said;
        while (!said.contains("Serving") && program.waitForReadyRead(10000))
            said += program.readAllStandardOutput();
        const auto port = said.mid(said.indexOf("on port ") + 8).left(6).trimmed().toUShort();
        QVERIFY2(port > 0, said.constData());
        for (int i = 0; i < 2; ++i) {
            Crowd crowd(150, port);
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, port);
        QVERIFY(socket.waitForConnected(3000));
        for (int i = 0; i < 20; ++i) {
            socket.write("GET /articles HTTP/1.1\r\nHost: localhost\r\n\r\n");
            ResponseParser parser("GET");
            while (parser.state() == ParseState::NeedMore && socket.waitForReadyRead(10000))
                parser.feed(socket.readAll());
            QVERIFY2(parser.state() == ParseState::Complete, "nobody is served any more");
        }
        QCOMPARE(program.state(), QProcess::Running);
        program.terminate();
        QVERIFY(program.waitForFinished());
    }

    void clientsThatGoAtAnyByteLeaveNothing()
    {
        const auto server = serve();
        (void)wellBehavedAnswers(server->port(), 1);
        server->server()->clearLogs();
        const auto descriptors = openDescriptors();
        const QByteArray request = "PUT /items/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
        for (qsizetype size = 0; size < request.size(); ++size) {
            for (const bool reset : {false, true}) {
                QTcpSocket socket;
                socket.connectToHost(QHostAddress::LocalHost, server->port());
                QVERIFY(socket.waitForConnected(3000));
                socket.write(request.first(size));
                socket.flush();
                const linger atOnce{1, 0};
                if (reset)
                    ::setsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
                socket.abort();
            }
        }
        QCOMPARE(wellBehavedAnswers(server->port(), 1), 1);
        QTRY_VERIFY_WITH_TIMEOUT(openDescriptors() <= descriptors, 10000);
        QCOMPARE(server->server()->accessLog().size(), 1); // a part of a request is none
        QVERIFY(server->server()->ledger().size() <= 1); // of the one request that was whole
    }

    void requestsArriveInAnyTwoPieces()
    {
        const auto server = serve();
        const QByteArray request = "PUT /items/1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, server->port());
        QVERIFY(socket.waitForConnected(3000));
        socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
        for (qsizetype size = 1; size < request.size(); ++size) {
            socket.write(request.first(size));
            socket.flush();
            std::this_thread::sleep_for(std::chrono::microseconds(200));
            socket.write(request.sliced(size));
            ResponseParser parser("PUT");
            while (parser.state() == ParseState::NeedMore && socket.waitForReadyRead(10000))
                parser.feed(socket.readAll());
            QVERIFY(parser.state() == ParseState::Complete);
            QCOMPARE(parser.message().body, "saved");
        }
        QCOMPARE(server->server()->ledger().size(), request.size() - 1);
    }

    void portThatIsTakenIsSaidInOneSentence()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        const auto taken = other.serverPort();
        const auto server = Server::create(serverConfig("api", "http", "localhost", taken)).value();
        const auto me = QStringLiteral("tst_load (process %1)").arg(QCoreApplication::applicationPid());
        const auto number = QString::number(taken);

        const auto refused = SocketServer::start(server, with(PortPolicy::AsWritten));
        QVERIFY(!refused.ok());
        const auto sentence = refused.error().sentence();
        QVERIFY2(sentence.contains(me) && sentence.contains(number), qPrintable(sentence));
        QVERIFY2(sentence.contains(QStringLiteral("port that is free")), qPrintable(sentence));

        const auto moved = SocketServer::start(server, with(PortPolicy::PreferWritten));
        QVERIFY(moved.ok());
        QCOMPARE(wellBehavedAnswers((*moved)->port(), 1), 1); // another one, which works
        const auto notice = (*moved)->notice();
        QVERIFY2(notice.contains(me) && notice.contains(number) && notice.contains(QString::number((*moved)->port())), qPrintable(notice));
        QVERIFY2(notice.contains(QStringLiteral("end that program")), qPrintable(notice));

        other.close(); // and the next start has its port
        QCOMPARE(SocketServer::start(server, with(PortPolicy::PreferWritten)).value()->notice(), QString());
    }

    void stoppedWhileClientsAreBusyAndStartedAgain()
    {
        auto config = serverConfig("api", "http", "localhost", 0);
        QTcpSocket finder; // a port that was free a moment ago
        QVERIFY(finder.bind(QHostAddress::LocalHost));
        config.port = finder.localPort();
        finder.close();
        const auto options = with(PortPolicy::AsWritten);
        const auto server = Server::create(config).value();
        for (int i = 0; i < 5; ++i) {
            auto started = SocketServer::start(server, options);
            QVERIFY2(started.ok(), started.ok() ? "" : qPrintable(started.error().sentence()));
            Crowd crowd(50, config.port);
            std::vector<qsizetype> places;
            crowd.sendOn(getItem.repeated(20), places);
            QCOMPARE(wellBehavedAnswers(config.port, 3), 3);
            started.value().reset(); // in the middle of the crowd's answers
        }
    }
};

QTEST_GUILESS_MAIN(TestLoad)
#include "tst_load.moc"
