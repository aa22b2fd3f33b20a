#pragma once

#include <QByteArrayView>

namespace corscope {

/// Bytes from and to one client. Nothing waits here. Lives in one thread, that of its owner.
class Transport
{
public:
    /// Told what happens; must not destroy the transport while it is being told.
    class Owner
    {
    public:
        virtual void bytesArrived() = 0; ///< receive() has something to give, or finds the end
        virtual void bytesTaken() = 0;   ///< nothing is unsent any more
        virtual void clientLeft() = 0;   ///< closed: no byte gets through, in either direction

    protected:
        ~Owner() = default;
    };

    Transport() = default;
    virtual ~Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    /// From now on the owner is told. \returns false where that cannot be.
    virtual bool start(Owner& owner) = 0;
    virtual quint16 clientPort() const = 0;

    /// What has arrived, or a part of it; empty where nothing has. Holds until the next call in this thread.
    virtual QByteArrayView receive() = 0;
    /// Whether another receive() may find more. The owner is not told again of bytes that it knows of.
    virtual bool mayReceive() const = 0;
    /// Has the owner told of them again, in a later turn.
    virtual void remind() = 0;
    /// receive() has found that the client will send no more.
    virtual bool atEnd() const = 0;

    /// Takes all of it, and keeps what the client does not take now.
    virtual void send(QByteArrayView bytes) = 0;
    virtual qsizetype unsent() const = 0; ///< bytes
    /// Tells the client, behind what is unsent, that no more will come; where only both directions can end, nothing.
    virtual void endSending() = 0;
    /// Closes when everything is sent; the owner is told, perhaps before this returns.
    virtual void finish() = 0;
    /// Closes at once, so that the client sees a reset; the owner is told before this returns.
    virtual void reset() = 0;
};

} // namespace corscope
