#pragma once

#include "core/trace/Trace.h"
#include "core/trace/Walk.h"
#include "ui/session/TraceStanding.h"

#include <QObject>
#include <memory>

namespace corscope {

/// The trace being looked at and the step being looked at in it: the one selection that diagram, step list, inspector
/// and verdict share. During a live run the trace grows; what was handed out before stays as it was.
class TraceCursor : public QObject
{
    Q_OBJECT
public:
    /// Where the cursor stands in a trace that was just set.
    enum class Start { Keep, First, Last, Decision };

    explicit TraceCursor(QObject* parent = nullptr);

    /// Never null; empty while nothing was run.
    const std::shared_ptr<const Trace>& trace() const { return m_trace; }
    bool isEmpty() const { return m_trace->size() == 0; }
    int position() const { return m_position; } ///< index of a step; -1 in an empty trace
    const Step* step() const;                   ///< null in an empty trace
    /// Action of the scenario that the step at the cursor belongs to; -1 in an empty trace.
    int action() const;

    walk::Stops stopsMode() const { return m_mode; }
    const std::vector<int>& stops() const { return m_stops; }
    /// Place of the cursor among the stops, from 0; of the last stop before it where it stands between two; -1 in front.
    int stopIndex() const;
    bool atFirst() const;
    bool atLast() const;
    bool isLive() const { return m_live; }
    const TraceStanding& standing() const { return m_standing; }
    /// The number that diagram, list and inspector show for a landmark, from 1; 0 where the step is none.
    int landmarkNumber(int step) const;

public Q_SLOTS:
    void setTrace(const std::shared_ptr<const Trace>& trace, corscope::TraceCursor::Start start = Start::Keep);
    /// The same story told anew: the cursor goes to the step that stands for the one it was at; where there is none, and
    /// where it was at the decision, to the decision. The standing comes with the trace.
    void retell(const std::shared_ptr<const corscope::Trace>& trace, const corscope::TraceStanding& standing);
    void setStanding(const corscope::TraceStanding& standing);
    void clear();
    /// A run under way adds to the trace. The cursor goes along where it stood at the end.
    void append(const std::vector<corscope::Lane>& lanes, const std::vector<std::shared_ptr<const corscope::Step>>& steps);
    /// While live, next() at the end asks for more instead of doing nothing.
    void setLive(bool live);
    void setStopsMode(corscope::walk::Stops mode);
    void moveTo(int position);
    void moveToStop(int index);
    void next();
    void back();
    void first();
    void last();
    void over();
    void out();
    void toDecision();

Q_SIGNALS:
    void cursorChanged(int position);
    /// Another trace. Comes before cursorChanged.
    void traceChanged();
    /// The same trace with more at its end: what was known of its steps still holds. Comes before cursorChanged, which
    /// follows only where the cursor goes along.
    void traceGrew();
    void stopsModeChanged(corscope::walk::Stops mode);
    void liveChanged(bool live);
    void standingChanged();
    /// Someone asked for the step after the last one of a live run.
    void moreWanted();

private:
    Trace& growing();
    void place(int position);
    void take(const std::shared_ptr<const Trace>& trace, int position);

    std::shared_ptr<const Trace> m_trace;
    std::shared_ptr<Trace> m_growing; ///< the same object as m_trace while nobody else holds it
    std::vector<int> m_stops;
    std::vector<int> m_landmarks;
    walk::Stops m_mode = walk::Stops::Landmarks;
    int m_position = -1;
    bool m_live = false;
    TraceStanding m_standing;
};

} // namespace corscope
