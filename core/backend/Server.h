#pragma once

#include "core/backend/Ledger.h"
#include "core/backend/Log.h"
#include "core/backend/ServerConfig.h"
#include "core/base/Result.h"
#include "core/http/Fault.h"
#include "core/trace/Recorder.h"

#include <memory>
#include <mutex>

namespace corscope {

class Pipeline;

/// What a server answers to one request.
struct ServerAnswer
{
    ResponseMessage response;
    bool handlerRan = false;
    QList<QByteArray> effects;
    Fault fault = {}; ///< how the answer is delivered; both networks honour it
};

/// A mock server: its settings, and what it has done. Safe to call from several threads; settings can change while
/// requests run (each request uses the settings that stood when it arrived).
class Server
{
public:
    static Result<std::shared_ptr<Server>> create(const ServerConfig& config);
    ~Server();

    ServerConfig config() const { return *sharedConfig(); }
    /// The settings without a copy of them.
    std::shared_ptr<const ServerConfig> sharedConfig() const;
    /// Takes effect from the next request on; on an error nothing changes.
    Result<Done> configure(const ServerConfig& config);

    /// Sends a request through the pipeline. Every stage records its steps in its own lane, and the messages between
    /// stages; the network records the messages from and to the browser.
    ServerAnswer handle(const RequestMessage& request, Instant now, Recorder& recorder);

    /// Lane of the first stage in the pipeline (or of the handler), where requests arrive; declares the lanes of all
    /// enabled stages and of the handler.
    int entryLane(Recorder& recorder) const;

    // Both logs keep the newest lines (logLimit). Their counts are of all lines there have ever been, those that were
    // cleared or grew too old included; ...Since() are the lines written since the count was that, oldest first,
    // without such.
    static constexpr qsizetype logLimit = 1000; ///< so a backend can run for days
    QList<AccessLogEntry> accessLog() const;
    quint64 accessLogCount() const;
    QList<AccessLogEntry> accessLogSince(quint64 count) const;
    QList<LedgerEntry> ledger() const;
    quint64 ledgerCount() const;
    QList<LedgerEntry> ledgerSince(quint64 count) const;
    void clearLogs();

private:
    explicit Server(std::shared_ptr<const Pipeline> pipeline);
    mutable std::mutex m_mutex;
    std::shared_ptr<const Pipeline> m_pipeline; ///< compiled from the settings, replaced whole
    Log<AccessLogEntry> m_accessLog{logLimit};
    Log<LedgerEntry> m_ledger{logLimit};
};

/// All servers of a scenario.
class Backend
{
public:
    static Result<std::shared_ptr<Backend>> create(const std::vector<ServerConfig>& servers);
    const std::vector<std::shared_ptr<Server>>& servers() const { return m_servers; }
    /// The server at that address; null where nothing listens. Host names compare lower-case.
    std::shared_ptr<Server> find(QByteArrayView scheme, QByteArrayView host, quint16 port) const;
    std::shared_ptr<Server> find(QByteArrayView id) const;
    /// Whether any server has this host name, i.e. whether the name resolves.
    bool knowsHost(QByteArrayView host) const;

private:
    std::vector<std::shared_ptr<Server>> m_servers;
};

} // namespace corscope
