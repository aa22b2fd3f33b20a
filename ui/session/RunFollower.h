#pragma once

#include "core/trace/Trace.h"

#include <QObject>
#include <QTimer>

namespace corscope {

class RunController;
class TraceCursor;

/// Shows a run in the cursor's trace while it is under way. Steps that come in quick succession are handed on together.
class RunFollower : public QObject
{
    Q_OBJECT
public:
    RunFollower(RunController& run, TraceCursor& cursor, QObject* parent = nullptr);
    /// Whether it does; while it does not, somebody else decides what is shown of a run.
    void setFollowing(bool following) { m_following = following; }

private:
    void flush();

    RunController& m_run;
    TraceCursor& m_cursor;
    std::vector<Lane> m_lanes;
    std::vector<std::shared_ptr<const Step>> m_steps;
    bool m_following = true;
    bool m_wasHeld = false;
    QTimer m_timer;
};

} // namespace corscope
