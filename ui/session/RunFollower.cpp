#include "ui/session/RunFollower.h"

#include "ui/session/RunController.h"
#include "ui/session/TraceCursor.h"

#include <chrono>

namespace corscope {

RunFollower::RunFollower(RunController& run, TraceCursor& cursor, QObject* parent)
    : QObject(parent), m_run(run), m_cursor(cursor)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(std::chrono::milliseconds(150));
    connect(&m_timer, &QTimer::timeout, this, &RunFollower::flush);
    connect(&run, &RunController::started, this, [this] {
        m_lanes.clear();
        m_steps.clear();
        m_wasHeld = false;
        m_cursor.clear();
        m_cursor.setLive(true);
    });
    connect(&run, &RunController::laneAdded, this, [this](const Lane& lane) {
        if (m_following)
            m_lanes.push_back(lane);
    });
    connect(&run, &RunController::stepRecorded, this, [this](const std::shared_ptr<const Step>& step) {
        if (!m_following)
            return;
        m_steps.push_back(step);
        if (!m_timer.isActive())
            m_timer.start();
    });
    connect(&run, &RunController::held, this, [this](int step) {
        if (!m_following)
            return;
        m_wasHeld = true;
        flush();
        m_cursor.moveTo(step);
    });
    connect(&run, &RunController::finished, this, [this](const std::shared_ptr<const Trace>& trace) {
        m_timer.stop();
        m_lanes.clear();
        m_steps.clear();
        if (!m_following)
            return;
        m_cursor.setLive(false);
        // Who walked through the run step by step stays where the walk ended; others want to know why.
        m_cursor.setTrace(trace, m_wasHeld ? TraceCursor::Start::Last : TraceCursor::Start::Decision);
    });
    connect(&run, &RunController::abandoned, this, [this] {
        m_timer.stop();
        m_lanes.clear();
        m_steps.clear();
        m_cursor.setLive(false);
        m_cursor.clear();
    });
    connect(&cursor, &TraceCursor::moreWanted, &run, &RunController::proceed);
}

void RunFollower::flush()
{
    m_timer.stop();
    m_cursor.append(std::exchange(m_lanes, {}), std::exchange(m_steps, {}));
}

} // namespace corscope
