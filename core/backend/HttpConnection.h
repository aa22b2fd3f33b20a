#pragma once

#include "core/backend/ConnectionSet.h"
#include "core/http/Fault.h"

namespace corscope {

/// The server's end of one client's connection: reads requests one after the other, hands each to the server, writes
/// the answer, and turns to the next. Lives in the server's thread; deletes itself when the client has gone.
class HttpConnection final : public QObject, private Transport::Owner
{
public:
    HttpConnection(std::unique_ptr<Transport> transport, ConnectionSet& set);
    ~HttpConnection() override;

    void start();

    quint16 clientPort() const { return m_transport->clientPort(); }
    /// Real time passes until an answer that is late. What breaks is the last of this connection.
    void answer(ResponseMessage response, const Fault& fault = {});

    /// It is the client's turn to send.
    bool isWaiting() const { return m_state == State::Reading; }
    ConnectionSet::Time waitingSince() const { return m_since; }
    /// Ends what has taken longer than the limits allow.
    void lookAtTime();
    /// Another client needs the place.
    void makeRoom();

private:
    void bytesArrived() override;
    void bytesTaken() override;
    void clientLeft() override;

    void proceed();
    void expectMore();
    void readOn();
    bool isCongested() const;
    void flush();
    void drop();
    void breakOff(Fault::Kind kind, const ResponseMessage& response);
    void refuse(const ResponseMessage& refusal);
    void finish();
    void finishWhenRead();

    ConnectionSet& m_set;
    std::unique_ptr<Transport> m_transport;
    RequestParser m_parser;
    enum class State { Reading, Answering, Closing, Left } m_state = State::Reading;
    bool m_begun = false; ///< a part of a request has arrived
    bool m_continueSent = false;
    bool m_proceeding = false;
    qsizetype m_held = 0;            ///< bytes of a request that is not complete
    ConnectionSet::Time m_since;     ///< waits for a request, or for the rest of one
    qsizetype m_unsent = 0;          ///< when the time was last looked at
    ConnectionSet::Time m_unsentSince{0};
};

} // namespace corscope
