#pragma once

#include "core/network/Network.h"

#include <QHostAddress>
#include <QSslCertificate>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace corscope {

class Server;
class WatchList;

/// Where the server of a virtual address really listens.
struct Endpoint
{
    QByteArray scheme; ///< that the server speaks, which need not be the one it was asked for
    QHostAddress address;
    quint16 port = 0;
    std::shared_ptr<Server> server;     ///< null where the server is not the sandbox's
    std::shared_ptr<WatchList> watches; ///< null where the server is not the sandbox's
    QList<QSslCertificate> trusted = {}; ///< authorities to trust for this server, beside the network's own
};

/// Takes the place of name resolution: (scheme, host, port) as a page writes them to an address and a port on this
/// machine. Filled by whoever starts the servers. Safe to use from several threads.
class NameMap
{
public:
    void add(QByteArrayView scheme, QByteArrayView host, quint16 port, Endpoint endpoint);
    void clear();
    /// Takes the place of what led to the endpoint's server so far.
    void move(QByteArrayView scheme, QByteArrayView host, quint16 port, Endpoint endpoint);
    /// The server can be reached no longer.
    void remove(const Server& server);
    /// Called before every look, by whoever looks: servers may move while the map is in use. To be set before it is.
    void setUpdate(std::function<void()> update) { m_update = std::move(update); }

    /// The server at the URL's address; where only a server of the other scheme listens there, that one.
    Result<Endpoint, NetworkFailure> find(const Url& url) const;

private:
    struct Entry
    {
        QByteArray scheme;
        QByteArray host; ///< lower case
        quint16 port;
        Endpoint endpoint;
    };
    void removeLocked(const Server& server);

    std::function<void()> m_update;
    mutable std::mutex m_mutex;
    std::vector<Entry> m_entries;
};

} // namespace corscope
