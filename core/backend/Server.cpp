#include "core/backend/Server.h"

#include "core/backend/FinishResponse.h"
#include "core/backend/Pipeline.h"

namespace corscope {

namespace {

/// The tables in a trace show this many lines of a log, so a step stays small.
constexpr qsizetype tableLimit = 100;

StateTable ledgerTable(const QByteArray& id, const LogLines<LedgerEntry>& ledger)
{
    StateTable table{id, {"time", "method", "target", "effect"}, {}};
    for (qsizetype i = 0; i < ledger.size(); ++i) {
        const auto& entry = ledger.at(i);
        table.rows.append({isoDate(entry.time), entry.method, entry.target, entry.effect});
    }
    return table;
}

StateTable accessLogTable(const QByteArray& id, const LogLines<AccessLogEntry>& log)
{
    StateTable table{id, {"time", "method", "target", "origin", "status", "preflight", "handler"}, {}};
    for (qsizetype i = 0; i < log.size(); ++i) {
        const auto& entry = log.at(i);
        table.rows.append({isoDate(entry.time), entry.method, entry.target, entry.origin,
                           QByteArray::number(entry.status), entry.preflight ? "yes" : "no",
                           entry.handlerRan ? "ran" : "did not run"});
    }
    return table;
}

} // namespace

Server::Server(std::shared_ptr<const Pipeline> pipeline) : m_pipeline(std::move(pipeline)) {}
Server::~Server() = default;

Result<std::shared_ptr<Server>> Server::create(const ServerConfig& config)
{
    auto pipeline = Pipeline::compile(config);
    if (!pipeline)
        return pipeline.error();
    return std::shared_ptr<Server>(new Server(*pipeline));
}

std::shared_ptr<const ServerConfig> Server::sharedConfig() const
{
    const std::lock_guard lock(m_mutex);
    return {m_pipeline, &m_pipeline->config()};
}

Result<Done> Server::configure(const ServerConfig& config)
{
    auto pipeline = Pipeline::compile(config);
    if (!pipeline)
        return pipeline.error();
    const std::lock_guard lock(m_mutex);
    m_pipeline = *pipeline;
    return Done{};
}

ServerAnswer Server::handle(const RequestMessage& request, Instant now, Recorder& recorder)
{
    std::shared_ptr<const Pipeline> pipeline;
    {
        const std::lock_guard lock(m_mutex);
        pipeline = m_pipeline;
    }
    // NB: no more is captured than std::function holds without an allocation.
    auto answer = pipeline->run(request, now, recorder, [this, &recorder](const LedgerEntry& entry) {
        const std::lock_guard lock(m_mutex);
        m_ledger.append(entry);
        if (!recorder.isSilent())
            recorder.setState("ledger:" + m_pipeline->config().id, m_ledger.shared<tableLimit>(), ledgerTable);
    });

    const std::lock_guard lock(m_mutex);
    m_accessLog.append({now, request.method, request.target, request.headers.get("Origin").value_or(QByteArray()),
                        answer.response.status, request.isCorsPreflight(), answer.handlerRan});
    if (!recorder.isSilent()) {
        const auto& id = pipeline->config().id;
        recorder.setState("ledger:" + id, m_ledger.shared<tableLimit>(), ledgerTable);
        recorder.setState("access-log:" + id, m_accessLog.shared<tableLimit>(), accessLogTable);
    }
    return answer;
}

int Server::entryLane(Recorder& recorder) const
{
    std::shared_ptr<const Pipeline> pipeline;
    {
        const std::lock_guard lock(m_mutex);
        pipeline = m_pipeline;
    }
    return pipeline->entryLane(recorder);
}

QList<AccessLogEntry> Server::accessLog() const
{
    const std::lock_guard lock(m_mutex);
    return m_accessLog.all();
}

quint64 Server::accessLogCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_accessLog.count();
}

QList<AccessLogEntry> Server::accessLogSince(quint64 count) const
{
    const std::lock_guard lock(m_mutex);
    return m_accessLog.since(count);
}

QList<LedgerEntry> Server::ledger() const
{
    const std::lock_guard lock(m_mutex);
    return m_ledger.all();
}

quint64 Server::ledgerCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_ledger.count();
}

QList<LedgerEntry> Server::ledgerSince(quint64 count) const
{
    const std::lock_guard lock(m_mutex);
    return m_ledger.since(count);
}

void Server::clearLogs()
{
    const std::lock_guard lock(m_mutex);
    m_accessLog.clear();
    m_ledger.clear();
}

} // namespace corscope
