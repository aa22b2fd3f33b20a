#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace corscope {

/// Watches the sockets of many clients through a single descriptor (Linux' epoll), so that a turn of Qt's event loop
/// costs the same for ten clients as for thousands, and as many as are ready are served in one turn.
class DescriptorEvents final : public QObject
{
public:
    class Receiver
    {
    public:
        /// \param events as epoll names them (EPOLLIN, ...). Told once for each change. No receiver may be destroyed
        /// while another is being told.
        virtual void descriptorReady(quint32 events) = 0;

    protected:
        ~Receiver() = default;
    };

    explicit DescriptorEvents(QObject* parent = nullptr);
    ~DescriptorEvents() override;

    bool add(int descriptor, Receiver* receiver);
    /// Tells the receiver once more, in a later turn.
    void remind(int descriptor, Receiver* receiver);
    void remove(int descriptor);

    /// Where bytes are received before they are read; one for all.
    QByteArray& received() { return m_received; }

private:
    void dispatch();

    int m_epoll;
    QByteArray m_received;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace corscope
