#pragma once

#include "core/trace/Trace.h"
#include "ui/present/Curtain.h"

#include <QElapsedTimer>
#include <QObject>

namespace corscope {

class RunController;
class RunFollower;
class TraceCursor;

/// A run shown to an audience, step by step: each verdict is asked for first and answered when the speaker wants it. Puts
/// into the cursor only what was shown so far; the cursor stays the one selection, and its own next and back do the rest.
class Presentation : public QObject
{
    Q_OBJECT
public:
    Presentation(TraceCursor& cursor, RunController& run, RunFollower& follower, QObject* parent = nullptr);

    bool isOn() const { return m_on; }
    /// Whether the step that was reached last waits for its answer.
    bool isAsking() const { return m_on && m_last == curtain::LastStep::Asked; }
    const Trace& whole() const { return *m_whole; }
    int shownUntil() const { return m_until; } ///< index into whole(); -1 before the first step
    int stop() const;                          ///< number of the step at the cursor, from 1; 0 before the first
    int stops() const;                         ///< how many there will be: known to the speaker
    int upcoming() const;                      ///< the step after shownUntil(); -1 at the end
    qint64 elapsed() const { return m_on ? m_clock.elapsed() : 0; } ///< milliseconds since the start
    /// What the audience is asked; empty where there is nothing to ask.
    QString question() const;

public Q_SLOTS:
    /// Begins with the first step of the trace at the cursor, or sends where there is none.
    void start();
    /// Everything is shown again, at the step where the presentation ended.
    void end();
    void forward(); ///< answers, then steps
    void back();
    void reveal();  ///< answers; steps where nothing is asked
    void again();   ///< from the first step
    void resetClock() { m_clock.restart(); }

Q_SIGNALS:
    void onChanged(bool on);
    void changed(); ///< something else is shown, or asked

private:
    void take(const std::shared_ptr<const Trace>& whole);
    void show(int step, curtain::LastStep last);
    void more();

    TraceCursor& m_cursor;
    RunController& m_run;
    RunFollower& m_follower;
    std::shared_ptr<const Trace> m_whole;
    int m_until = -1;
    curtain::LastStep m_last = curtain::LastStep::Answered;
    bool m_on = false;
    QElapsedTimer m_clock;
};

} // namespace corscope
