#pragma once

#include "core/trace/Inputs.h"
#include "core/trace/Trace.h"

#include <list>

namespace corscope {

/// Told of every step as it is recorded, on the thread that records it. Blocking in it holds the run: that is what
/// *pause before each step* does.
class StepListener
{
public:
    virtual ~StepListener() = default;
    virtual void laneAdded(const Lane& lane) = 0;
    virtual void stepRecorded(const std::shared_ptr<const Step>& step) = 0;
};

class Spec;

/// A step as it is handed to Recorder::record(), which copies what is only lent here.
struct NewStep
{
    StepKind kind = StepKind::Rule;
    Verdict verdict = Verdict::None;
    bool landmark = false;
    int lane = 0;
    int toLane = -1;
    Place at = {};
    Lent label = std::nullopt;
    Inputs inputs = {};
    std::shared_ptr<const WireMessage> message = {};
    QByteArrayView decidingHeader = {};
    const Blocked* blocked = nullptr;
};

/// The pen with which a run writes its trace. The browser's thread and the backend's take turns with one recorder: who
/// hands over the turn (WatchList) lets the next one see what was written, so nothing is locked here. A silent recorder
/// costs a null check.
class Recorder
{
public:
    explicit Recorder(StepListener* listener = nullptr);
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    /// A recorder that keeps nothing, for sweeps and for requests nobody watches.
    static Recorder& silent();
    bool isSilent() const { return m_silent; }

    /// Index of the lane with that id; added where it is new.
    int lane(const Lane& lane);
    /// The same, for a lane that is made only where it is new.
    template<typename Make>
    int lane(QByteArrayView id, Make make)
    {
        const int known = m_silent ? -1 : knownLane(id);
        return known >= 0 || m_silent ? known : lane(make());
    }
    /// Steps recorded from now on belong to this action of the scenario.
    void setAction(int action)
    {
        if (m_silent) // which all threads share
            return;
        m_next.action = action;
        m_lastFailure = -1;
    }
    void setTime(Instant now)
    {
        if (!m_silent)
            m_next.time = now;
    }
    /// Replaces one table of the state; steps recorded from now on carry it.
    void setState(const StateTable& table);
    /// The same, for a table that is made only when somebody looks at it: of a copy of `source`, which shares its bytes.
    template<typename Source>
    void setState(const QByteArray& id, const Source& source, StateTable (*make)(const QByteArray& id, const Source&))
    {
        if (!m_silent)
            setState(KeptTable(id, source, make));
    }
    /// The same, for a source that makes its table by itself.
    template<typename Source>
    void setState(const QByteArray& id, const Source& source, Instant now)
    {
        if (!m_silent)
            setState(KeptTable(id, std::pair(source, now), +[](const QByteArray&, const std::pair<Source, Instant>& kept) {
                return kept.first.table(kept.second);
            }));
    }

    /// Opens an algorithm (or a stage) in a lane; the returned guard closes it.
    Spec enter(Algorithm algorithm, int lane);
    Spec enter(Algorithm algorithm); ///< in the lane of the algorithm that is open now

    /// Records a step; index, depth, parent, action, preflight, state and time are filled in here. \returns its index.
    int record(const NewStep& step);

    /// Index of the last step that refused something in the current action; -1 where none did.
    int lastFailure() const { return m_lastFailure; }
    int size() const { return m_silent ? 0 : m_trace.size(); }
    void addOutcome(Outcome outcome);
    /// The finished trace; the recorder is as new afterwards.
    Trace take();

private:
    friend class Spec;
    struct Frame { int enterStep; int lane; int preflight; };

    /// The memory that a trace's steps stand in and point to.
    struct Tape
    {
        Arena arena;
        std::vector<std::shared_ptr<const WireMessage>> messages;
        std::list<Blocked> blocked;
        std::list<State> states;
    };

    int knownLane(QByteArrayView id) const;
    void setState(const KeptTable& table);
    const WireMessage* keep(std::shared_ptr<const WireMessage> message);
    /// The next step, to be completed and then told.
    Step& add(StepKind kind, const Place& at, int lane);
    int tell(const Step& step);
    void start();

    bool m_silent = false;
    StepListener* m_listener = nullptr;
    Trace m_trace;
    std::shared_ptr<Tape> m_tape;
    std::vector<Frame> m_frames;
    Step m_next; ///< all that the next step has of the place where it happens
    int m_lastFailure = -1;
};

/// One open algorithm, written to step by step with the standard's numbers and variable names.
class Spec
{
public:
    Spec(Recorder* recorder, Algorithm algorithm) : m_recorder(recorder), m_algorithm(algorithm) {}
    ~Spec()
    {
        if (m_recorder)
            close();
    }
    Spec(Spec&& other) noexcept : m_recorder(std::exchange(other.m_recorder, nullptr)), m_algorithm(other.m_algorithm) {}
    Spec(const Spec&) = delete;
    Spec& operator=(const Spec&) = delete;
    Spec& operator=(Spec&&) = delete;

    Place at(Literal step) const { return {m_algorithm, step}; }
    bool listening() const { return m_recorder; }

    /// A step is done that needs no more to be said than its number.
    void step(Literal number) { if (m_recorder) rule(number, {}); }
    /// A step gives a variable its value.
    void let(Literal number, Lent name, Lent value)
    {
        if (m_recorder)
            rule(number, {{name, value, std::nullopt}});
    }
    /// A step asks a question; records the answer and hands it back.
    bool ask(Literal number, bool answer, const Inputs& inputs = {})
    {
        if (m_recorder)
            branch(number, answer, inputs);
        return answer;
    }
    /// As ask(), and what was asked is worth a box in the diagram.
    bool askLandmark(Literal number, bool answer, const Inputs& inputs = {},
                     std::shared_ptr<const WireMessage> message = {}, QByteArrayView decidingHeader = {});

    /// The browser parts from the standard here. \param difference an id of resources/spec/profiles.json
    void departure(Literal difference, const Inputs& inputs = {});

    /// The algorithm ends well. Drawn as a decision, with the values it looked at.
    void success(Literal number, const Inputs& inputs = {}, QByteArrayView decidingHeader = {},
                 std::shared_ptr<const WireMessage> message = {});
    /// The algorithm ends with a refusal, which is handed back to be returned.
    Blocked failure(Literal number, Why why, const QByteArray& offender = {}, const Inputs& inputs = {},
                    QByteArrayView decidingHeader = {}, std::shared_ptr<const WireMessage> message = {});

    /// A message travels from the open algorithm's lane to another. \returns the step's index.
    int message(Literal number, int toLane, Lent label, std::shared_ptr<const WireMessage> message,
                QByteArrayView decidingHeader = {}, Verdict verdict = Verdict::None);
    /// A message that was never sent.
    void ghost(Literal number, int toLane, Lent label);
    /// Something changed outside the algorithm.
    void effect(Literal number, Lent label, const Inputs& inputs = {});

private:
    void rule(Literal number, const Inputs& inputs);
    void branch(Literal number, bool answer, const Inputs& inputs);
    int lane() const { return m_recorder->m_frames.back().lane; }
    void close();

    Recorder* m_recorder; ///< null when silent
    Algorithm m_algorithm;
};

} // namespace corscope
