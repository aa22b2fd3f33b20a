#include "core/fetch/ParallelFetch.h"

#include "core/fetch/FetchMethod.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace corscope {

namespace {

/// Lets one of several threads run at a time; the turn goes round by number.
class Turns
{
public:
    explicit Turns(size_t count) : m_isRunning(count, true) {}

    void await(size_t number)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_turn == number; });
    }
    /// Gives the turn to the next that still runs, which is the same one where it is the last.
    void pass(size_t number)
    {
        const std::lock_guard lock(m_mutex);
        do
            m_turn = (m_turn + 1) % m_isRunning.size();
        while (!m_isRunning[m_turn] && m_turn != number);
        m_changed.notify_all();
    }
    void end(size_t number)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isRunning[number] = false;
        }
        pass(number);
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<bool> m_isRunning;
    size_t m_turn = 0;
};

/// The network as one of the fetches sees it: a message ends its turn.
class SharedNetwork final : public Network
{
public:
    SharedNetwork(Network& network, Turns& turns, size_t number) : m_network(network), m_turns(turns), m_number(number) {}

    Result<ResponseMessage, NetworkFailure> send(const Url& url, const RequestMessage& request, WireMessage::Kind kind,
                                                 Recorder& recorder) override
    {
        auto answer = m_network.send(url, request, kind, recorder);
        m_turns.pass(m_number);
        m_turns.await(m_number);
        return answer;
    }
    bool speaksHttp2(const Url& url) override { return m_network.speaksHttp2(url); }

private:
    Network& m_network;
    Turns& m_turns;
    size_t m_number;
};

} // namespace

std::vector<SendOutcome> parallelFetch(const std::vector<PageCall>& calls, Browser& browser, Network& network)
{
    std::vector<SendOutcome> outcomes(calls.size());
    Turns turns(calls.size());
    std::vector<std::thread> threads;
    for (size_t i = 0; i < calls.size(); ++i)
        threads.emplace_back([&, i] {
            turns.await(i);
            SharedNetwork own(network, turns, i);
            outcomes[i] = fetchMethod(calls[i].page, calls[i].call, browser, own, Recorder::silent());
            turns.end(i);
        });
    for (auto& thread : threads)
        thread.join();
    return outcomes;
}

} // namespace corscope
