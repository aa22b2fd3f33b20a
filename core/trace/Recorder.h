#pragma once

#include "core/trace/Inputs.h"
#include "core/trace/Trace.h"

#include <mutex>

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

/// The pen with which a run writes its trace. The browser's thread and the backend's take turns with one recorder; a
/// silent recorder costs a null check.
class Recorder
{
public:
    Recorder() = default;
    explicit Recorder(StepListener* listener) : m_listener(listener) {}
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    /// A recorder that keeps nothing, for sweeps and for requests nobody watches.
    static Recorder& silent();
    bool isSilent() const { return m_silent; }

    /// Index of the lane with that id; added where it is new.
    int lane(const Lane& lane);
    /// Steps recorded from now on belong to this action of the scenario.
    void setAction(int action)
    {
        if (m_silent) // which all threads share
            return;
        m_action = action;
        m_lastFailure = -1;
    }
    void setTime(Instant now)
    {
        if (!m_silent)
            m_time = now;
    }
    /// Replaces one table of the state; steps recorded from now on carry it.
    void setState(const StateTable& table);

    /// Opens an algorithm (or a stage) in a lane; the returned guard closes it.
    Spec enter(Algorithm algorithm, int lane);
    Spec enter(Algorithm algorithm); ///< in the lane of the algorithm that is open now

    /// Records a step; index, depth, parent, action, preflight, state and time are filled in here. \returns its index.
    int record(Step step);

    /// Index of the last step that refused something in the current action; -1 where none did.
    int lastFailure() const { return m_lastFailure; }
    int size() const { return m_silent ? 0 : m_trace.size(); }
    void addOutcome(Outcome outcome);
    /// The finished trace; the recorder is empty afterwards.
    Trace take();

private:
    friend class Spec;
    struct Frame { int enterStep; Algorithm algorithm; int lane; int preflight; };

    bool m_silent = false;
    StepListener* m_listener = nullptr;
    std::recursive_mutex m_mutex;
    Trace m_trace;
    std::vector<Frame> m_frames;
    std::shared_ptr<const State> m_state = std::make_shared<const State>();
    int m_action = 0;
    int m_lastFailure = -1;
    Instant m_time = Clock::start;
};

/// One open algorithm, written to step by step with the standard's numbers and variable names.
class Spec
{
public:
    Spec(Recorder* recorder, Algorithm algorithm) : m_recorder(recorder), m_algorithm(algorithm) {}
    ~Spec() { close(); }
    Spec(Spec&& other) noexcept : m_recorder(std::exchange(other.m_recorder, nullptr)), m_algorithm(other.m_algorithm) {}
    Spec(const Spec&) = delete;
    Spec& operator=(const Spec&) = delete;
    Spec& operator=(Spec&&) = delete;

    /// \param step a string literal, as all numbers of steps here: the place keeps it without a copy.
    Place at(const char* step) const { return {m_algorithm, QByteArray::fromRawData(step, qstrlen(step))}; }
    bool listening() const { return m_recorder; }

    /// A step is done that needs no more to be said than its number.
    void step(const char* number) { if (m_recorder) rule(number, {}); }
    /// A step gives a variable its value.
    void let(const char* number, const char* name, Lent value)
    {
        if (m_recorder)
            rule(number, {{name, value.value(), std::nullopt}});
    }
    /// A step asks a question; records the answer and hands it back.
    bool ask(const char* number, bool answer, Inputs inputs = {})
    {
        if (m_recorder)
            branch(number, answer, inputs.all());
        return answer;
    }
    /// As ask(), and what was asked is worth a box in the diagram.
    bool askLandmark(const char* number, bool answer, Inputs inputs = {},
                     std::shared_ptr<const WireMessage> message = {}, QByteArrayView decidingHeader = {});

    /// The browser parts from the standard here. \param difference an id of resources/spec/profiles.json
    void departure(const char* difference, Inputs inputs = {});

    /// The algorithm ends well. Drawn as a decision, with the values it looked at.
    void success(const char* number, Inputs inputs = {}, QByteArrayView decidingHeader = {},
                 std::shared_ptr<const WireMessage> message = {});
    /// The algorithm ends with a refusal, which is handed back to be returned.
    Blocked failure(const char* number, Why why, const QByteArray& offender = {}, Inputs inputs = {},
                    QByteArrayView decidingHeader = {}, std::shared_ptr<const WireMessage> message = {});

    /// A message travels from the open algorithm's lane to another. \returns the step's index.
    int message(const char* number, int toLane, Lent label, std::shared_ptr<const WireMessage> message,
                QByteArrayView decidingHeader = {}, Verdict verdict = Verdict::None);
    /// A message that was never sent.
    void ghost(const char* number, int toLane, Lent label);
    /// Something changed outside the algorithm.
    void effect(const char* number, Lent label, Inputs inputs = {});

private:
    void rule(const char* number, std::vector<Input> inputs);
    void branch(const char* number, bool answer, std::vector<Input> inputs);
    int write(Step step);
    void close();

    Recorder* m_recorder; ///< null when silent
    Algorithm m_algorithm;
};

} // namespace corscope
