#pragma once

#include "core/network/Network.h"

#include <QHostAddress>

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
};

/// Takes the place of name resolution: (scheme, host, port) as a page writes them to an address and a port on this
/// machine. Filled by whoever starts the servers. Safe to use from several threads.
class NameMap
{
public:
    void add(QByteArrayView scheme, QByteArrayView host, quint16 port, Endpoint endpoint);
    void clear();

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
    mutable std::mutex m_mutex;
    std::vector<Entry> m_entries;
};

} // namespace corscope
