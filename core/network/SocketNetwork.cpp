#include "core/network/SocketNetwork.h"

#include "core/backend/Server.h"
#include "core/backend/WatchList.h"
#include "core/network/WireRecord.h"

#include <QSemaphore>

namespace corscope {

namespace {

QByteArray connectionKey(const Endpoint& endpoint, const Url& url)
{
    return url.scheme() + "://" + url.host() + ':' + QByteArray::number(url.portOrDefault()) + " at "
        + endpoint.address.toString().toLatin1() + ' ' + QByteArray::number(endpoint.port);
}

/// Where a request arrives: the sandbox's own servers say so; of any other server nothing is known but its origin.
int serverLane(const Endpoint& endpoint, const Url& url, Recorder& recorder)
{
    if (endpoint.server)
        return endpoint.server->entryLane(recorder);
    if (recorder.isSilent())
        return -1;
    const auto origin = url.origin().serialized();
    return recorder.lane({Lane::Kind::Handler, "server:" + origin, {}, QString::fromLatin1(origin)});
}

/// Plain text sent to a TLS port: servers hang up, in more ways than one.
bool isPlainToTls(const Endpoint& endpoint, const Url& url)
{
    return url.scheme() == "http" && endpoint.scheme == "https";
}

} // namespace

SocketNetwork::SocketNetwork(const NameMap& names, Options options) : m_names(names), m_options(std::move(options))
{
    m_wire.setMaxThreadCount(1);
    m_wire.setExpiryTimeout(-1);
}

SocketNetwork::~SocketNetwork()
{
    closeIdleConnections();
    m_wire.waitForDone();
}

Result<ResponseMessage, NetworkFailure> SocketNetwork::send(const Url& url, const RequestMessage& request,
                                                            WireMessage::Kind kind, Recorder& recorder)
{
    WireRecord record(recorder, url, kind);
    if (m_abort)
        return record.failure({Why::Aborted, {}, false});
    const auto endpoint = m_names.find(url);
    if (!endpoint)
        return record.failure(endpoint.error());

    const auto key = connectionKey(*endpoint, url);
    bool isReused = false;
    Connection connection;
    std::optional<NetworkFailure> failure;
    onWire([&] {
        auto opened = connectionTo(key, *endpoint, url, isReused);
        if (opened)
            connection = std::move(opened.value());
        else
            failure = opened.error();
    });
    if (failure)
        return record.failure(*failure);

    record.request(request, serverLane(*endpoint, url, recorder));
    std::optional<ResponseMessage> response;
    onWire([&] {
        const auto result = exchange(std::move(connection), isReused, *endpoint, url, request, recorder);
        if (result)
            response = *result;
        else
            failure = result.error();
    });
    if (response) {
        record.response(*response);
        return *response;
    }
    if (isPlainToTls(*endpoint, url) && failure->why != Why::Aborted)
        failure = NetworkFailure{Why::ConnectionClosed, {}, true};
    return record.failure(*failure);
}

/// Runs on the wire's thread.
Result<SocketNetwork::Connection, NetworkFailure>
SocketNetwork::connectionTo(const QByteArray& key, const Endpoint& endpoint, const Url& url, bool& isReused)
{
    if (const auto it = m_idle.find(key); it != m_idle.end()) {
        auto connection = std::move(it->second);
        m_idle.erase(it);
        if (connection->isUsable()) {
            isReused = true;
            return connection;
        }
    }
    isReused = false;
    return ClientConnection::open(endpoint, url, {m_options.trusted}, patience());
}

/// Runs on the wire's thread.
Result<ResponseMessage, NetworkFailure> SocketNetwork::exchange(Connection connection, bool isReused,
                                                                const Endpoint& endpoint, const Url& url,
                                                                const RequestMessage& request, Recorder& recorder)
{
    for (;;) {
        std::optional<WatchedRequest> watched;
        if (endpoint.watches && !recorder.isSilent())
            watched.emplace(endpoint.watches, connection->localPort(), recorder);
        auto result = connection->exchange(request, patience(),
                                           [&] { return watched && watched->isBeingHandled(); },
                                           [&] { return watched && watched->fault().kind == Fault::Kind::Hang; });
        const auto delay = watched ? watched->fault().delay : Milliseconds(0);
        if (result) {
            result.value().delay = delay;
            if (connection->keepAlive())
                m_idle[connectionKey(endpoint, url)] = std::move(connection);
            return result;
        }

        // The server may have closed an idle connection at the moment it was used again.
        const auto why = result.error().why;
        const bool closed = why == Why::ConnectionClosed || why == Why::ConnectionReset;
        const bool arrived = connection->responseStarted() || (watched && watched->hasArrived());
        if (!closed || !isReused || arrived) {
            auto failure = result.error();
            failure.delay = delay;
            return failure;
        }
        watched.reset();
        auto fresh = ClientConnection::open(endpoint, url, {m_options.trusted}, patience());
        if (!fresh)
            return fresh.error();
        connection = std::move(fresh.value());
        isReused = false;
    }
}

void SocketNetwork::closeIdleConnections()
{
    onWire([this] { m_idle.clear(); });
}

void SocketNetwork::onWire(const std::function<void()>& work)
{
    QSemaphore done;
    m_wire.start([&] {
        work();
        done.release();
    });
    done.acquire();
}

int SocketNetwork::arrivalLane(const Url& url, Recorder& recorder)
{
    const auto endpoint = m_names.find(url);
    return endpoint && endpoint->scheme == url.scheme() ? serverLane(*endpoint, url, recorder) : -1;
}

std::optional<AddressSpace> SocketNetwork::addressSpace(const Url& url)
{
    const auto endpoint = m_names.find(url);
    if (!endpoint || endpoint->scheme != url.scheme())
        return std::nullopt;
    return endpoint->server ? endpoint->server->sharedConfig()->effectiveAddressSpace() : AddressSpace::Loopback;
}

} // namespace corscope
