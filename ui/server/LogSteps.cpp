#include "ui/server/LogSteps.h"

namespace corscope {

namespace {

/// Requests that the server got in the run, in their order: from the browser, or into its handler.
std::vector<const Step*> requestsOf(const Trace& trace, const QByteArray& server, bool intoHandler)
{
    std::vector<const Step*> requests;
    for (const auto& step : trace.steps) {
        if (step->kind != StepKind::Message || !step->message || !step->message->isRequest() || step->toLane < 0
            || size_t(step->toLane) >= trace.lanes.size())
            continue;
        const auto& to = trace.lanes[size_t(step->toLane)];
        const bool wanted = intoHandler ? to.kind == Lane::Kind::Handler
                                        : trace.lanes[size_t(step->lane)].kind == Lane::Kind::Browser;
        if (to.server == server && wanted)
            requests.push_back(step);
    }
    return requests;
}

/// From the end: the run's requests are the last of their kind, others may stand between them.
template<typename Entry>
QList<int> matched(const QList<Entry>& entries, const std::vector<const Step*>& requests)
{
    QList<int> steps(entries.size(), -1);
    auto request = requests.rbegin();
    for (qsizetype i = entries.size(); i-- > 0 && request != requests.rend();) {
        const auto& message = (*request)->message->request();
        if (message.method == entries[i].method && message.target == entries[i].target) {
            steps[i] = (*request)->index;
            ++request;
        }
    }
    return steps;
}

} // namespace

QList<int> stepsOfLog(const QList<AccessLogEntry>& log, const Trace& trace, const QByteArray& server)
{
    return matched(log, requestsOf(trace, server, false));
}

QList<int> stepsOfLedger(const QList<LedgerEntry>& ledger, const Trace& trace, const QByteArray& server)
{
    return matched(ledger, requestsOf(trace, server, true));
}

} // namespace corscope
