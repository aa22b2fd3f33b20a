#include "ui/session/TraceCursor.h"

#include "core/trace/Diff.h"

#include <algorithm>

namespace corscope {

TraceCursor::TraceCursor(QObject* parent) : QObject(parent), m_trace(std::make_shared<const Trace>()) {}

const Step* TraceCursor::step() const
{
    return m_position < 0 ? nullptr : &m_trace->at(m_position);
}

int TraceCursor::action() const
{
    return m_position < 0 ? -1 : step()->action;
}

int TraceCursor::stopIndex() const
{
    return int(std::upper_bound(m_stops.begin(), m_stops.end(), m_position) - m_stops.begin()) - 1;
}

bool TraceCursor::atFirst() const
{
    return m_stops.empty() || m_position <= m_stops.front();
}

bool TraceCursor::atLast() const
{
    return m_stops.empty() || m_position >= m_stops.back();
}

int TraceCursor::landmarkNumber(int step) const
{
    if (step < 0 || step >= m_trace->size() || !m_trace->at(step).landmark)
        return 0;
    return int(std::upper_bound(m_landmarks.begin(), m_landmarks.end(), step) - m_landmarks.begin());
}

void TraceCursor::setTrace(const std::shared_ptr<const Trace>& trace, Start start)
{
    const auto& next = trace ? *trace : Trace();
    take(trace, start == Start::First      ? walk::first(next, m_mode)
                : start == Start::Last     ? walk::last(next, m_mode)
                : start == Start::Decision ? walk::decision(next)
                                           : m_position);
}

void TraceCursor::retell(const std::shared_ptr<const Trace>& trace, const TraceStanding& standing)
{
    const bool atDecision = m_position < 0 || m_position == walk::decision(*m_trace);
    const int same = atDecision ? -1 : diff::counterpart(*m_trace, m_position, *trace);
    const bool changed = m_standing != standing;
    m_standing = standing; // NB: whoever hears of the trace finds the standing that belongs to it
    take(trace, same >= 0 ? same : walk::decision(*trace));
    if (changed)
        Q_EMIT standingChanged();
}

void TraceCursor::setStanding(const TraceStanding& standing)
{
    if (m_standing == standing)
        return;
    m_standing = standing;
    Q_EMIT standingChanged();
}

void TraceCursor::take(const std::shared_ptr<const Trace>& trace, int position)
{
    m_trace = trace ? trace : std::make_shared<const Trace>();
    m_growing.reset();
    m_stops = walk::stops(*m_trace, m_mode);
    m_landmarks = walk::stops(*m_trace, walk::Stops::Landmarks);
    // NB: whoever hears of the trace may ask for the step at once.
    m_position = std::clamp(position, isEmpty() ? -1 : 0, m_trace->size() - 1);
    Q_EMIT traceChanged();
    Q_EMIT cursorChanged(m_position);
}

void TraceCursor::clear()
{
    setTrace(nullptr);
}

Trace& TraceCursor::growing()
{
    // NB: m_trace and m_growing are two owners of one object; a third is somebody who must not see it change.
    if (!m_growing || m_growing != m_trace || m_growing.use_count() > 2) {
        m_growing = std::make_shared<Trace>(*m_trace);
        m_trace = m_growing;
    }
    return *m_growing;
}

void TraceCursor::append(const std::vector<Lane>& lanes, const std::vector<std::shared_ptr<const Step>>& steps)
{
    if (lanes.empty() && steps.empty())
        return;
    auto& trace = growing();
    trace.lanes.insert(trace.lanes.end(), lanes.begin(), lanes.end());
    int position = m_position;
    for (const auto& step : steps) {
        const bool wasAtEnd = position < 0 || m_stops.empty() || position >= m_stops.back();
        const int index = trace.size();
        trace.steps.push_back(step);
        const bool isStop = m_mode == walk::Stops::EveryStep || step->landmark;
        if (isStop)
            m_stops.push_back(index);
        if (step->landmark)
            m_landmarks.push_back(index);
        if (wasAtEnd && (isStop || position < 0))
            position = index;
    }
    Q_EMIT traceGrew();
    place(position);
}

void TraceCursor::setLive(bool live)
{
    if (m_live == live)
        return;
    m_live = live;
    Q_EMIT liveChanged(live);
}

void TraceCursor::setStopsMode(walk::Stops mode)
{
    if (m_mode == mode)
        return;
    m_mode = mode;
    m_stops = walk::stops(*m_trace, m_mode);
    Q_EMIT stopsModeChanged(mode);
    if (mode == walk::Stops::Landmarks && m_position >= 0)
        place(walk::landmarkOf(*m_trace, m_position));
}

void TraceCursor::place(int position)
{
    position = std::clamp(position, isEmpty() ? -1 : 0, m_trace->size() - 1);
    if (position == m_position)
        return;
    m_position = position;
    Q_EMIT cursorChanged(position);
}

void TraceCursor::moveTo(int position)
{
    place(position);
}

void TraceCursor::moveToStop(int index)
{
    if (index >= 0 && index < int(m_stops.size()))
        place(m_stops[size_t(index)]);
}

void TraceCursor::next()
{
    if (m_live && atLast())
        Q_EMIT moreWanted();
    else
        place(walk::next(*m_trace, m_position, m_mode));
}

void TraceCursor::back()
{
    place(walk::back(*m_trace, m_position, m_mode));
}

void TraceCursor::first()
{
    place(walk::first(*m_trace, m_mode));
}

void TraceCursor::last()
{
    place(walk::last(*m_trace, m_mode));
}

void TraceCursor::over()
{
    place(walk::over(*m_trace, m_position, m_mode));
}

void TraceCursor::out()
{
    place(walk::out(*m_trace, m_position, m_mode));
}

void TraceCursor::toDecision()
{
    // Of the actions from here on the first that decided something, then of those before: asked again, it goes round.
    std::vector<int> decisions;
    for (int action = 0; action < int(m_trace->outcomes.size()); ++action)
        if (const int at = walk::decision(*m_trace, action); at >= 0)
            decisions.push_back(at);
    const auto after = std::upper_bound(decisions.begin(), decisions.end(), m_position);
    place(after != decisions.end() ? *after : !decisions.empty() ? decisions.front() : walk::decision(*m_trace));
}

} // namespace corscope
