#pragma once

#include <QByteArray>

#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

/// A server that gives fixed answers, and breaks at a chosen byte of a chosen exchange.
namespace corscope::testing {

class FaultyServer
{
public:
    enum Exchange { Preflight, Request };
    enum class Break {
        Nowhere,
        Close,        ///< behind so many bytes of the answer
        Reset,        ///< likewise
        Hang,         ///< likewise: nothing more comes, and the connection stays
        Pause,        ///< likewise, and the rest comes later
        CloseUnread,  ///< when so many bytes of the request are read
    };
    struct Plan
    {
        Exchange exchange = Request;
        Break how = Break::Nowhere;
        qsizetype offset = 0;
        bool once = false;            ///< only the first time
        bool refuseAfterwards = false; ///< nobody listens any more once the preflight is answered
    };

    FaultyServer(QByteArray preflightAnswer, QByteArray answer, Plan plan)
        : m_answers{std::move(preflightAnswer), std::move(answer)}, m_plan(plan)
    {
        m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(m_listener, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(m_listener, 16);
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size);
        m_port = ntohs(address.sin_port);
        (void)::pipe(m_stop);
        m_thread = std::thread([this] { run(); });
    }
    ~FaultyServer()
    {
        ::close(m_stop[1]);
        m_thread.join();
        ::close(m_stop[0]);
        if (m_listener >= 0)
            ::close(m_listener);
    }

    quint16 port() const { return m_port; }
    int connections() const { return m_connections; }
    int count(Exchange exchange) const { return m_counts[exchange]; } ///< requests that arrived, in part at least

private:
    /// \returns whether there is something to read; false: the test is over.
    bool waitFor(int descriptor) const
    {
        pollfd both[] = {{descriptor, POLLIN, 0}, {m_stop[0], POLLIN, 0}};
        while (::poll(both, 2, -1) < 0) {}
        return both[1].revents == 0;
    }

    void run()
    {
        while (m_listener >= 0 && waitFor(m_listener)) {
            const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            const int yes = 1;
            ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
            ++m_connections;
            while (exchangeOn(socket)) {}
            ::close(socket);
        }
    }

    bool exchangeOn(int socket)
    {
        if (!waitFor(socket))
            return false;
        char first = 0;
        if (::recv(socket, &first, 1, MSG_PEEK) <= 0)
            return false;
        const auto exchange = first == 'O' ? Preflight : Request;
        ++m_counts[exchange];
        const bool breaks = m_plan.exchange == exchange && m_plan.how != Break::Nowhere && !(m_plan.once && m_broken);
        if (breaks)
            m_broken = true;
        if (breaks && m_plan.how == Break::CloseUnread) {
            read(socket, m_plan.offset);
            return false;
        }
        if (!read(socket, -1))
            return false;
        const auto& answer = m_answers[exchange];
        if (exchange == Preflight && m_plan.refuseAfterwards) {
            ::close(m_listener);
            m_listener = -1;
        }
        if (!breaks) {
            write(socket, answer);
            return answer.contains("Content-Length") || answer.contains("chunked");
        }
        write(socket, answer.first(m_plan.offset));
        switch (m_plan.how) {
        case Break::Hang:
            if (waitFor(socket))
                ::recv(socket, &first, 1, 0); // the client gives up
            return false;
        case Break::Pause:
            std::this_thread::sleep_for(std::chrono::microseconds(200));
            write(socket, answer.sliced(m_plan.offset));
            return answer.contains("Content-Length") || answer.contains("chunked");
        case Break::Reset: {
            const linger atOnce{1, 0};
            ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
            return false;
        }
        default: return false;
        }
    }

    /// A request with a body of one byte, or none, or only its first bytes. \returns false where the client has gone.
    static bool read(int socket, qsizetype atMost)
    {
        QByteArray bytes;
        for (char byte = 0; atMost < 0 || bytes.size() < atMost;) {
            const auto end = bytes.indexOf("\r\n\r\n");
            if (end >= 0 && bytes.size() == end + 4 + (bytes.toLower().contains("content-length: 1\r") ? 1 : 0))
                return true;
            if (::recv(socket, &byte, 1, 0) != 1)
                return false;
            bytes += byte;
        }
        return true;
    }
    static void write(int socket, const QByteArray& bytes)
    {
        for (qsizetype sent = 0; sent < bytes.size();) {
            const auto n = ::send(socket, bytes.data() + sent, size_t(bytes.size() - sent), MSG_NOSIGNAL);
            if (n <= 0)
                return;
            sent += n;
        }
    }

    QByteArray m_answers[2];
    Plan m_plan;
    int m_listener = -1;
    int m_stop[2] = {-1, -1};
    quint16 m_port = 0;
    bool m_broken = false;
    std::atomic<int> m_connections = 0;
    std::atomic<int> m_counts[2] = {0, 0};
    std::thread m_thread;
};

} // namespace corscope::testing
