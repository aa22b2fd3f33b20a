#pragma once

#include "core/fetch/Browser.h"
#include "core/trace/Trace.h"
#include "ui/session/LiveServers.h"
#include "ui/session/StepGate.h"

#include <QObject>
#include <QThread>
#include <QTimer>

#include <memory>
#include <optional>

namespace corscope {

class RunWorker;
class ScenarioDocument;

/// Keeps the scenario's servers listening with the settings of the moment, and runs the scenario on a thread of its
/// own, one run at a time. Reports what the run records as it comes.
class RunController : public QObject
{
    Q_OBJECT
public:
    explicit RunController(ScenarioDocument& document, QObject* parent = nullptr);
    ~RunController() override; ///< lets a held run go and waits for its end

    bool isRunning() const { return m_current.has_value(); }
    bool isHeld() const { return m_heldStep >= 0; }
    /// What the simulated browser remembers between runs: what the next run starts from. Never null.
    const std::shared_ptr<const Browser>& browser() const { return m_browser; }

    /// Lets it remember something else from the next run on. Not while a run is under way, which would overwrite it.
    void setBrowser(const Browser& browser);

    /// What the servers have seen, from requests of the window and of other programs alike.
    QList<AccessLogEntry> accessLog(int server) const;
    QList<LedgerEntry> ledger(int server) const;
    /// Where the server can be reached by other programs; empty where it is not listening.
    QByteArray listeningOn(int server) const;
    QString curlCommand(int server) const;
    /// A port above that one which no program on this machine and no server of the scenario uses now; 0 where none was
    /// found near it.
    quint16 freePortAfter(quint16 port) const;

public Q_SLOTS:
    /// Runs the scenario as it is now. A run still under way is brought to its end first.
    void send();
    /// Lets a held run make its next step.
    void proceed();
    /// Lets a held run go on without further pauses; the next run pauses again.
    void runToEnd();
    /// Ends a run whose result nobody wants any more; it is not heard of again.
    void abandon();
    void setPauseBeforeEachStep(bool pause);
    /// Forgets what the simulated browser remembers (cookies and caches), and its clock.
    void resetBrowser();
    void clearLogs();

Q_SIGNALS:
    void started();
    void laneAdded(const Lane& lane);
    void stepRecorded(const std::shared_ptr<const Step>& step);
    void held(int step);
    void proceeded();
    void finished(const std::shared_ptr<const Trace>& trace);
    void abandoned();
    void settingsTaken(); ///< the servers have the settings of the moment
    void runningChanged(bool running);
    void pauseChanged(bool pause);
    void browserChanged(); ///< the browser remembers something else now; comes before finished()
    void logsChanged();
    void serversChanged(); ///< other servers are listening
    void noticed(const QString& sentence); ///< worth knowing, nothing wrong
    void failed(const QString& sentence);

private:
    bool isShown(int run) const { return m_current == run && !m_abandoned; }
    void takeSettings();
    bool prepareServers();
    void start();
    void runFinished(int run, const std::shared_ptr<const Trace>& trace);
    void pollLogs();

    ScenarioDocument& m_document;
    StepGate m_gate;
    QThread m_thread;
    RunWorker* m_worker = nullptr;
    std::shared_ptr<const Browser> m_browser = std::make_shared<const Browser>();
    std::shared_ptr<LiveServers> m_servers;
    bool m_pause = false;
    int m_runs = 0;
    std::optional<int> m_current; ///< number of the run under way
    int m_heldStep = -1;
    bool m_sendAgain = false;
    bool m_abandoned = false;
    QTimer m_logTimer;
    QTimer m_addressTimer;
    std::vector<std::pair<quint64, quint64>> m_logCounts;
};

} // namespace corscope
