#pragma once

#include "core/http/Codec.h"
#include "core/http/ResponseReader.h"
#include "core/network/ByteStream.h"

#include <atomic>
#include <functional>
#include <memory>

namespace corscope {

/// The browser's end of one connection. All calls block the thread that makes them, and are made on one and the same;
/// another may take over between calls (release(), then adopt()).
class ClientConnection
{
public:
    struct Patience
    {
        Milliseconds timeout;            ///< without a sign of life from the server
        const std::atomic<bool>& abort;
    };

    /// How much of a response has to be waited for.
    enum class Until {
        BodyEnd,
        Verdict, ///< its header, where that says all: of a preflight, and of a redirect
    };

    /// Connects and, for `https`, shakes hands.
    static Result<std::unique_ptr<ClientConnection>, NetworkFailure>
    open(const Endpoint& endpoint, const Url& url, const TlsTrust& trust, const Patience& patience);

    /// Hands the connection over: release() on the old thread, adopt() on the new one.
    void release() { m_stream->release(); }
    void adopt() { m_stream->adopt(); }

    quint16 localPort() const { return m_stream->localPort(); }
    /// Whether the server has neither closed the connection nor said anything unasked. To be asked between exchanges.
    bool isUsable();

    /// Sends a request and reads its response.
    /// \param isHeld asked while waiting: time that the server spends held at a step does not count.
    /// \param isSilent asked likewise: the server has said that nothing will come, so it is not waited for.
    Result<ResponseMessage, NetworkFailure> exchange(const RequestMessage& request, const Patience& patience,
                                                     const std::function<bool()>& isHeld,
                                                     const std::function<bool()>& isSilent = [] { return false; },
                                                     Until until = Until::BodyEnd);
    /// After an exchange: whether the connection may carry another.
    bool keepAlive() const { return m_keepAlive; }
    /// After a failed exchange: whether a byte of the response had come.
    bool responseStarted() const { return m_responseStarted; }

private:
    explicit ClientConnection(std::unique_ptr<ByteStream> stream) : m_stream(std::move(stream)) {}
    bool takeBytes(ResponseReader& reader);

    std::unique_ptr<ByteStream> m_stream;
    bool m_keepAlive = false;
    bool m_responseStarted = false;
};

} // namespace corscope
