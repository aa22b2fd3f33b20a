#include "core/network/LiveBackend.h"

#include "core/base/Ascii.h"

#include <algorithm>

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
    for (const auto& server : live->m_backend->servers()) {
        const auto config = server->config();
        SocketServer::Options serverOptions;
        serverOptions.portPolicy = options.portPolicy;
        serverOptions.now = options.now;
        if (config.scheme == "https") {
            if (!live->m_authority) {
                auto authority = CertificateAuthority::open(options.authorityDirectory);
                if (!authority)
                    return authority.error();
                live->m_authority = *authority;
            }
            auto credentials = live->m_authority->issue(config.host);
            if (!credentials)
                return credentials.error();
            serverOptions.credentials = *credentials;
        }
        auto started = SocketServer::start(server, std::move(serverOptions));
        if (!started)
            return started.error();
        const auto& socketServer = *started.value();
        live->m_names.add(config.scheme, config.host, config.port,
                          {config.scheme, addressOf(ascii::lowered(config.host), socketServer), socketServer.port(), server,
                           socketServer.watches()});
        live->m_servers.push_back(std::move(started.value()));
    }
    return live;
}

QList<QSslCertificate> LiveBackend::trusted() const
{
    return m_authority ? QList<QSslCertificate>{m_authority->certificate()} : QList<QSslCertificate>();
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
    const auto it = std::find_if(m_servers.begin(), m_servers.end(),
                                 [&](const auto& candidate) { return candidate->server().get() == &server; });
    return it == m_servers.end() ? nullptr : it->get();
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
    if (config.scheme == "https" && m_authority)
        words << QStringLiteral("--cacert") << shellQuoted(m_authority->certificateFile());
    words << shellQuoted(QString::fromUtf8(config.origin() + path));
    return words.join(QLatin1Char(' '));
}

} // namespace corscope
