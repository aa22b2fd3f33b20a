#pragma once

#include "core/scenario/Scenario.h"
#include "core/trace/Trace.h"

namespace corscope::share {

/// One request of a send and what came back, as a browser's developer tools list it.
struct Exchange
{
    WireMessage::Kind kind = WireMessage::Kind::Request;
    QByteArray url;
    RequestMessage request;                  ///< as it was sent; of one that was not, as it would have been
    bool sent = true;                        ///< it left the browser
    std::optional<ResponseMessage> response; ///< null where none came
    std::optional<Blocked> failure;          ///< why the page does not get this answer, or why there is none
    bool fromCache = false;                  ///< the answer came from the HTTP cache
    Instant time;                            ///< when it left
    Instant end;                             ///< when it had come back
    bool isPreflight() const { return kind == WireMessage::Kind::Preflight; }
};

/// Everything one send of a scenario came down to, in order. Ends with the request that was meant, also where it was never
/// sent.
struct SharedSend
{
    const PageConfig* page = nullptr; ///< of the scenario; null where it has none of that id
    FetchCall call;
    const SendOutcome* outcome = nullptr; ///< of the trace
    std::vector<Exchange> exchanges;
    QString console;                  ///< what the browser's console says, see consoleEngine()
};

/// The send whose verdict is shared where nobody says which: the first that is blocked, else the last. -1 where nothing is
/// sent.
int sharedAction(const Scenario& scenario, const Trace& trace);

/// \param action index of a send that was run. Null for any other. Points into scenario and trace.
std::optional<SharedSend> sharedSend(const Scenario& scenario, const Trace& trace, int action);

/// The engine whose console speaks: the scenario's own; for the standard, which has none, the first that decides as it does.
QByteArray consoleEngine(const Scenario& scenario, int action, const SendOutcome& outcome);

/// What Chromium's network stack calls that failure: "net::ERR_CONNECTION_RESET".
QByteArray netError(Why why);

} // namespace corscope::share
