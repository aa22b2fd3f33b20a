#include "core/network/LiveBackend.h"

#include "core/base/Ascii.h"

namespace corscope {

namespace {

QString shellQuoted(QString text)
{
    return QLatin1Char('\'') + text.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

/// The address a browser would try for that name, of those where the server listens.
QHostAddress addressOf(const QByteArray& host, const SocketServer& server)
{
    const QHostAddress six(QHostAddress::LocalHostIPv6);
    return host == "[::1]" && server.addresses().contains(six) ? six : server.addresses().first();
}

} // namespace

Result<std::unique_ptr<LiveBackend>> LiveBackend::start(std::shared_ptr<Backend> backend, const Options& options)
{
    std::unique_ptr<LiveBackend> live(new LiveBackend);
    live->m_backend = std::move(backend);
    live->m_options = options;
    for (const auto& server : live->m_backend->servers()) {
        Endpoint endpoint;
        auto started = live->listen(server, endpoint);
        if (!started)
            return started.error();
        const auto config = server->config();
        live->m_names.add(config.scheme, config.host, config.port, endpoint);
        live->m_servers.push_back(std::move(started.value()));
        live->m_origins.push_back(config.origin());
    }
    live->m_names.setUpdate([live = live.get()] { live->follow(); });
    return live;
}

Result<std::unique_ptr<SocketServer>> LiveBackend::listen(const std::shared_ptr<Server>& server, Endpoint& endpoint)
{
    const auto config = server->config();
    SocketServer::Options options;
    options.portPolicy = m_options.portPolicy;
    options.now = m_options.now;
    if (config.scheme == "https") {
        if (!m_authority) {
            auto authority = CertificateAuthority::open(m_options.authorityDirectory);
            if (!authority)
                return authority.error();
            m_authority = *authority;
        }
        auto credentials = m_authority->issue(config.host);
        if (!credentials)
            return credentials.error();
        options.credentials = *credentials;
    }
    auto started = SocketServer::start(server, std::move(options));
    if (!started)
        return started;
    const auto& listener = *started.value();
    endpoint = {config.scheme, addressOf(ascii::lowered(config.host), listener), listener.port(), server,
                listener.watches()};
    return started;
}

/// Looks whether servers have another address than before, and listens there too.
void LiveBackend::follow()
{
    const std::lock_guard lock(m_mutex);
    for (size_t i = 0; i < m_origins.size(); ++i) {
        const auto& server = m_backend->servers()[i];
        const auto config = server->sharedConfig();
        if (config->origin() == m_origins[i])
            continue;
        m_origins[i] = config->origin();
        Endpoint endpoint;
        auto started = listen(server, endpoint);
        if (!started) { // NB: to the page this is a port where nobody listens
            m_names.remove(*server);
            continue;
        }
        if (config->scheme == "https") // there may have been no authority to trust when the network was made
            endpoint.trusted = {m_authority->certificate()};
        m_names.move(config->scheme, config->host, config->port, endpoint);
        m_moved.push_back(std::move(started.value()));
    }
}

std::shared_ptr<CertificateAuthority> LiveBackend::authority() const
{
    const std::lock_guard lock(m_mutex);
    return m_authority;
}

QList<QSslCertificate> LiveBackend::trusted() const
{
    const auto authority = this->authority();
    return authority ? QList<QSslCertificate>{authority->certificate()} : QList<QSslCertificate>();
}

QStringList LiveBackend::notices() const
{
    QStringList notices;
    for (const auto& server : m_servers)
        if (!server->notice().isEmpty())
            notices.append(server->notice());
    return notices;
}

const SocketServer* LiveBackend::find(const Server& server) const
{
    const std::lock_guard lock(m_mutex);
    const SocketServer* found = nullptr;
    for (const auto* listeners : {&m_servers, &m_moved})
        for (const auto& listener : *listeners)
            if (listener->server().get() == &server)
                found = listener.get();
    return found;
}

QString LiveBackend::curlCommand(const SocketServer& server, const QByteArray& path) const
{
    const auto config = server.server()->config();
    QStringList words{QStringLiteral("curl"), QStringLiteral("-i")};
    const auto address = addressOf(ascii::lowered(config.host), server);
    const bool isDirect = server.port() == config.port
        && (config.host == "localhost" || QHostAddress(QString::fromLatin1(config.host)) == address);
    if (!isDirect) {
        const auto target = address.protocol() == QAbstractSocket::IPv6Protocol
            ? QString(QLatin1Char('[') + address.toString() + QLatin1Char(']')) : address.toString();
        words << QStringLiteral("--connect-to")
              << QStringLiteral("%1:%2:%3:%4").arg(QString::fromUtf8(config.host), QString::number(config.port), target,
                                                   QString::number(server.port()));
    }
    if (const auto authority = this->authority(); config.scheme == "https" && authority)
        words << QStringLiteral("--cacert") << shellQuoted(authority->certificateFile());
    words << shellQuoted(QString::fromUtf8(config.origin() + path));
    return words.join(QLatin1Char(' '));
}

} // namespace corscope
