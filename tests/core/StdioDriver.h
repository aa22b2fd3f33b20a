#pragma once

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

/// For tests of `corscope-cli stdio`: the program at the other end of two pipes, and servers that answer as told.
namespace corscope::testing {

/// A server that answers each request, connection by connection at the same time, with the bytes a function gives.
class ByteServer
{
public:
    struct Answer
    {
        QByteArray bytes;
        int delay = 0;           ///< milliseconds before them
        bool thenClose = false;
        int hold = 0;            ///< milliseconds before the close
    };
    using Handler = std::function<Answer(const QByteArray& head, const QByteArray& body)>;

    explicit ByteServer(Handler handler, const QHostAddress& address = QHostAddress::LocalHost) : m_handler(std::move(handler))
    {
        m_accepting = std::thread([this, address] {
            QTcpServer server;
            server.listen(address);
            m_port = server.serverPort();
            while (!m_stop) {
                if (!server.waitForNewConnection(20))
                    continue;
                while (auto* socket = server.nextPendingConnection()) {
                    ++m_connections;
                    socket->setParent(nullptr);
                    socket->moveToThread(nullptr);
                    m_serving.emplace_back([this, socket] { serve(std::unique_ptr<QTcpSocket>(socket)); });
                }
            }
        });
        while (m_port == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ~ByteServer()
    {
        m_stop = true;
        m_accepting.join();
        for (auto& thread : m_serving)
            thread.join();
    }

    QString url(const QString& path, const QString& host = QStringLiteral("api.test")) const
    {
        return QStringLiteral("http://%1:%2%3").arg(host).arg(m_port).arg(path);
    }
    quint16 port() const { return m_port; }
    int connections() const { return m_connections; }
    /// The heads of all requests so far.
    QList<QByteArray> heads() const
    {
        const std::lock_guard lock(m_mutex);
        return m_heads;
    }

private:
    void serve(std::unique_ptr<QTcpSocket> socket)
    {
        socket->moveToThread(QThread::currentThread());
        QByteArray bytes;
        while (!m_stop && socket->state() == QAbstractSocket::ConnectedState) {
            socket->waitForReadyRead(20);
            bytes += socket->readAll();
            const auto end = bytes.indexOf("\r\n\r\n");
            if (end < 0)
                continue;
            const auto head = bytes.first(end + 2);
            qsizetype length = 0;
            if (const auto at = head.toLower().indexOf("\r\ncontent-length:"); at >= 0)
                length = head.mid(at + 17, head.indexOf("\r\n", at + 2) - at - 17).trimmed().toLongLong();
            if (bytes.size() < end + 4 + length)
                continue;
            const auto body = bytes.mid(end + 4, length);
            bytes.remove(0, end + 4 + length);
            {
                const std::lock_guard lock(m_mutex);
                m_heads.append(head);
            }
            const auto answer = m_handler(head, body);
            rest(answer.delay);
            socket->write(answer.bytes);
            while (socket->bytesToWrite() > 0 && socket->waitForBytesWritten(1000)) {}
            rest(answer.hold);
            if (answer.thenClose)
                return;
        }
    }
    void rest(int milliseconds) const
    {
        for (QElapsedTimer timer = started(); timer.elapsed() < milliseconds && !m_stop;)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    static QElapsedTimer started()
    {
        QElapsedTimer timer;
        timer.start();
        return timer;
    }

    Handler m_handler;
    std::atomic<bool> m_stop = false;
    std::atomic<quint16> m_port = 0;
    std::atomic<int> m_connections = 0;
    mutable std::mutex m_mutex;
    QList<QByteArray> m_heads;
    std::thread m_accepting;
    std::vector<std::thread> m_serving;
};

/// The program as a caller sees it.
class StdioProgram
{
public:
    StdioProgram()
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(CORSCOPE_BINARY_DIR "/app/corscope-cli"), {QStringLiteral("stdio")});
        if (!m_process.waitForStarted())
            qFatal("corscope-cli does not start");
    }
    ~StdioProgram()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished();
    }

    void write(const QByteArray& line) { m_process.write(line + '\n'); }
    int send(const char* cmd, QJsonObject message = {})
    {
        message[QStringLiteral("id")] = ++m_last;
        message[QStringLiteral("cmd")] = QString::fromLatin1(cmd);
        write(QJsonDocument(message).toJson(QJsonDocument::Compact));
        return m_last;
    }
    /// The reply to that message, whatever came before it.
    QJsonObject reply(int id, int patience = 10000)
    {
        QElapsedTimer timer;
        timer.start();
        while (m_replies.count(id) == 0) {
            if (!m_process.canReadLine() && !m_process.waitForReadyRead(std::max<int>(1, patience - int(timer.elapsed()))))
                return {};
            while (m_process.canReadLine())
                take(m_process.readLine());
        }
        return m_replies[id];
    }
    QJsonObject result(int id) { return reply(id)[QStringLiteral("result")].toObject(); }
    QJsonObject call(const char* cmd, const QJsonObject& message = {}) { return result(send(cmd, message)); }
    QString fault(int id) { return reply(id)[QStringLiteral("fault")][QStringLiteral("message")].toString(); }
    /// The next line that is no reply to a known id.
    QJsonObject stray() { return reply(0); }
    /// Ids in the order in which they were answered.
    const QList<int>& order() const { return m_order; }

    void configure()
    {
        call("configure", {{QStringLiteral("hosts"), QJsonArray{QJsonValue(QJsonArray{QStringLiteral("*.test"), QStringLiteral("127.0.0.1")})}}});
    }
    static QJsonObject client(const QString& origin = QStringLiteral("http://app.test:3000"))
    {
        return {{QStringLiteral("origin"), origin}, {QStringLiteral("url"), QString(origin + QStringLiteral("/page.html"))}};
    }
    static QJsonObject request(const QString& url, const QJsonObject& more = {})
    {
        QJsonObject request{{QStringLiteral("client"), client()}, {QStringLiteral("url"), url}, {QStringLiteral("method"), QStringLiteral("GET")},
                            {QStringLiteral("mode"), QStringLiteral("cors")}, {QStringLiteral("credentials"), QStringLiteral("same-origin")}};
        for (auto it = more.begin(); it != more.end(); ++it)
            request[it.key()] = it.value();
        return request;
    }
    int sendFetch(const QString& url, const QJsonObject& more = {})
    {
        return send("fetch", {{QStringLiteral("request"), request(url, more)}});
    }
    QJsonObject fetch(const QString& url, const QJsonObject& more = {}) { return result(sendFetch(url, more)); }

    /// Ends standard input; the exit code, or -1 where the program goes on.
    int end(int patience = 15000)
    {
        m_process.closeWriteChannel();
        const bool ended = m_process.waitForFinished(patience);
        for (const auto& line : m_process.readAllStandardOutput().split('\n'))
            if (!line.isEmpty())
                take(line);
        return ended && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }

private:
    void take(const QByteArray& line)
    {
        const auto object = QJsonDocument::fromJson(line).object();
        if (object.isEmpty())
            qFatal("not a JSON line: %s", line.constData());
        const int id = object[QStringLiteral("id")].toInt(0);
        if (m_replies.count(id) != 0 && id != 0)
            qFatal("answered twice: %d", id);
        m_replies[id] = object;
        m_order.append(id);
    }

    QProcess m_process;
    int m_last = 0;
    std::map<int, QJsonObject> m_replies;
    QList<int> m_order;
};

} // namespace corscope::testing
