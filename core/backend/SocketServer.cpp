#include "core/backend/SocketServer.h"

#include "core/backend/FinishResponse.h"
#include "core/backend/HttpConnection.h"
#include "core/backend/PortUser.h"
#include "core/backend/transport/DescriptorTransport.h"
#include "core/backend/transport/SocketTransport.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>
#include <QPointer>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QTimer>

namespace corscope {

namespace {

/// Clients that have connected and are not accepted yet; a thousand may come at once.
constexpr int backlog = 1024;
/// After the system had no descriptor left.
constexpr std::chrono::milliseconds acceptAgain{100};

class Listener final : public QTcpServer
{
public:
    Listener(std::function<void(qintptr)> accept, QObject* parent) : QTcpServer(parent), m_accept(std::move(accept))
    {
        setListenBacklogSize(backlog);
    }

protected:
    void incomingConnection(qintptr descriptor) override { m_accept(descriptor); }

private:
    std::function<void(qintptr)> m_accept;
};

/// Where a server of that host name listens; the first is always possible, the others only where IPv6 is.
QList<QHostAddress> addressesFor(const QByteArray& host)
{
    const QHostAddress literal(QString::fromLatin1(host));
    if (literal.protocol() == QAbstractSocket::IPv4Protocol && literal.isLoopback())
        return {literal};
    if (host == "localhost" || host == "[::1]")
        return {QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)};
    return {QHostAddress(QHostAddress::LocalHost)};
}

bool isThisMachine(const QByteArray& host)
{
    return host == "localhost" || host.endsWith(".localhost") || host == "[::1]"
        || QHostAddress(QString::fromLatin1(host)).isLoopback();
}

} // namespace

/// Lives in the server's thread, owns everything that must.
class SocketServer::Worker final : public QObject
{
public:
    explicit Worker(SocketServer& owner) : m_owner(owner) {}

    /// \param port 0 for any that is free at all addresses. \returns whether it listens.
    bool listen(const QList<QHostAddress>& addresses, quint16 port)
    {
        for (int attempt = 0; attempt < (port == 0 ? 16 : 1); ++attempt)
            if (listenOnce(addresses, port))
                return true;
        return false;
    }

    void stop()
    {
        // Connections first: they must not tell a worker that is half gone.
        m_connections.reset();
        qDeleteAll(m_listeners);
        m_listeners.clear();
#ifdef Q_OS_LINUX
        m_events.reset();
#endif
    }

    std::vector<Listener*> m_listeners;

private:
    bool listenOnce(const QList<QHostAddress>& addresses, quint16 port)
    {
        for (const auto& address : addresses) {
            auto listener = std::make_unique<Listener>([this](qintptr descriptor) { accept(descriptor); }, this);
            connect(listener.get(), &QTcpServer::acceptError, this, [this, from = listener.get()] { makeRoom(*from); });
            const bool isFirst = m_listeners.empty();
            if (listener->listen(address, isFirst ? port : m_listeners.front()->serverPort())) {
                m_listeners.push_back(listener.release());
            } else if (isFirst || listener->serverError() == QAbstractSocket::AddressInUseError) {
                qDeleteAll(m_listeners);
                m_listeners.clear();
                return false;
            }
        }
        return true;
    }

    void accept(qintptr descriptor)
    {
        if (!m_connections)
            m_connections = std::make_unique<ConnectionSet>(
                m_owner.m_options.limits, m_owner.m_options.connections,
                [this](HttpConnection& from, const RequestMessage& request) { handle(from, request); });
        if (auto transport = transportTo(descriptor))
            m_connections->add(std::move(transport));
    }

    std::unique_ptr<Transport> transportTo(qintptr descriptor)
    {
        const auto& credentials = m_owner.m_options.credentials;
#ifdef Q_OS_LINUX
        if (!credentials) {
            if (!m_events)
                m_events = std::make_unique<DescriptorEvents>();
            return std::make_unique<DescriptorTransport>(int(descriptor), *m_events);
        }
#endif
        auto socket = credentials ? std::unique_ptr<QTcpSocket>(new QSslSocket) : std::make_unique<QTcpSocket>();
        if (!socket->setSocketDescriptor(descriptor))
            return nullptr;
        if (auto* tls = qobject_cast<QSslSocket*>(socket.get())) {
            QSslConfiguration configuration;
            configuration.setLocalCertificate(credentials->certificate);
            configuration.setPrivateKey(credentials->key);
            configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
            tls->setSslConfiguration(configuration);
            tls->startServerEncryption();
        }
        return std::make_unique<SocketTransport>(std::move(socket));
    }

    /// The system has no descriptor left for another client, and Qt has stopped to accept any.
    void makeRoom(Listener& listener)
    {
        if (m_connections)
            m_connections->shrink();
        QTimer::singleShot(acceptAgain, &listener, &QTcpServer::resumeAccepting);
    }

    void handle(HttpConnection& from, const RequestMessage& request)
    {
        const auto watch = m_owner.m_watches->begin(from.clientPort());
        if (!watch) {
            auto [response, fault] = answerTo(request, Recorder::silent());
            from.answer(std::move(response), fault);
            return;
        }
        // A watched request may be held at any step; the other clients go on.
        m_owner.m_watched.start([this, watch, request, connection = QPointer(&from)] {
            const auto [response, fault] = answerTo(request, watch->recorder());
            watch->setFault(fault);
            m_owner.m_watches->end(watch);
            // The simulated browser's time is virtual: it is told of a delay, and nobody waits.
            QMetaObject::invokeMethod(this, [connection, response = response, kind = fault.kind] {
                if (connection)
                    connection->answer(response, {kind});
            }, Qt::QueuedConnection);
        });
    }

    std::pair<ResponseMessage, Fault> answerTo(const RequestMessage& request, Recorder& recorder) const
    {
        const auto now = m_owner.m_options.now();
        auto [response, handlerRan, effects, fault] = m_owner.m_server->handle(request, now, recorder);
        finishResponse(request, response, now);
        announceBrokenBody(fault.kind, request, response);
        return {std::move(response), fault};
    }

    // Made in the server's thread, and destroyed there.
    SocketServer& m_owner;
#ifdef Q_OS_LINUX
    std::unique_ptr<DescriptorEvents> m_events;
#endif
    std::unique_ptr<ConnectionSet> m_connections;
};

SocketServer::SocketServer(std::shared_ptr<Server> server, Options options)
    : m_server(std::move(server)), m_options(std::move(options)), m_worker(std::make_unique<Worker>(*this))
{
    m_watched.setMaxThreadCount(64); // each may be held; a browser sends one request at a time
    m_thread.setObjectName(QStringLiteral("mock server"));
    m_worker->moveToThread(&m_thread);
    m_thread.start();
}

SocketServer::~SocketServer()
{
    m_watched.waitForDone();
    QMetaObject::invokeMethod(m_worker.get(), [this] { m_worker->stop(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

Result<std::unique_ptr<SocketServer>> SocketServer::start(std::shared_ptr<Server> server, Options options)
{
    std::unique_ptr<SocketServer> started(new SocketServer(std::move(server), std::move(options)));
    if (const auto listening = started->listen(); !listening)
        return listening.error();
    return started;
}

Result<Done> SocketServer::listen()
{
    const auto config = m_server->config();
    const auto host = ascii::lowered(config.host);
    const auto where = QString::fromUtf8(config.host + ':' + QByteArray::number(config.port));
    if (config.scheme == "https" && !m_options.credentials)
        return InputError{where, QCoreApplication::translate("SocketServer", "a certificate for https"), {}};

    const auto addresses = addressesFor(host);
    const bool wanted = m_options.portPolicy != PortPolicy::Free && config.port >= 1024 && isThisMachine(host);
    bool listening = false;
    QMetaObject::invokeMethod(m_worker.get(), [&] {
        listening = m_worker->listen(addresses, wanted ? config.port : 0)
            || (m_options.portPolicy == PortPolicy::PreferWritten && m_worker->listen(addresses, 0));
        for (const auto* listener : m_worker->m_listeners)
            m_addresses.append(listener->serverAddress());
        if (listening)
            m_port = m_worker->m_listeners.front()->serverPort();
    }, Qt::BlockingQueuedConnection);

    if (listening && (!wanted || m_port == config.port))
        return Done{};
    const auto known = portUser(config.port);
    const auto user = known.isEmpty() ? QCoreApplication::translate("SocketServer", "another program") : known;
    if (!listening)
        return InputError{where,
                          QCoreApplication::translate("SocketServer", "a port that is free (another can be chosen)"),
                          QCoreApplication::translate("SocketServer", "port %1, which %2 uses").arg(QString::number(config.port), user)};
    m_notice = QCoreApplication::translate("SocketServer", "%1 is in use by %2; the sandbox answers on port %3 instead. "
                                                           "To have it there, end that program and start again.")
                   .arg(where, user, QString::number(m_port));
    return Done{};
}

} // namespace corscope
