#pragma once

#include "core/http/Fault.h"
#include "core/trace/Recorder.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>

namespace corscope {

/// Tells a server which of its clients is a simulated browser whose run is being watched, and with which pen its
/// request is to be recorded. Clients are told apart by their own port. Safe to use from several threads.
class WatchList
{
public:
    /// One request between its registration and its end.
    class Watch
    {
    public:
        Recorder& recorder() const { return m_recorder; }
        /// The server's side, before end(): how it will deliver its answer, which costs a watched client no real time.
        void setFault(const Fault& fault) { m_fault = fault; }

    private:
        friend class WatchList;
        friend class WatchedRequest;
        explicit Watch(Recorder& recorder) : m_recorder(recorder) {}
        Recorder& m_recorder;
        Fault m_fault;
        enum class State { Waiting, Handling, Handled } m_state = State::Waiting;
    };

    /// The server's side: a request from that port is about to be handled; null where nobody watches.
    std::shared_ptr<Watch> begin(quint16 clientPort);
    void end(const std::shared_ptr<Watch>& watch);

private:
    friend class WatchedRequest;
    std::mutex m_mutex;
    std::condition_variable m_ended;
    std::map<quint16, std::shared_ptr<Watch>> m_watches;
};

/// The client's side: registers a request before it is sent. Destroying it waits until the server no longer uses the
/// recorder, which can take as long as the run is held.
class WatchedRequest
{
public:
    WatchedRequest(std::shared_ptr<WatchList> list, quint16 clientPort, Recorder& recorder);
    ~WatchedRequest();
    WatchedRequest(const WatchedRequest&) = delete;
    WatchedRequest& operator=(const WatchedRequest&) = delete;

    bool isBeingHandled() const; ///< the server works on it now, or is held at a step
    bool hasArrived() const;     ///< the server has begun to work on it
    Fault fault() const;         ///< once it is handled: how the server delivers its answer

private:
    std::shared_ptr<WatchList> m_list;
    quint16 m_clientPort;
    std::shared_ptr<WatchList::Watch> m_watch;
};

} // namespace corscope
