#pragma once

#include "core/fetch/FetchParams.h"
#include "core/network/ConnectionPool.h"
#include "core/network/LoopbackNames.h"

#include <QSemaphore>

#include <functional>
#include <mutex>

namespace corscope::cli {

/// Carries a request to one of the addresses that its name leads to, and the answer back; for several threads at once.
using StdioCarrier = std::function<Result<ResponseMessage, NetworkFailure>(
    const QList<QHostAddress>& addresses, const Url& url, const TlsTrust& trust, const RequestMessage& request,
    const ConnectionPool::Patience& patience)>;

/// What `configure` says. A fetch keeps the one it began with.
struct StdioEnvironment
{
    LoopbackNames names;
    TlsTrust trust;
};

/// The browser and whose turn it is with it: algorithms run one at a time, waits for the network side by side.
struct StdioBrowser
{
    /// \param carrier in place of connections to these addresses; none as a rule
    explicit StdioBrowser(StdioCarrier carrier);
    /// The browser's clock follows the real one; for whoever has the turn.
    void tellTime();
    /// Back to a browser that has been nowhere.
    void reset();

    std::mutex turn;
    Browser browser;
    ConnectionPool connections;
    const StdioCarrier carry;

private:
    std::chrono::steady_clock::time_point m_told;
};

/// What a fetch sent and got, for `result.trace`.
struct StdioExchange
{
    enum class Kind { Preflight, Request, CachedPreflight };
    Kind kind = Kind::Request;
    QByteArray url;
    RequestMessage request;
    std::optional<ResponseMessage> response;
    QByteArray verdict; ///< a reason's id, or "sent", "redirect", "ok"
};

/// The network as one fetch sees it. It gives the turn away while it waits, so that fetches run side by side without a
/// word of it in the algorithms.
class StdioNetwork final : public Network
{
public:
    StdioNetwork(StdioBrowser& browser, std::shared_ptr<const StdioEnvironment> environment, const FetchTally& tally)
        : m_browser(browser), m_environment(std::move(environment)), m_tally(tally) {}

    /// Called with the turn held, and returns with it.
    Result<ResponseMessage, NetworkFailure> send(const Url& url, const RequestMessage& request, WireMessage::Kind kind,
                                                 Recorder& recorder) override;

    /// Names are virtual here, so where they lead says nothing of how private they are.
    std::optional<AddressSpace> addressSpace(const Url&) override { return std::nullopt; }

    /// Makes the wait under way, and all that follow, fail as aborted. For any thread.
    void abort() { m_abort = true; }
    /// Up once the fetch has come as far as it can without waiting.
    QSemaphore& underWay() { return m_underWay; }

    std::vector<StdioExchange>& exchanges() { return m_exchanges; }
    /// Notes a cached preflight that stood in since the last exchange.
    void noteCachedPreflight();

private:
    Result<ResponseMessage, NetworkFailure> exchange(const Url& url, const RequestMessage& request);

    StdioBrowser& m_browser;
    std::shared_ptr<const StdioEnvironment> m_environment;
    const FetchTally& m_tally;
    std::atomic<bool> m_abort = false;
    QSemaphore m_underWay;
    int m_cachedPreflights = 0;
    std::vector<StdioExchange> m_exchanges;
};

} // namespace corscope::cli
