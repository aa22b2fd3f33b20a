#pragma once

#include "core/scenario/Scenario.h"
#include "core/trace/Trace.h"

namespace corscope::advise {

/// A blocked send, looked at from where remedies are found: what was asked, by whom, of which server, and what the
/// trace shows of the way.
struct Situation
{
    const Scenario& state; ///< without changes before the send: they are made already
    int action = 0;
    Trace trace; ///< of this send alone
    SendOutcome outcome;
    Blocked blocked;

    const PageConfig* page = nullptr;
    const FetchCall* call = nullptr;
    QByteArray url = {};            ///< absolute; of the last request
    int server = -1;                ///< index of the server it went to; -1 where there is none
    QByteArray origin = {};         ///< as the request's Origin header says it
    QByteArray method = {};         ///< as the browser writes it
    QList<QByteArray> headers = {}; ///< names that need permission, as the page writes them
    bool credentialed = false;
    bool preflighted = false; ///< a preflight was needed

    const ServerConfig& serverConfig() const { return state.servers[size_t(server)]; }
    /// Whether a stage of that server was reached by the message that was refused.
    bool reached(int stage) const;
    /// The last answer that has this header, and its value; null where none has it.
    std::optional<QByteArray> lastAnswerHeader(QByteArrayView name) const;
};

} // namespace corscope::advise
