#include "core/network/PlainStream.h"

#ifdef Q_OS_UNIX

#include <QtEndian>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace corscope {

namespace {

#ifdef MSG_NOSIGNAL
constexpr int sendFlags = MSG_DONTWAIT | MSG_NOSIGNAL;
#else
constexpr int sendFlags = MSG_DONTWAIT; // see SO_NOSIGPIPE
#endif

bool isPassing(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

/// An address as the system wants it.
struct SocketAddress
{
    SocketAddress(const QHostAddress& address, quint16 port)
    {
        if (address.protocol() == QAbstractSocket::IPv6Protocol) {
            auto& six = reinterpret_cast<sockaddr_in6&>(storage);
            const auto bytes = address.toIPv6Address();
            std::memcpy(&six.sin6_addr, &bytes, sizeof bytes);
            six.sin6_port = qToBigEndian(port);
            size = sizeof six;
        } else {
            auto& four = reinterpret_cast<sockaddr_in&>(storage);
            four.sin_addr.s_addr = qToBigEndian(address.toIPv4Address());
            four.sin_port = qToBigEndian(port);
            size = sizeof four;
        }
        storage.ss_family = size == sizeof(sockaddr_in) ? AF_INET : AF_INET6;
    }
    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }

    sockaddr_storage storage{};
    socklen_t size = 0;
};

quint16 portOf(int descriptor)
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&storage), &size) != 0)
        return 0;
    return qFromBigEndian(storage.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(storage).sin6_port
                                                        : reinterpret_cast<const sockaddr_in&>(storage).sin_port);
}

/// Looks for the events again and again for a moment, since to be woken takes longer than most answers on this machine.
/// Whoever else wants the core, above all the server on a machine with one, gets it in between.
bool comesAtOnce(int descriptor, short events)
{
    using Clock = std::chrono::steady_clock;
    constexpr std::chrono::microseconds aMoment(50);
    for (const auto end = Clock::now() + aMoment; Clock::now() < end; std::this_thread::yield())
        if (pollOne(descriptor, events, Milliseconds(0)) != 0)
            return true;
    return false;
}

} // namespace

void acknowledgeNow([[maybe_unused]] int descriptor)
{
#ifdef TCP_QUICKACK
    const int yes = 1; // NB: the system forgets this wish with the next segment
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_QUICKACK, &yes, sizeof yes);
#endif
}

short pollOne(int descriptor, short events, Milliseconds atMost)
{
    pollfd waiting{descriptor, events, 0};
    return ::poll(&waiting, 1, int(atMost.count())) > 0 ? waiting.revents : short(0);
}

PlainStream::PlainStream(const QHostAddress& address, quint16 port)
{
    const SocketAddress there(address, port);
    m_descriptor = ::socket(there.storage.ss_family, SOCK_STREAM, 0);
    if (m_descriptor < 0) {
        m_state = State::Refused;
        return;
    }
    ::fcntl(m_descriptor, F_SETFD, FD_CLOEXEC);
    ::fcntl(m_descriptor, F_SETFL, O_NONBLOCK);
    const int yes = 1;
    ::setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
#ifdef SO_NOSIGPIPE
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_NOSIGPIPE, &yes, sizeof yes);
#endif
    const int error = ::connect(m_descriptor, there.get(), there.size) == 0 ? 0 : errno;
    if (error != EINPROGRESS && error != EINTR)
        connected(error);
}

PlainStream::~PlainStream()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void PlainStream::connected(int error)
{
    m_state = error == 0 ? State::Open : error == ETIMEDOUT ? State::ConnectTimedOut : State::Refused;
    if (m_state == State::Open)
        m_localPort = portOf(m_descriptor);
}

qsizetype PlainStream::write(QByteArrayView bytes)
{
    const auto taken = ::send(m_descriptor, bytes.data(), size_t(bytes.size()), sendFlags);
    if (taken >= 0)
        return taken;
    // The end is for read() to find, behind what the other side may have said before. NB: it is told of an error once.
    if (errno == ECONNRESET)
        m_writeWasReset = true;
    return 0;
}

qsizetype PlainStream::read(char* to, qsizetype most)
{
    if (m_state != State::Open)
        return 0;
    const auto got = ::recv(m_descriptor, to, size_t(most), MSG_DONTWAIT);
    if (got > 0)
        return got;
    if (got == 0)
        m_state = m_writeWasReset ? State::Reset : State::Closed;
    else if (!isPassing(errno))
        m_state = State::Reset;
    return 0;
}

void PlainStream::wait(Milliseconds atMost, Also also)
{
    if (m_state == State::Open) {
        const short events = also == Also::Writing ? POLLIN | POLLOUT : POLLIN;
        if (!comesAtOnce(m_descriptor, events))
            pollOne(m_descriptor, events, atMost);
    } else if (m_state == State::Opening && pollOne(m_descriptor, POLLOUT, atMost) != 0) {
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
        connected(error);
    }
}

void PlainStream::acknowledge()
{
    acknowledgeNow(m_descriptor);
}

} // namespace corscope

#endif
