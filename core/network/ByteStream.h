#pragma once

#include "core/base/Clock.h"
#include "core/network/NameMap.h"

#include <QSslCertificate>

namespace corscope {

/// Which certificates a browser takes.
struct TlsTrust
{
    QList<QSslCertificate> authorities;
    bool anyCertificate = false; ///< whoever signed it, for whatever host, however old
};

/// The bytes of one connection, in both directions, encrypted or not. Nothing blocks but wait(). All calls are made on
/// one thread; another may take over between calls (release(), then adopt()).
class ByteStream
{
public:
    enum class State {
        Opening, ///< connecting, or shaking hands
        Open,
        Closed, ///< by the other side, and all that it said has been read
        Reset,  ///< likewise, but not in order
        Refused,
        ConnectTimedOut, ///< says the system
        HandshakeFailed,
    };

    /// Begins to connect, and for `https` to shake hands: the certificate must carry the URL's host and be signed by one
    /// that is trusted. wait() until the state is another than Opening.
    static std::unique_ptr<ByteStream> open(const Endpoint& endpoint, const Url& url, const TlsTrust& trust);

    virtual ~ByteStream() = default;

    virtual State state() const = 0;
    virtual quint16 localPort() const = 0; ///< once open
    /// What the other side's certificate is refused for, in words of ours, since a library's depend on its version; empty
    /// where there is nothing to complain of.
    virtual QByteArray complaint() const { return {}; }

    /// \returns how many of the bytes are taken; those that are not have to be offered again after a wait().
    virtual qsizetype write(QByteArrayView bytes) = 0;
    /// \returns how many bytes that have arrived were put there; 0 where there are none, now or ever: see state().
    virtual qsizetype read(char* to, qsizetype most) = 0;
    /// What else there may be to wait for than bytes to read, or the end.
    enum class Also { Nothing, Writing };
    /// Blocks until then, or until the time is over. May return early.
    virtual void wait(Milliseconds atMost, Also also = Also::Nothing) = 0;
    /// Tells the other side at once of what has been read, though its answer is not complete: servers that write header
    /// and body apart would wait for that, forty milliseconds each time.
    virtual void acknowledge() = 0;

    virtual void release() {}
    virtual void adopt() {}
};

} // namespace corscope
