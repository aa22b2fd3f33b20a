#include "core/trace/Recorder.h"

#include <algorithm>

namespace corscope {

static const State nothingKept;

Recorder::Recorder(StepListener* listener) : m_listener(listener)
{
    start();
}

Recorder& Recorder::silent()
{
    static Recorder* const recorder = [] {
        auto* r = new Recorder;
        r->m_silent = true;
        return r;
    }();
    return *recorder;
}

void Recorder::start()
{
    m_trace = {};
    m_tape = std::make_shared<Tape>();
    m_next = {};
    m_next.state = &nothingKept;
    m_next.time = Clock::start;
    m_lastFailure = -1;
}

int Recorder::knownLane(QByteArrayView id) const
{
    const auto& lanes = m_trace.lanes;
    const auto it = std::find_if(lanes.begin(), lanes.end(), [&](const Lane& lane) { return lane.id == id; });
    return it == lanes.end() ? -1 : int(it - lanes.begin());
}

int Recorder::lane(const Lane& lane)
{
    if (m_silent)
        return -1;
    if (const int known = knownLane(lane.id); known >= 0)
        return known;
    m_trace.lanes.push_back(lane);
    if (m_listener)
        m_listener->laneAdded(lane);
    return int(m_trace.lanes.size()) - 1;
}

void Recorder::setState(const StateTable& table)
{
    if (!m_silent)
        setState(KeptTable(table));
}

void Recorder::setState(const KeptTable& table)
{
    const auto isNamesake = [&](const KeptTable& other) { return other.id() == table.id(); };
    const auto& before = *m_next.state;
    const auto old = std::find_if(before.begin(), before.end(), isNamesake);
    if (old != before.end() && old->isMadeOfTheSame(table))
        return;
    auto& states = m_tape->states;
    // What no step carries yet may still change.
    if (states.empty() || (!m_trace.steps.empty() && m_trace.steps.back()->state == &states.back()))
        states.push_back(before);
    auto& state = states.back();
    if (const auto it = std::find_if(state.begin(), state.end(), isNamesake); it != state.end())
        *it = table;
    else
        state.push_back(table);
    m_next.state = &state;
}

Spec Recorder::enter(Algorithm algorithm, int lane)
{
    if (m_silent)
        return Spec(nullptr, algorithm);
    const int index = tell(add(StepKind::Enter, {algorithm, {}}, lane));
    m_next.parent = index;
    m_next.depth = int(m_frames.size()) + 1;
    if (algorithm == Algorithm::CorsPreflightFetch)
        m_next.preflight = index;
    m_frames.push_back({index, lane, m_next.preflight});
    return Spec(this, algorithm);
}

Spec Recorder::enter(Algorithm algorithm)
{
    return enter(algorithm, m_frames.empty() ? 0 : m_frames.back().lane);
}

Step& Recorder::add(StepKind kind, const Place& at, int lane)
{
    auto& step = *m_tape->arena.make(m_next);
    step.index = m_trace.size();
    step.kind = kind;
    step.at = at;
    step.lane = lane;
    auto& steps = m_trace.steps.m_steps;
    if (steps.empty())
        steps.reserve(128);
    steps.push_back(&step);
    return step;
}

int Recorder::tell(const Step& step)
{
    if (m_listener)
        m_listener->stepRecorded(std::shared_ptr<const Step>(m_tape, &step));
    return step.index;
}

const WireMessage* Recorder::keep(std::shared_ptr<const WireMessage> message)
{
    auto& messages = m_tape->messages;
    if (message && (messages.empty() || messages.back() != message))
        messages.push_back(std::move(message));
    else if (!message)
        return nullptr;
    return messages.back().get();
}

int Recorder::record(const NewStep& given)
{
    if (m_silent)
        return -1;
    auto& arena = m_tape->arena;
    // NB: making an input may record steps of its own, which come first.
    const auto inputs = given.inputs.keptIn(arena);
    const auto label = given.label.keptIn(arena);
    auto& step = add(given.kind, given.at, given.lane);
    step.verdict = given.verdict;
    step.landmark = given.landmark;
    step.toLane = given.toLane;
    step.label = label.value_or(QByteArrayView());
    step.inputs = inputs;
    step.message = keep(given.message);
    if (!given.decidingHeader.isEmpty())
        step.decidingHeader = arena.keep(given.decidingHeader);
    if (given.blocked)
        step.blocked = &m_tape->blocked.emplace_back(*given.blocked);
    return tell(step);
}

void Recorder::addOutcome(Outcome outcome)
{
    if (!m_silent)
        m_trace.outcomes.push_back(std::move(outcome));
}

Trace Recorder::take()
{
    Q_ASSERT(m_frames.empty());
    m_trace.steps.m_memory = m_trace.steps.m_newest = m_tape;
    Trace trace = std::move(m_trace);
    start();
    return trace;
}

void Spec::rule(Literal number, const Inputs& inputs)
{
    const auto kept = inputs.keptIn(m_recorder->m_tape->arena);
    auto& step = m_recorder->add(StepKind::Rule, at(number), lane());
    step.inputs = kept;
    m_recorder->tell(step);
}

void Spec::branch(Literal number, bool answer, const Inputs& inputs)
{
    const auto kept = inputs.keptIn(m_recorder->m_tape->arena);
    auto& step = m_recorder->add(StepKind::Branch, at(number), lane());
    step.verdict = answer ? Verdict::Yes : Verdict::No;
    step.inputs = kept;
    m_recorder->tell(step);
}

bool Spec::askLandmark(Literal number, bool answer, const Inputs& inputs, std::shared_ptr<const WireMessage> message,
                       QByteArrayView decidingHeader)
{
    if (m_recorder)
        m_recorder->record({.kind = StepKind::Branch, .verdict = answer ? Verdict::Yes : Verdict::No, .landmark = true,
                            .lane = lane(), .at = at(number), .inputs = inputs, .message = std::move(message),
                            .decidingHeader = decidingHeader});
    return answer;
}

void Spec::departure(Literal difference, const Inputs& inputs)
{
    if (m_recorder)
        m_recorder->record({.kind = StepKind::Branch, .verdict = Verdict::Yes, .landmark = true, .lane = lane(),
                            .at = {Algorithm::BrowserProfile, difference}, .inputs = inputs});
}

void Spec::success(Literal number, const Inputs& inputs, QByteArrayView decidingHeader,
                   std::shared_ptr<const WireMessage> message)
{
    if (m_recorder)
        m_recorder->record({.kind = StepKind::Decision, .verdict = Verdict::Success, .landmark = true, .lane = lane(),
                            .at = at(number), .inputs = inputs, .message = std::move(message),
                            .decidingHeader = decidingHeader});
}

Blocked Spec::failure(Literal number, Why why, const QByteArray& offender, const Inputs& inputs,
                      QByteArrayView decidingHeader, std::shared_ptr<const WireMessage> message)
{
    Blocked blocked{why, offender, at(number), Blocked::On::Request};
    if (!m_recorder)
        return blocked;
    if (m_recorder->m_frames.back().preflight >= 0)
        blocked.on = Blocked::On::Preflight;
    m_recorder->m_lastFailure =
        m_recorder->record({.kind = StepKind::Decision, .verdict = Verdict::Failure, .landmark = true, .lane = lane(),
                            .at = at(number), .inputs = inputs, .message = std::move(message),
                            .decidingHeader = decidingHeader, .blocked = &blocked});
    return blocked;
}

int Spec::message(Literal number, int toLane, Lent label, std::shared_ptr<const WireMessage> message,
                  QByteArrayView decidingHeader, Verdict verdict)
{
    if (!m_recorder)
        return -1;
    return m_recorder->record({.kind = StepKind::Message, .verdict = verdict, .landmark = true, .lane = lane(),
                               .toLane = toLane, .at = at(number), .label = label, .message = std::move(message),
                               .decidingHeader = decidingHeader});
}

void Spec::ghost(Literal number, int toLane, Lent label)
{
    if (m_recorder)
        m_recorder->record({.kind = StepKind::Ghost, .landmark = true, .lane = lane(), .toLane = toLane,
                            .at = at(number), .label = label});
}

void Spec::effect(Literal number, Lent label, const Inputs& inputs)
{
    if (m_recorder)
        m_recorder->record({.kind = StepKind::Effect, .landmark = true, .lane = lane(), .at = at(number),
                            .label = label, .inputs = inputs});
}

void Spec::close()
{
    auto& frames = m_recorder->m_frames;
    auto& next = m_recorder->m_next;
    frames.pop_back();
    next.depth = int(frames.size());
    next.parent = frames.empty() ? -1 : frames.back().enterStep;
    next.preflight = frames.empty() ? -1 : frames.back().preflight;
}

} // namespace corscope
