#include "core/network/ConnectionPool.h"

namespace corscope {

Result<ResponseMessage, NetworkFailure> ConnectionPool::exchange(const QList<QHostAddress>& addresses, const Url& url,
                                                        const TlsTrust& trust, const RequestMessage& request,
                                                        const Patience& patience, Until until)
{
    const auto key = url.origin().serialized();
    const auto generation = m_idle.generation();
    auto connection = m_idle.take(key);
    for (bool isReused = bool(connection);; isReused = false) {
        if (!connection) {
            auto opened = open(addresses, url, trust, patience);
            if (!opened)
                return opened.error();
            connection = std::move(opened.value());
        }
        auto result = connection->exchange(request, patience, [] { return false; }, [] { return false; }, until);
        if (result) {
            if (connection->keepAlive())
                m_idle.keep(key, std::move(connection), generation);
            return result;
        }
        // The server may have closed an idle connection at the moment it was used again.
        const auto why = result.error().why;
        const bool closed = why == Why::ConnectionClosed || why == Why::ConnectionReset;
        if (!closed || !isReused || connection->responseStarted())
            return result;
        connection.reset();
    }
}

Result<ConnectionPool::Connection, NetworkFailure> ConnectionPool::open(const QList<QHostAddress>& addresses,
                                                                        const Url& url, const TlsTrust& trust,
                                                                        const Patience& patience) const
{
    for (qsizetype i = 0;; ++i) {
        const Endpoint endpoint{url.scheme(), addresses[i], url.portOrDefault(), nullptr, nullptr};
        auto opened = ClientConnection::open(endpoint, url, trust, patience);
        const bool isLast = i + 1 == addresses.size();
        if (opened || isLast || opened.error().why != Why::ConnectionRefused)
            return opened;
    }
}

} // namespace corscope
