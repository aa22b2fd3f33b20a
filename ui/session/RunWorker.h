#pragma once

#include "core/fetch/Browser.h"
#include "core/scenario/Scenario.h"
#include "core/trace/Recorder.h"
#include "ui/session/LiveServers.h"
#include "ui/session/StepGate.h"

#include <QObject>

namespace corscope {

/// Lives on the run's thread: owns the simulated browser's state and runs scenarios, one at a time.
class RunWorker : public QObject, private StepListener
{
    Q_OBJECT
public:
    explicit RunWorker(StepGate& gate) : m_gate(gate) {}

    /// \param servers must stay until the run is finished.
    void run(int number, const Scenario& scenario, LiveServers& servers);
    void setBrowser(const Browser& browser) { m_browser = browser; }
    void resetBrowser();

Q_SIGNALS: // from whichever thread records; connect queued
    void laneAdded(int run, const Lane& lane);
    void stepRecorded(int run, const std::shared_ptr<const Step>& step);
    void held(int run, int step);
    /// What the browser remembers now that nothing runs. Comes before finished().
    void remembered(const std::shared_ptr<const Browser>& browser);
    void finished(int run, const std::shared_ptr<const Trace>& trace);

private:
    void laneAdded(const Lane& lane) override { Q_EMIT laneAdded(m_run, lane); }
    void stepRecorded(const std::shared_ptr<const Step>& step) override;

    StepGate& m_gate;
    Browser m_browser = Browser();
    LiveServers* m_servers = nullptr; ///< while a run is under way
    int m_run = 0;
};

} // namespace corscope
