#include "ui/session/LiveServers.h"

#include <QStandardPaths>

namespace corscope {

Result<std::shared_ptr<LiveServers>> LiveServers::start(const std::vector<ServerConfig>& servers)
{
    auto backend = Backend::create(servers);
    if (!backend)
        return backend.error();
    const std::shared_ptr<LiveServers> started(new LiveServers);
    started->m_backend = *backend;
    LiveBackend::Options options;
    options.now = [now = started->m_now] { return now->load(); };
    options.authorityDirectory = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
        + QStringLiteral("/authority");
    auto live = LiveBackend::start(started->m_backend, options);
    if (!live)
        return live.error();
    started->m_live = std::move(*live);
    SocketNetwork::Options reach;
    reach.trusted = started->m_live->trusted();
    started->m_network = std::make_unique<SocketNetwork>(started->m_live->names(), reach);
    return started;
}

const SocketServer* LiveServers::listener(int server) const
{
    const auto& all = m_backend->servers();
    return server >= 0 && size_t(server) < all.size() ? m_live->find(*all[size_t(server)]) : nullptr;
}

QByteArray LiveServers::listeningOn(int server) const
{
    const auto* found = listener(server);
    return found ? QByteArray("127.0.0.1:" + QByteArray::number(found->port())) : QByteArray();
}

QString LiveServers::curlCommand(int server) const
{
    const auto* found = listener(server);
    return found ? m_live->curlCommand(*found) : QString();
}

bool LiveServers::fits(const std::vector<ServerConfig>& servers) const
{
    const auto& running = m_backend->servers();
    if (running.size() != servers.size())
        return false;
    for (size_t i = 0; i < servers.size(); ++i) {
        const auto config = running[i]->config();
        if (config.id != servers[i].id || config.origin() != servers[i].origin())
            return false;
    }
    return true;
}

Result<Done> LiveServers::configure(const std::vector<ServerConfig>& servers)
{
    Result<Done> result = Done{};
    for (size_t i = 0; i < servers.size(); ++i) {
        const auto& server = m_backend->servers()[i];
        if (server->config() == servers[i])
            continue;
        auto set = server->configure(servers[i]);
        if (!set && result)
            result = set;
    }
    return result;
}

} // namespace corscope
