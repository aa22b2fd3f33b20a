#pragma once

#include "core/http/Codec.h"
#include "core/http/Fault.h"

#include <QTcpSocket>
#include <QTimer>

#include <functional>

namespace corscope {

/// The server's end of one client's connection: reads requests one after the other, hands each to the server, writes
/// the answer, and turns to the next. Lives in the server's thread; deletes itself when the client has gone.
class HttpConnection final : public QObject
{
public:
    /// Must lead to one call of answer(), at once or later.
    using Handler = std::function<void(HttpConnection&, const RequestMessage&)>;

    /// \param socket taken over.
    HttpConnection(QTcpSocket* socket, ParseLimits limits, Handler handler, QObject* parent);

    quint16 clientPort() const { return m_clientPort; }
    /// Real time passes until an answer that is late. What breaks is the last of this connection.
    void answer(ResponseMessage response, const Fault& fault = {});
    /// Refuses what cannot be understood: the last answer of this connection.
    void refuse(ParseError error);

private:
    void read();
    void proceed();
    void breakOff(Fault::Kind kind, const ResponseMessage& response);
    void reset();
    void close();
    void closeWhenRead();

    QTcpSocket* m_socket;
    quint16 m_clientPort;
    Handler m_handler;
    RequestParser m_parser;
    QTimer m_idle;
    bool m_continueSent = false;
    bool m_proceeding = false;
    enum class State { Reading, Answering, Closing } m_state = State::Reading;
};

} // namespace corscope
