#include "core/network/SocketNetwork.h"

#include "core/backend/Server.h"
#include "core/backend/WatchList.h"
#include "core/network/WireRecord.h"

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
    const auto generation = m_idle.generation();
    auto connection = m_idle.take(key);
    const bool isReused = bool(connection);
    if (!isReused) {
        auto opened = open(*endpoint, url);
        if (!opened)
            return record.failure(opened.error());
        connection = std::move(opened.value());
    }

    record.request(request, serverLane(*endpoint, url, recorder));
    auto result = exchange(connection, isReused, *endpoint, url, request, recorder);
    if (result) {
        if (connection->keepAlive())
            m_idle.keep(key, std::move(connection), generation);
        record.response(*result);
        return result;
    }
    if (isPlainToTls(*endpoint, url) && result.error().why != Why::Aborted)
        return record.failure({Why::ConnectionClosed, {}, true});
    return record.failure(result.error());
}

Result<SocketNetwork::Connection, NetworkFailure> SocketNetwork::open(const Endpoint& endpoint, const Url& url) const
{
    return ClientConnection::open(endpoint, url, {m_options.trusted}, patience());
}

Result<ResponseMessage, NetworkFailure> SocketNetwork::exchange(Connection& connection, bool isReused,
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
        auto fresh = open(endpoint, url);
        if (!fresh)
            return fresh.error();
        connection = std::move(fresh.value());
        isReused = false;
    }
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
