#pragma once

#include "core/backend/transport/DescriptorEvents.h"
#include "core/backend/transport/Transport.h"

namespace corscope {

/// A client behind a plain socket of the system's, without Qt's buffers in between. Linux only.
class DescriptorTransport final : public Transport, private DescriptorEvents::Receiver
{
public:
    /// \param descriptor a connected TCP socket, taken over. \param events must outlive this.
    DescriptorTransport(int descriptor, DescriptorEvents& events);
    ~DescriptorTransport() override;

    bool start(Owner& owner) override;
    quint16 clientPort() const override { return m_clientPort; }
    QByteArrayView receive() override;
    bool mayReceive() const override { return m_mayReceive; }
    void remind() override;
    bool atEnd() const override { return m_atEnd; }
    void send(QByteArrayView bytes) override;
    qsizetype unsent() const override { return m_unsent.size(); }
    void endSending() override;
    void finish() override;
    void reset() override;

private:
    void descriptorReady(quint32 events) override;
    qsizetype sendNow(QByteArrayView bytes);
    void sendUnsent();
    void close();

    int m_descriptor;
    DescriptorEvents& m_events;
    Owner* m_owner = nullptr;
    QByteArray m_unsent;
    quint16 m_clientPort = 0;
    bool m_mayReceive = false;
    bool m_endAnnounced = false; ///< somewhere behind what can be received is the end
    bool m_atEnd = false;
    enum class WhenSent { Stay, EndSending, Close } m_whenSent = WhenSent::Stay;
};

} // namespace corscope
