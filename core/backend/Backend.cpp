#include "core/backend/Server.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>

namespace corscope {

Result<std::shared_ptr<Backend>> Backend::create(const std::vector<ServerConfig>& servers)
{
    const auto place = [](size_t i, const char* field) {
        return QStringLiteral("servers[%1].%2").arg(QString::number(i), QLatin1String(field));
    };
    auto backend = std::make_shared<Backend>();
    for (size_t i = 0; i < servers.size(); ++i) {
        const auto& config = servers[i];
        if (backend->find(config.id))
            return InputError{place(i, "id"), QCoreApplication::translate("Backend", "an id that no other server has"),
                              QString::fromUtf8(config.id)};
        if (const auto other = backend->find(config.scheme, config.host, config.port))
            return InputError{place(i, "port"),
                              QCoreApplication::translate("Backend", "an address that no other server has"),
                              QString::fromUtf8(config.origin())};
        auto server = Server::create(config);
        if (!server) {
            auto error = server.error();
            error.where.prepend(QStringLiteral("servers[%1].").arg(i));
            return error;
        }
        backend->m_servers.push_back(*server);
    }
    return backend;
}

std::shared_ptr<Server> Backend::find(QByteArrayView scheme, QByteArrayView host, quint16 port) const
{
    for (const auto& server : m_servers) {
        const auto config = server->sharedConfig();
        if (config->scheme == scheme && config->port == port && ascii::equalIgnoringCase(config->host, host))
            return server;
    }
    return nullptr;
}

std::shared_ptr<Server> Backend::find(QByteArrayView id) const
{
    for (const auto& server : m_servers)
        if (server->sharedConfig()->id == id)
            return server;
    return nullptr;
}

bool Backend::knowsHost(QByteArrayView host) const
{
    for (const auto& server : m_servers)
        if (ascii::equalIgnoringCase(server->sharedConfig()->host, host))
            return true;
    return false;
}

} // namespace corscope
