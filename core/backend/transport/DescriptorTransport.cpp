#include "core/backend/transport/DescriptorTransport.h"

#ifdef Q_OS_LINUX

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace corscope {

namespace {

quint16 peerPort(int descriptor)
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getpeername(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return 0;
    return address.ss_family == AF_INET6 ? ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port)
                                         : ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

} // namespace

DescriptorTransport::DescriptorTransport(int descriptor, DescriptorEvents& events)
    : m_descriptor(descriptor), m_events(events), m_clientPort(peerPort(descriptor))
{
    const int atOnce = 1;
    ::setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &atOnce, sizeof atOnce);
}

DescriptorTransport::~DescriptorTransport()
{
    close();
}

bool DescriptorTransport::start(Owner& owner)
{
    m_owner = &owner;
    return m_events.add(m_descriptor, this);
}

void DescriptorTransport::close()
{
    if (m_descriptor < 0)
        return;
    m_events.remove(m_descriptor);
    ::close(std::exchange(m_descriptor, -1));
    m_unsent.clear();
    m_mayReceive = false;
}

QByteArrayView DescriptorTransport::receive()
{
    if (!m_mayReceive)
        return {};
    auto& buffer = m_events.received();
    const auto size = ::recv(m_descriptor, buffer.data(), size_t(buffer.size()), MSG_DONTWAIT);
    if (size > 0) {
        // Less than fits: that was all, unless the end comes behind it.
        m_mayReceive = size == buffer.size() || m_endAnnounced;
        return {buffer.constData(), size};
    }
    if (size < 0 && errno == EINTR)
        return {};
    m_mayReceive = false;
    m_atEnd = size == 0;
    return {};
}

void DescriptorTransport::remind()
{
    if (m_descriptor >= 0)
        m_events.remind(m_descriptor, this);
}

void DescriptorTransport::send(QByteArrayView bytes)
{
    if (m_descriptor < 0 || bytes.isEmpty())
        return;
    const auto sent = m_unsent.isEmpty() ? sendNow(bytes) : 0;
    m_unsent.append(bytes.sliced(sent));
}

/// \returns how many bytes need not be kept.
qsizetype DescriptorTransport::sendNow(QByteArrayView bytes)
{
    const auto sent = ::send(m_descriptor, bytes.data(), size_t(bytes.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent >= 0)
        return sent;
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) {
        if (errno == EINTR)
            remind();
        return 0;
    }
    remind(); // the client has gone: the owner is told by the next event
    return bytes.size();
}

void DescriptorTransport::sendUnsent()
{
    m_unsent.remove(0, sendNow(m_unsent));
    if (!m_unsent.isEmpty())
        return;
    m_unsent = {}; // without what it had reserved
    if (m_whenSent == WhenSent::EndSending)
        ::shutdown(m_descriptor, SHUT_WR);
    if (m_whenSent == WhenSent::Close)
        finish();
    else
        m_owner->bytesTaken();
}

void DescriptorTransport::endSending()
{
    if (m_descriptor >= 0 && m_unsent.isEmpty())
        ::shutdown(m_descriptor, SHUT_WR);
    else
        m_whenSent = WhenSent::EndSending;
}

void DescriptorTransport::finish()
{
    m_whenSent = WhenSent::Close;
    if (!m_unsent.isEmpty())
        return;
    close();
    m_owner->clientLeft();
}

void DescriptorTransport::reset()
{
    const linger atOnce{1, 0};
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    close();
    m_owner->clientLeft();
}

void DescriptorTransport::descriptorReady(quint32 events)
{
    if (m_descriptor < 0)
        return;
    if (events & (EPOLLERR | EPOLLHUP)) {
        close();
        m_owner->clientLeft();
        return;
    }
    if ((events & EPOLLOUT) && !m_unsent.isEmpty())
        sendUnsent();
    if (m_descriptor >= 0 && (events & (EPOLLIN | EPOLLRDHUP))) {
        m_mayReceive = true;
        m_endAnnounced = m_endAnnounced || (events & EPOLLRDHUP);
        m_owner->bytesArrived();
    }
}

} // namespace corscope

#endif
