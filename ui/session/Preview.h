#pragma once

#include "core/base/Result.h"
#include "core/scenario/Scenario.h"
#include "core/trace/Trace.h"
#include "ui/session/TraceStanding.h"

#include <QObject>
#include <QThread>
#include <QTimer>

#include <memory>
#include <optional>

namespace corscope {

class PreviewWorker;
class RunController;
class ScenarioDocument;
class TraceCursor;
struct Browser;

/// Runs the scenario in-process after every edit and shows the outcome in the cursor's trace, as a preview of what Send
/// would do: it starts from a copy of what the simulated browser remembers now, and leaves browser, servers and their
/// logs alone. Of edits in quick succession the last one counts. A run under way is not disturbed.
///
/// Back at the scenario that was sent last, the run itself is shown again. A scenario that was just opened has none:
/// its first edit brings the first preview.
class Preview : public QObject
{
    Q_OBJECT
public:
    Preview(ScenarioDocument& document, RunController& run, TraceCursor& cursor, QObject* parent = nullptr);
    ~Preview() override;

    /// The last run that was sent to its end, and what it was made of; null where there is none.
    const std::shared_ptr<const Trace>& sentTrace() const { return m_sentTrace; }
    const Scenario& sentScenario() const { return m_sent; }
    /// Whether a preview is being worked out.
    bool isComputing() const { return m_wanted; }

Q_SIGNALS:
    void sentChanged();
    void shown();   ///< a preview of the scenario as it is now
    void refused(const QString& sentence);

private:
    void scenarioChanged();
    void want();
    void forget();
    void start();
    void arrived(const Result<std::shared_ptr<const Trace>>& result);
    TraceStanding standing(TraceStanding::Source source, TraceStanding::Validity validity = TraceStanding::Validity::Current,
                           const QString& sentence = {}) const;
    void runFinished(const std::shared_ptr<const Trace>& trace);

    ScenarioDocument& m_document;
    RunController& m_run;
    TraceCursor& m_cursor;
    QThread m_thread;
    PreviewWorker* m_worker;
    QTimer m_soon; ///< lets edits of one event come together; those that come while the worker is busy share its next run
    QTimer m_late; ///< from then on it is said that what is shown is out of date
    bool m_wanted = false;
    bool m_busy = false;
    bool m_again = false; ///< what the worker is at is out of date already
    Scenario m_started;   ///< as the run under way, or the last, began; or as it was opened
    Scenario m_sent;
    bool m_sentWhole = false; ///< nothing was changed while that run was under way
    std::shared_ptr<const Trace> m_sentTrace;
};

} // namespace corscope
