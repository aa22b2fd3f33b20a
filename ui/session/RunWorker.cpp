#include "ui/session/RunWorker.h"

#include "core/scenario/Runner.h"

namespace corscope {

void RunWorker::run(int number, const Scenario& scenario, LiveServers& servers)
{
    m_run = number;
    m_servers = &servers;
    m_servers->setNow(m_browser.clock.now());
    Recorder recorder(this);
    Runner runner(m_browser, servers.backend(), servers.network());
    auto trace = std::make_shared<const Trace>(runner.run(scenario, recorder));
    m_servers = nullptr;
    Q_EMIT browserLeft(std::make_shared<const Browser>(m_browser));
    Q_EMIT finished(number, trace);
}

void RunWorker::resetBrowser()
{
    m_browser = Browser();
    Q_EMIT browserLeft(std::make_shared<const Browser>(m_browser));
}

void RunWorker::stepRecorded(const std::shared_ptr<const Step>& step)
{
    m_servers->setNow(step->time);
    Q_EMIT stepRecorded(m_run, step);
    if (step->landmark)
        m_gate.pass([this, &step] { Q_EMIT held(m_run, step->index); });
}

} // namespace corscope
