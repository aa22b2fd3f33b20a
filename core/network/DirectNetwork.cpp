#include "core/network/DirectNetwork.h"

#include "core/backend/FinishResponse.h"
#include "core/network/Unreachable.h"
#include "core/network/WireRecord.h"

namespace corscope {

DirectNetwork::DirectNetwork(Backend& backend, std::function<Instant()> now) : m_backend(backend), m_now(std::move(now))
{
}

Result<ResponseMessage, NetworkFailure> DirectNetwork::send(const Url& url, const RequestMessage& request,
                                                            WireMessage::Kind kind, Recorder& recorder)
{
    WireRecord record(recorder, url, kind);
    const auto server = m_backend.find(url.scheme(), url.host(), url.portOrDefault());
    if (!server) {
        const auto other = m_backend.find(otherScheme(url.scheme()), url.host(), url.portOrDefault());
        if (!other)
            return record.failure(unreachable(url, m_backend.knowsHost(url.host())));
        if (url.scheme() == "https")
            return record.failure(tlsHandshakeFailed());
        // The server takes the request for a handshake it does not understand, and hangs up.
        record.request(request, other->entryLane(recorder));
        return record.failure({Why::ConnectionClosed, {}, true});
    }

    record.request(request, server->entryLane(recorder));
    auto response = answer(*server, request, recorder);
    if (!response)
        return record.failure(response.error());
    record.response(*response);
    return response;
}

int DirectNetwork::arrivalLane(const Url& url, Recorder& recorder)
{
    const auto server = m_backend.find(url.scheme(), url.host(), url.portOrDefault());
    return server ? server->entryLane(recorder) : -1;
}

std::optional<AddressSpace> DirectNetwork::addressSpace(const Url& url)
{
    const auto server = m_backend.find(url.scheme(), url.host(), url.portOrDefault());
    return server ? std::optional(server->sharedConfig()->effectiveAddressSpace()) : std::nullopt;
}

Result<ResponseMessage, NetworkFailure> DirectNetwork::answer(Server& server, const RequestMessage& request,
                                                              Recorder& recorder) const
{
    if (const auto error = parseErrorOf(request); error != ParseError::None) {
        auto response = refusal(error);
        if (request.method == "HEAD") // which is how the browser reads it, whatever was sent
            response.body.clear();
        return response;
    }
    const auto now = m_now();
    auto [response, handlerRan, effects, fault] = server.handle(request, now, recorder);
    if (const auto failure = failureOf(fault))
        return *failure;
    if (response.status == 0)
        return NetworkFailure{Why::ConnectionClosed, {}, true, fault.delay};
    finishResponse(request, response, now);
    announceBrokenBody(fault.kind, request, response);
    response.delay = fault.delay;
    // cppcheck-suppress returnStdMoveLocal ; a name of a structured binding is not moved by itself
    return std::move(response);
}

} // namespace corscope
