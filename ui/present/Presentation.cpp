#include "ui/present/Presentation.h"

#include "core/explain/Explain.h"
#include "ui/session/RunController.h"
#include "ui/session/RunFollower.h"
#include "ui/session/TraceCursor.h"

#include <algorithm>

namespace corscope {

using curtain::LastStep;

Presentation::Presentation(TraceCursor& cursor, RunController& run, RunFollower& follower, QObject* parent)
    : QObject(parent), m_cursor(cursor), m_run(run), m_follower(follower), m_whole(std::make_shared<const Trace>())
{
    connect(&cursor, &TraceCursor::moreWanted, this, [this] {
        if (m_on)
            more();
    });
    connect(&cursor, &TraceCursor::cursorChanged, this, [this] {
        if (m_on)
            Q_EMIT changed();
    });
    connect(&run, &RunController::finished, this, [this](const std::shared_ptr<const Trace>& trace) {
        if (m_on)
            take(trace);
    });
}

int Presentation::stop() const
{
    return m_cursor.isEmpty() ? 0 : m_cursor.stopIndex() + 1;
}

int Presentation::stops() const
{
    return int(walk::stops(*m_whole, m_cursor.stopsMode()).size());
}

int Presentation::upcoming() const
{
    const int next = m_until < 0 ? walk::first(*m_whole, m_cursor.stopsMode())
                                 : walk::next(*m_whole, m_until, m_cursor.stopsMode());
    return next > m_until && next < m_whole->size() ? next : -1;
}

QString Presentation::question() const
{
    if (!m_on || m_until < 0 || m_cursor.action() < int(m_cursor.trace()->outcomes.size()))
        return {};
    if (isAsking() && m_cursor.atLast()) {
        const auto title = explain::stepTitle(m_whole->at(m_until));
        return title.endsWith(u'?') ? tr("%1 What do you predict?").arg(title)
                                    : tr("%1: what do you predict?").arg(title);
    }
    return tr("What do you predict: may the page read the response?");
}

void Presentation::start()
{
    if (m_on)
        return;
    m_on = true;
    m_clock.start();
    m_follower.setFollowing(false);
    m_run.setPauseBeforeEachStep(false);
    if (m_cursor.isEmpty() || m_run.isRunning()) {
        take(std::make_shared<const Trace>());
        m_run.send();
    } else {
        take(m_cursor.trace());
    }
    Q_EMIT onChanged(true);
}

void Presentation::end()
{
    if (!m_on)
        return;
    const int at = m_cursor.position();
    m_on = false;
    m_follower.setFollowing(true);
    m_cursor.setLive(m_run.isRunning());
    m_cursor.setTrace(m_whole);
    m_cursor.moveTo(at);
    Q_EMIT onChanged(false);
    Q_EMIT changed();
}

void Presentation::take(const std::shared_ptr<const Trace>& whole)
{
    m_whole = whole;
    again();
}

void Presentation::again()
{
    m_until = -1;
    m_last = LastStep::Answered;
    const int first = upcoming();
    show(first, first >= 0 && curtain::isQuestion(m_whole->at(first)) ? LastStep::Asked : LastStep::Answered);
}

void Presentation::show(int step, LastStep last)
{
    m_until = step;
    m_last = last;
    // NB: not at its end until everything was shown, so that a step forward asks for more.
    m_cursor.setLive(upcoming() >= 0 || m_last == LastStep::Asked);
    m_cursor.setTrace(std::make_shared<const Trace>(curtain::shownUntil(*m_whole, step, last)), TraceCursor::Start::Last);
    m_cursor.moveTo(step);
}

void Presentation::more()
{
    if (m_last == LastStep::Asked) {
        show(m_until, LastStep::Answered);
        return;
    }
    const int next = upcoming();
    if (next >= 0)
        show(next, curtain::isQuestion(m_whole->at(next)) ? LastStep::Asked : LastStep::Answered);
}

void Presentation::forward()
{
    m_cursor.next();
}

void Presentation::back()
{
    m_cursor.back();
}

void Presentation::reveal()
{
    if (isAsking()) {
        m_cursor.last();
        show(m_until, LastStep::Answered);
    } else {
        forward();
    }
}

} // namespace corscope
