#include "core/backend/transport/DescriptorEvents.h"

#ifdef Q_OS_LINUX

#include <QDeadlineTimer>

#include <sys/epoll.h>
#include <unistd.h>

#include <chrono>
#include <iterator>

namespace corscope {

namespace {

constexpr qsizetype receivedAtOnce = 64 * 1024; // bytes
/// Then Qt's event loop has a turn, for timers and for calls from other threads.
constexpr std::chrono::milliseconds longestTurn{10};

epoll_event interest(DescriptorEvents::Receiver* receiver)
{
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.ptr = receiver;
    return event;
}

} // namespace

DescriptorEvents::DescriptorEvents(QObject* parent)
    : QObject(parent), m_epoll(::epoll_create1(EPOLL_CLOEXEC)), m_received(receivedAtOnce, Qt::Uninitialized)
{
    if (m_epoll < 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(m_epoll, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &DescriptorEvents::dispatch);
}

DescriptorEvents::~DescriptorEvents()
{
    m_notifier.reset();
    if (m_epoll >= 0)
        ::close(m_epoll);
}

bool DescriptorEvents::add(int descriptor, Receiver* receiver)
{
    auto event = interest(receiver);
    return ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void DescriptorEvents::remind(int descriptor, Receiver* receiver)
{
    // Edge-triggered, so what is ready already is told again after a change of the interest, even to the same.
    auto event = interest(receiver);
    ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
}

void DescriptorEvents::remove(int descriptor)
{
    ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
}

void DescriptorEvents::dispatch()
{
    epoll_event ready[64];
    // As long as somebody is ready: another look costs less than another turn of the event loop.
    for (const QDeadlineTimer until(longestTurn); !until.hasExpired();) {
        const int count = ::epoll_wait(m_epoll, ready, int(std::size(ready)), 0);
        if (count <= 0)
            return;
        for (int i = 0; i < count; ++i)
            static_cast<Receiver*>(ready[i].data.ptr)->descriptorReady(ready[i].events);
    }
}

} // namespace corscope

#endif
