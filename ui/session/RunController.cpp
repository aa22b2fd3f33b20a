#include "ui/session/RunController.h"

#include "ui/session/RunWorker.h"
#include "ui/session/ScenarioDocument.h"

#include <QTcpServer>

#include <algorithm>
#include <chrono>

namespace corscope {

RunController::RunController(ScenarioDocument& document, QObject* parent) : QObject(parent), m_document(document)
{
    m_worker = new RunWorker(m_gate);
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);

    // What an abandoned run still reports is not for the views.
    connect(m_worker, qOverload<int, const Lane&>(&RunWorker::laneAdded), this,
            [this](int run, const Lane& lane) { if (isShown(run)) Q_EMIT laneAdded(lane); }, Qt::QueuedConnection);
    connect(m_worker, qOverload<int, const std::shared_ptr<const Step>&>(&RunWorker::stepRecorded), this,
            [this](int run, const std::shared_ptr<const Step>& step) { if (isShown(run)) Q_EMIT stepRecorded(step); },
            Qt::QueuedConnection);
    connect(m_worker, &RunWorker::held, this, [this](int run, int step) {
        if (!isShown(run) || !m_gate.isClosed())
            return;
        m_heldStep = step;
        Q_EMIT held(step);
    }, Qt::QueuedConnection);
    connect(m_worker, &RunWorker::remembered, this, [this](const std::shared_ptr<const Browser>& browser) {
        m_browser = browser;
        Q_EMIT browserChanged();
    }, Qt::QueuedConnection);
    connect(m_worker, &RunWorker::finished, this, &RunController::runFinished, Qt::QueuedConnection);

    connect(&document, &ScenarioDocument::scenarioChanged, this, &RunController::takeSettings);
    m_logTimer.setInterval(std::chrono::milliseconds(250));
    connect(&m_logTimer, &QTimer::timeout, this, &RunController::pollLogs);
    m_logTimer.start();
    m_addressTimer.setSingleShot(true);
    m_addressTimer.setInterval(std::chrono::milliseconds(400)); // until the address is typed
    connect(&m_addressTimer, &QTimer::timeout, this, [this] {
        if (!isRunning())
            prepareServers();
    });
    m_thread.start();
    prepareServers();
}

RunController::~RunController()
{
    m_sendAgain = false;
    m_worker->disconnect(this);
    if (m_servers)
        m_servers->network().abort();
    m_gate.open();
    m_thread.quit();
    m_thread.wait();
}

void RunController::send()
{
    if (isRunning()) {
        m_sendAgain = true;
        runToEnd();
        return;
    }
    start();
}

void RunController::start()
{
    if (!prepareServers())
        return;
    m_current = ++m_runs;
    m_heldStep = -1;
    if (m_pause)
        m_gate.close();
    else
        m_gate.open();
    Q_EMIT runningChanged(true);
    Q_EMIT started();
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, run = *m_current, scenario = m_document.scenario(),
                                         servers = m_servers.get()] { worker->run(run, scenario, *servers); });
}

void RunController::runFinished(int run, const std::shared_ptr<const Trace>& trace)
{
    if (m_current != run)
        return;
    m_current.reset();
    m_heldStep = -1;
    m_servers->network().resume();
    if (!std::exchange(m_abandoned, false))
        Q_EMIT finished(trace);
    Q_EMIT runningChanged(false);
    pollLogs();
    if (std::exchange(m_sendAgain, false))
        start();
    else
        takeSettings(); // those whose servers had to wait
}

void RunController::proceed()
{
    if (!isHeld())
        return;
    m_heldStep = -1;
    Q_EMIT proceeded();
    m_gate.letOneThrough();
}

void RunController::runToEnd()
{
    if (std::exchange(m_heldStep, -1) >= 0)
        Q_EMIT proceeded();
    m_gate.open();
}

void RunController::abandon()
{
    m_sendAgain = false;
    if (!isRunning() || m_abandoned)
        return;
    m_abandoned = true;
    m_servers->network().abort();
    runToEnd();
    Q_EMIT abandoned();
}

void RunController::setPauseBeforeEachStep(bool pause)
{
    if (pause == m_pause)
        return;
    m_pause = pause;
    Q_EMIT pauseChanged(pause);
    if (!isRunning())
        return;
    if (pause)
        m_gate.close();
    else
        runToEnd();
}

void RunController::resetBrowser()
{
    if (isRunning()) // what the run leaves is forgotten as well
        QMetaObject::invokeMethod(m_worker, [worker = m_worker] { worker->resetBrowser(); });
    else
        setBrowser(Browser());
}

void RunController::setBrowser(const Browser& browser)
{
    if (isRunning())
        return;
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, browser] { worker->setBrowser(browser); });
    m_browser = std::make_shared<const Browser>(browser);
    Q_EMIT browserChanged();
}

void RunController::clearLogs()
{
    if (!m_servers)
        return;
    for (const auto& server : m_servers->backend().servers())
        server->clearLogs();
    Q_EMIT logsChanged();
}

/// New settings count from the next request on; new addresses wait for the end of a run.
void RunController::takeSettings()
{
    const auto& servers = m_document.scenario().servers;
    if (m_servers && m_servers->fits(servers)) {
        if (const auto set = m_servers->configure(servers); !set)
            Q_EMIT failed(set.error().sentence());
        else
            Q_EMIT settingsTaken();
    } else {
        m_addressTimer.start();
    }
}

bool RunController::prepareServers()
{
    const auto& servers = m_document.scenario().servers;
    if (!m_servers || !m_servers->fits(servers)) {
        m_servers.reset(); // its ports may be wanted again
        auto started = LiveServers::start(servers);
        if (!started) {
            Q_EMIT failed(started.error().sentence());
            Q_EMIT serversChanged();
            return false;
        }
        m_servers = *started;
        m_logCounts.clear();
        Q_EMIT serversChanged();
        for (const auto& notice : m_servers->notices())
            Q_EMIT noticed(notice);
        pollLogs();
        return true;
    }
    // A run may have changed settings as part of its script: every run starts from the scenario's.
    const auto set = m_servers->configure(servers);
    if (!set)
        Q_EMIT failed(set.error().sentence());
    return set.ok();
}

void RunController::pollLogs()
{
    if (!m_servers)
        return;
    std::vector<std::pair<quint64, quint64>> counts;
    for (const auto& server : m_servers->backend().servers())
        counts.emplace_back(server->accessLogCount(), server->ledgerCount());
    if (counts == m_logCounts)
        return;
    m_logCounts = std::move(counts);
    Q_EMIT logsChanged();
}

namespace {
Server* serverAt(LiveServers* servers, int index)
{
    if (!servers || index < 0 || size_t(index) >= servers->backend().servers().size())
        return nullptr;
    return servers->backend().servers()[size_t(index)].get();
}
} // namespace

QList<AccessLogEntry> RunController::accessLog(int server) const
{
    const auto* found = serverAt(m_servers.get(), server);
    return found ? found->accessLog() : QList<AccessLogEntry>();
}

QList<LedgerEntry> RunController::ledger(int server) const
{
    const auto* found = serverAt(m_servers.get(), server);
    return found ? found->ledger() : QList<LedgerEntry>();
}

QByteArray RunController::listeningOn(int server) const
{
    return m_servers ? m_servers->listeningOn(server) : QByteArray();
}

quint16 RunController::freePortAfter(quint16 port) const
{
    const auto& servers = m_document.scenario().servers;
    for (int candidate = port + 1; candidate <= qMin(port + 100, 65535); ++candidate) {
        const bool ours = std::any_of(servers.begin(), servers.end(), [&](const auto& s) { return s.port == candidate; });
        QTcpServer probe;
        if (!ours && probe.listen(QHostAddress::LocalHost, quint16(candidate)))
            return quint16(candidate);
    }
    return 0;
}

QString RunController::curlCommand(int server) const
{
    return m_servers ? m_servers->curlCommand(server) : QString();
}

} // namespace corscope
