#include "ui/session/Preview.h"

#include "core/scenario/Runner.h"
#include "ui/session/PreviewWorker.h"
#include "ui/session/RunController.h"
#include "ui/session/ScenarioDocument.h"
#include "ui/session/TraceCursor.h"

#include <chrono>

namespace corscope {

using Source = TraceStanding::Source;
using Validity = TraceStanding::Validity;

void PreviewWorker::run(const Scenario& scenario, const Browser& browser)
{
    Browser copy = browser;
    auto trace = runInProcess(scenario, copy);
    if (trace)
        Q_EMIT done(std::make_shared<const Trace>(std::move(*trace)));
    else
        Q_EMIT done(trace.error());
}

Preview::Preview(ScenarioDocument& document, RunController& run, TraceCursor& cursor, QObject* parent)
    : QObject(parent), m_document(document), m_run(run), m_cursor(cursor), m_worker(new PreviewWorker),
      m_started(document.scenario())
{
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &PreviewWorker::done, this, &Preview::arrived, Qt::QueuedConnection);
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &Preview::start);
    m_late.setSingleShot(true);
    m_late.setInterval(std::chrono::milliseconds(150)); // shorter than that, a word would only flicker
    connect(&m_late, &QTimer::timeout, this, [this] {
        m_cursor.setStanding(standing(m_cursor.standing().source, Validity::Computing));
    });

    connect(&document, &ScenarioDocument::scenarioReplaced, this, [this] {
        forget();
        m_started = m_document.scenario();
        m_sentTrace.reset();
        m_cursor.setStanding(standing(Source::Wire));
        Q_EMIT sentChanged();
    });
    connect(&document, &ScenarioDocument::scenarioChanged, this, &Preview::scenarioChanged);
    connect(&run, &RunController::started, this, [this] {
        forget();
        m_started = m_document.scenario();
        m_cursor.setStanding(standing(Source::Wire));
    });
    connect(&document, &ScenarioDocument::mistakeChanged, this, [this] {
        const auto now = m_cursor.standing();
        m_cursor.setStanding(standing(now.source, now.validity, now.sentence));
    });
    connect(&run, &RunController::finished, this, &Preview::runFinished);
    connect(&run, &RunController::runningChanged, this, [this](bool running) {
        if (!running && m_cursor.isEmpty() && m_document.scenario() != m_started)
            want(); // edited while a run that was given up came to its end
    });
    connect(&run, &RunController::browserChanged, this, [this] {
        if (m_cursor.standing().isPreview() && !m_run.isRunning())
            want(); // which starts from what the browser remembers
    });
    m_thread.start();
}

Preview::~Preview()
{
    m_worker->disconnect(this);
    m_thread.quit();
    m_thread.wait();
}

void Preview::scenarioChanged()
{
    if (m_run.isRunning())
        return; // what is changed now, that run takes up
    const auto& scenario = m_document.scenario();
    if (m_sentTrace && m_sentWhole && scenario == m_sent) {
        forget();
        m_cursor.retell(m_sentTrace, standing(Source::Wire));
    } else if (m_cursor.isEmpty() && scenario == m_started) {
        forget(); // opened, and nothing done yet
    } else {
        want();
    }
}

void Preview::want()
{
    m_wanted = true;
    m_again = m_busy;
    if (!m_late.isActive())
        m_late.start();
    m_soon.start();
}

void Preview::forget()
{
    m_wanted = false;
    m_again = m_busy;
    m_soon.stop();
    m_late.stop();
}

void Preview::start()
{
    if (m_busy || !m_wanted)
        return; // a worker that is busy is followed up
    m_busy = true;
    m_again = false;
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, scenario = m_document.scenario(), browser = m_run.browser()] {
        worker->run(scenario, *browser);
    });
}

/// What is wrong, without the way through the file to the stage's settings: in the window they are in view.
static QString shortSentence(InputError error)
{
    const auto settings = QStringLiteral(".settings.");
    if (const auto at = error.where.lastIndexOf(settings); at >= 0)
        error.where = error.where.mid(at + settings.size());
    return error.sentence();
}

void Preview::arrived(const Result<std::shared_ptr<const Trace>>& result)
{
    m_busy = false;
    if (std::exchange(m_again, false) || !m_wanted) {
        if (!m_soon.isActive())
            start();
        return;
    }
    m_wanted = false;
    m_late.stop();
    if (result) {
        m_cursor.retell(*result, standing(Source::Preview));
        Q_EMIT shown();
        return;
    }
    const auto sentence = shortSentence(result.error());
    m_cursor.setStanding(standing(m_cursor.standing().source, Validity::Refused, sentence));
    Q_EMIT refused(sentence);
}

TraceStanding Preview::standing(Source source, Validity validity, const QString& sentence) const
{
    return {source, validity, sentence, m_document.mistake()};
}

void Preview::runFinished(const std::shared_ptr<const Trace>& trace)
{
    m_sent = m_document.scenario();
    m_sentWhole = m_sent == m_started;
    m_sentTrace = trace;
    Q_EMIT sentChanged();
}

} // namespace corscope
