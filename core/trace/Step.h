#pragma once

#include "core/base/Clock.h"
#include "core/http/Message.h"
#include "core/trace/Blocked.h"
#include "core/trace/Place.h"
#include "core/trace/State.h"

#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace corscope {

/// A lifeline of the exchange.
struct Lane
{
    enum class Kind { Page, Browser, Stage, Handler };
    Kind kind = Kind::Browser;
    QByteArray id;      ///< unique in its trace: "page:app", "browser", "api/0", "api/handler"
    QByteArray server;  ///< id of the server a stage or handler belongs to; empty elsewhere
    QString title;      ///< for people: "CORSMiddleware"
    bool operator==(const Lane&) const = default;
};

enum class StepKind : quint8 {
    Enter,    ///< an algorithm (or a stage) begins; the steps inside have it as `parent`
    Rule,     ///< a numbered step that assigns or states something
    Branch,   ///< a numbered step that asks; `verdict` is Yes or No
    Decision, ///< an algorithm ends with a verdict
    Message,  ///< bytes, or a call, travel from `lane` to `toLane`
    Ghost,    ///< a message that was never sent
    Effect,   ///< something changed outside: the ledger, a cache, a setting
};

enum class Verdict : quint8 { None, Yes, No, Success, Failure };

/// One value a step looked at, and what it was compared with, as a step is given it.
struct Input
{
    QByteArray name;                        ///< the standard's variable or the header name
    std::optional<QByteArray> value;        ///< null: absent (which is not empty)
    std::optional<QByteArray> comparedWith; ///< where the step compares byte by byte
    bool operator==(const Input&) const = default;
};

/// The same, as a trace keeps it.
struct RecordedInput
{
    QByteArrayView name;
    std::optional<QByteArrayView> value;
    std::optional<QByteArrayView> comparedWith;
    bool operator==(const RecordedInput&) const = default;
};

/// What crossed the wire (or would have): one message and its exact bytes.
struct WireMessage
{
    enum class Kind { Preflight, Request };
    Kind kind = Kind::Request;
    std::variant<RequestMessage, ResponseMessage> message;
    QByteArray url; ///< absolute URL of the exchange
    bool isRequest() const { return message.index() == 0; }
    const RequestMessage& request() const { return std::get<0>(message); }
    const ResponseMessage& response() const { return std::get<1>(message); }
    const HeaderList& headers() const { return isRequest() ? request().headers : response().headers; }
    bool operator==(const WireMessage&) const = default;
};

/// One step of a run. Complete in itself: a view draws step i without looking at step i-1. All that it points to is the
/// trace's and lives as long as the trace does, or as whoever shares the step (Steps::shared).
struct Step
{
    int index = 0;
    int lane = 0;        ///< index into Trace::lanes
    int toLane = -1;     ///< for Message and Ghost
    int depth = 0;       ///< nesting of algorithms
    int parent = -1;     ///< index of the Enter step it happened in
    int action = 0;      ///< index of the scenario's action it belongs to
    /// Index of the Enter step of the CORS-preflight fetch it belongs to; -1 outside a preflight.
    int preflight = -1;
    StepKind kind = StepKind::Rule;
    Verdict verdict = Verdict::None;
    /// A landmark is drawn in the diagram and is a stop for "next"; the others are the rules behind it.
    bool landmark = false;
    Place at;
    QByteArrayView label; ///< short and literal, e.g. "OPTIONS /items/1", "200 OK", an effect
    std::span<const RecordedInput> inputs;
    const Blocked* blocked = nullptr;     ///< null where the step refused nothing
    const WireMessage* message = nullptr; ///< the message this step sends, or looks at; null where there is none
    QByteArrayView decidingHeader;        ///< name of the header of `message` that matters here
    const State* state = nullptr;         ///< after this step; shared while unchanged
    Instant time;
};

/// Equal in everything but time.
bool sameButTime(const Step& a, const Step& b);

} // namespace corscope
