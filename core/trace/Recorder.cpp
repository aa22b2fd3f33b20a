#include "core/trace/Recorder.h"

#include <algorithm>

namespace corscope {

Recorder& Recorder::silent()
{
    static Recorder* const recorder = [] {
        auto* r = new Recorder;
        r->m_silent = true;
        return r;
    }();
    return *recorder;
}

int Recorder::lane(const Lane& lane)
{
    if (m_silent)
        return -1;
    const std::lock_guard lock(m_mutex);
    auto& lanes = m_trace.lanes;
    const auto it = std::find_if(lanes.begin(), lanes.end(), [&](const Lane& l) { return l.id == lane.id; });
    if (it != lanes.end())
        return int(it - lanes.begin());
    lanes.push_back(lane);
    if (m_listener)
        m_listener->laneAdded(lane);
    return int(lanes.size()) - 1;
}

void Recorder::setState(const StateTable& table)
{
    if (m_silent)
        return;
    const std::lock_guard lock(m_mutex);
    auto next = *m_state;
    const auto it = std::find_if(next.begin(), next.end(), [&](const auto& t) { return t->id == table.id; });
    if (it == next.end())
        next.push_back(std::make_shared<const StateTable>(table));
    else if (**it == table)
        return;
    else
        *it = std::make_shared<const StateTable>(table);
    m_state = std::make_shared<const State>(std::move(next));
}

Spec Recorder::enter(Algorithm algorithm, int lane)
{
    if (m_silent)
        return Spec(nullptr, algorithm);
    const std::lock_guard lock(m_mutex);
    Step step;
    step.kind = StepKind::Enter;
    step.lane = lane;
    step.at = {algorithm, {}};
    const int index = record(std::move(step));
    int preflight = m_frames.empty() ? -1 : m_frames.back().preflight;
    if (algorithm == Algorithm::CorsPreflightFetch)
        preflight = index;
    m_frames.push_back({index, algorithm, lane, preflight});
    return Spec(this, algorithm);
}

Spec Recorder::enter(Algorithm algorithm)
{
    return enter(algorithm, m_frames.empty() ? 0 : m_frames.back().lane);
}

int Recorder::record(Step step)
{
    if (m_silent)
        return -1;
    const auto recorded = std::make_shared<Step>(std::move(step));
    const int index = [&] {
        const std::lock_guard lock(m_mutex);
        recorded->index = m_trace.size();
        recorded->depth = int(m_frames.size());
        recorded->parent = m_frames.empty() ? -1 : m_frames.back().enterStep;
        recorded->preflight = m_frames.empty() ? -1 : m_frames.back().preflight;
        recorded->action = m_action;
        recorded->state = m_state;
        recorded->time = m_time;
        m_trace.steps.push_back(recorded);
        return recorded->index;
    }();
    if (m_listener)
        m_listener->stepRecorded(recorded);
    return index;
}

void Recorder::addOutcome(Outcome outcome)
{
    if (!m_silent)
        m_trace.outcomes.push_back(std::move(outcome));
}

Trace Recorder::take()
{
    Q_ASSERT(m_frames.empty());
    return std::exchange(m_trace, {});
}

int Spec::write(Step step)
{
    step.lane = m_recorder->m_frames.back().lane;
    return m_recorder->record(std::move(step));
}

void Spec::rule(const char* number, std::vector<Input> inputs)
{
    Step step;
    step.at = at(number);
    step.inputs = std::move(inputs);
    write(std::move(step));
}

void Spec::branch(const char* number, bool answer, std::vector<Input> inputs)
{
    Step step;
    step.kind = StepKind::Branch;
    step.at = at(number);
    step.verdict = answer ? Verdict::Yes : Verdict::No;
    step.inputs = std::move(inputs);
    write(std::move(step));
}

bool Spec::askLandmark(const char* number, bool answer, Inputs inputs,
                       std::shared_ptr<const WireMessage> message, QByteArrayView decidingHeader)
{
    if (!m_recorder)
        return answer;
    Step step;
    step.kind = StepKind::Branch;
    step.landmark = true;
    step.at = at(number);
    step.verdict = answer ? Verdict::Yes : Verdict::No;
    step.inputs = inputs.all();
    step.message = std::move(message);
    step.decidingHeader = decidingHeader.toByteArray();
    write(std::move(step));
    return answer;
}

void Spec::departure(const char* difference, Inputs inputs)
{
    if (!m_recorder)
        return;
    Step step;
    step.kind = StepKind::Branch;
    step.landmark = true;
    step.at = {Algorithm::BrowserProfile, difference};
    step.verdict = Verdict::Yes;
    step.inputs = inputs.all();
    write(std::move(step));
}

void Spec::success(const char* number, Inputs inputs, QByteArrayView decidingHeader,
                   std::shared_ptr<const WireMessage> message)
{
    if (!m_recorder)
        return;
    Step step;
    step.kind = StepKind::Decision;
    step.landmark = true;
    step.at = at(number);
    step.verdict = Verdict::Success;
    step.inputs = inputs.all();
    step.decidingHeader = decidingHeader.toByteArray();
    step.message = std::move(message);
    write(std::move(step));
}

Blocked Spec::failure(const char* number, Why why, const QByteArray& offender, Inputs inputs,
                      QByteArrayView decidingHeader, std::shared_ptr<const WireMessage> message)
{
    Blocked blocked{why, offender, at(number), Blocked::On::Request};
    if (!m_recorder)
        return blocked;
    if (m_recorder->m_frames.back().preflight >= 0)
        blocked.on = Blocked::On::Preflight;
    Step step;
    step.kind = StepKind::Decision;
    step.landmark = true;
    step.at = blocked.at;
    step.verdict = Verdict::Failure;
    step.inputs = inputs.all();
    step.blocked = blocked;
    step.decidingHeader = decidingHeader.toByteArray();
    step.message = std::move(message);
    m_recorder->m_lastFailure = write(std::move(step));
    return blocked;
}

int Spec::message(const char* number, int toLane, Lent label, std::shared_ptr<const WireMessage> message,
                  QByteArrayView decidingHeader, Verdict verdict)
{
    if (!m_recorder)
        return -1;
    Step step;
    step.kind = StepKind::Message;
    step.landmark = true;
    step.at = at(number);
    step.toLane = toLane;
    step.label = label.value().value_or(QByteArray());
    step.message = std::move(message);
    step.decidingHeader = decidingHeader.toByteArray();
    step.verdict = verdict;
    return write(std::move(step));
}

void Spec::ghost(const char* number, int toLane, Lent label)
{
    if (!m_recorder)
        return;
    Step step;
    step.kind = StepKind::Ghost;
    step.landmark = true;
    step.at = at(number);
    step.toLane = toLane;
    step.label = label.value().value_or(QByteArray());
    write(std::move(step));
}

void Spec::effect(const char* number, Lent label, Inputs inputs)
{
    if (!m_recorder)
        return;
    Step step;
    step.kind = StepKind::Effect;
    step.landmark = true;
    step.at = at(number);
    step.label = label.value().value_or(QByteArray());
    step.inputs = inputs.all();
    write(std::move(step));
}

void Spec::close()
{
    if (!m_recorder)
        return;
    const std::lock_guard lock(m_recorder->m_mutex);
    m_recorder->m_frames.pop_back();
    m_recorder = nullptr;
}

} // namespace corscope
