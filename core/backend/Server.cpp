#include "core/backend/Server.h"

#include "core/backend/FinishResponse.h"
#include "core/backend/Pipeline.h"

#include <algorithm>

namespace corscope {

namespace {

/// The logs keep this many of the newest lines, so a backend can run for days.
constexpr qsizetype logLimit = 1000;

/// And the tables in a trace show this many, so a step stays small.
constexpr qsizetype tableLimit = 100;

template<typename Entry>
QList<Entry> newest(const QList<Entry>& log)
{
    return log.size() > tableLimit ? log.last(tableLimit) : log;
}

template<typename Entry>
void keep(QList<Entry>& log, const Entry& entry)
{
    if (log.size() >= logLimit)
        log.removeFirst();
    log.append(entry);
}

StateTable ledgerTable(const QByteArray& id, const QList<LedgerEntry>& ledger)
{
    StateTable table{id, {"time", "method", "target", "effect"}, {}};
    for (const auto& entry : ledger)
        table.rows.append({isoDate(entry.time), entry.method, entry.target, entry.effect});
    return table;
}

StateTable accessLogTable(const QByteArray& id, const QList<AccessLogEntry>& log)
{
    StateTable table{id, {"time", "method", "target", "origin", "status", "preflight", "handler"}, {}};
    for (const auto& entry : log)
        table.rows.append({isoDate(entry.time), entry.method, entry.target, entry.origin,
                           QByteArray::number(entry.status), entry.preflight ? "yes" : "no",
                           entry.handlerRan ? "ran" : "did not run"});
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
        keep(m_ledger, entry);
        ++m_ledgerCount;
        if (!recorder.isSilent())
            recorder.setState("ledger:" + m_pipeline->config().id, newest(m_ledger), ledgerTable);
    });

    const std::lock_guard lock(m_mutex);
    keep(m_accessLog,
         {now, request.method, request.target, request.headers.get("Origin").value_or(QByteArray()),
          answer.response.status, request.isCorsPreflight(), answer.handlerRan});
    if (!recorder.isSilent()) {
        const auto& id = pipeline->config().id;
        recorder.setState("ledger:" + id, newest(m_ledger), ledgerTable);
        recorder.setState("access-log:" + id, newest(m_accessLog), accessLogTable);
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
    return m_accessLog;
}

QList<LedgerEntry> Server::ledger() const
{
    const std::lock_guard lock(m_mutex);
    return m_ledger;
}

quint64 Server::ledgerCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_ledgerCount;
}

QList<LedgerEntry> Server::ledgerSince(quint64 count) const
{
    const std::lock_guard lock(m_mutex);
    return m_ledger.last(std::min(m_ledger.size(), qsizetype(m_ledgerCount - count)));
}

void Server::clearLogs()
{
    const std::lock_guard lock(m_mutex);
    m_accessLog.clear();
    m_ledger.clear();
}

} // namespace corscope
