#include "core/share/Exchanges.h"

#include "core/explain/Console.h"
#include "core/scenario/Runner.h"
#include "core/url/Url.h"

#include <algorithm>

namespace corscope::share {

namespace {

const SendOutcome* outcomeOf(const Trace& trace, int action)
{
    return action >= 0 && size_t(action) < trace.outcomes.size() ? std::get_if<SendOutcome>(&trace.outcomes[size_t(action)]) : nullptr;
}

// The message that crossed the wire, or the refusal to carry it.
void addWireStep(const Step& step, std::vector<Exchange>& exchanges)
{
    if (step.at.step == "request" && step.message && step.message->isRequest()) {
        Exchange next;
        next.kind = step.message->kind;
        next.url = step.message->url;
        next.request = step.message->request();
        next.time = next.end = step.time;
        exchanges.push_back(std::move(next));
    } else if (step.at.step == "response" && step.message && !step.message->isRequest() && !exchanges.empty()) {
        exchanges.back().response = step.message->response();
        exchanges.back().end = step.time;
    } else if (step.blocked && !exchanges.empty() && !exchanges.back().response) {
        exchanges.back().failure = *step.blocked;
        exchanges.back().end = step.time;
    }
}

// The request as the page meant it, with what the browser would have added to say whose it is.
RequestMessage meant(const SharedSend& send)
{
    RequestMessage request;
    const auto& outcome = *send.outcome;
    const auto url = Url::parse(outcome.finalUrl.isEmpty() ? outcome.url : outcome.finalUrl);
    request.method = outcome.method;
    request.target = url ? url->requestTarget() : QByteArray();
    request.headers = outcome.finalHeaders.isEmpty() ? send.call.headers : outcome.finalHeaders;
    if (!request.headers.contains("Origin") && !outcome.pageOrigin.isEmpty())
        request.headers.append("Origin", outcome.finalOrigin.isEmpty() ? outcome.pageOrigin : outcome.finalOrigin);
    if (send.call.mode != "cors")
        request.headers.set("Sec-Fetch-Mode", send.call.mode);
    request.body = send.call.body.value_or(QByteArray());
    return request;
}

// What the last step that looked at an answer saw: one of a cache leaves no other trace.
std::optional<ResponseMessage> lookedAt(const Trace& trace, int action)
{
    std::optional<ResponseMessage> response;
    for (const auto& step : trace.steps)
        if (step->action == action && step->message && !step->message->isRequest())
            response = step->message->response();
    return response;
}

// Where the console's CORS wording is silent, it still names the request and the code of the network's failure.
QString networkError(const SharedSend& send)
{
    if (!send.outcome->blocked || send.exchanges.empty())
        return {};
    const auto code = netError(send.outcome->blocked->why);
    const bool onPreflight = send.outcome->blocked->on == Blocked::On::Preflight;
    return code == "net::ERR_FAILED" ? QString()
                                     : QStringLiteral("%1 %2 %3").arg(onPreflight ? QStringLiteral("OPTIONS") : QString::fromUtf8(send.outcome->method),
                                                                      QString::fromUtf8(send.exchanges.back().url), QString::fromLatin1(code));
}

void finish(SharedSend& send, const Trace& trace, int action, Instant start)
{
    const auto& outcome = *send.outcome;
    auto& exchanges = send.exchanges;
    const bool onPreflight = outcome.blocked && outcome.blocked->on == Blocked::On::Preflight;
    if (exchanges.empty() || exchanges.back().isPreflight() || (outcome.fromCache && outcome.fromCache->state == FromCache::State::Local)) {
        Exchange last;
        last.url = outcome.finalUrl.isEmpty() ? outcome.url : outcome.finalUrl;
        last.request = meant(send);
        last.sent = false;
        last.fromCache = outcome.fromCache.has_value();
        if (last.fromCache)
            last.response = lookedAt(trace, action);
        last.time = last.end = exchanges.empty() ? start : exchanges.back().end;
        exchanges.push_back(std::move(last));
    }
    if (!outcome.blocked)
        return;
    // A page that has given up gets nothing, whatever still arrives.
    if (outcome.blocked->why == Why::Aborted && send.call.abortAfter) {
        exchanges.back().response.reset();
        exchanges.back().end = start + *send.call.abortAfter;
    }
    for (auto& exchange : exchanges)
        if (onPreflight && exchange.isPreflight() && &exchange + 2 == &exchanges.back() + 1)
            exchange.failure = outcome.blocked;
    if (!exchanges.back().failure)
        exchanges.back().failure = outcome.blocked;
}

} // namespace

QByteArray netError(Why why)
{
    switch (why) {
    case Why::NameNotResolved: return "net::ERR_NAME_NOT_RESOLVED";
    case Why::ConnectionRefused: return "net::ERR_CONNECTION_REFUSED";
    case Why::ConnectionReset: return "net::ERR_CONNECTION_RESET";
    case Why::ConnectionClosed: return "net::ERR_EMPTY_RESPONSE";
    case Why::TlsFailure: return "net::ERR_SSL_PROTOCOL_ERROR";
    case Why::MalformedResponse: return "net::ERR_INVALID_HTTP_RESPONSE";
    case Why::TimedOut: return "net::ERR_TIMED_OUT";
    case Why::Aborted: return "net::ERR_ABORTED";
    case Why::NotInCache: return "net::ERR_CACHE_MISS";
    case Why::BadPort: return "net::ERR_UNSAFE_PORT";
    case Why::TooManyRedirects: return "net::ERR_TOO_MANY_REDIRECTS";
    case Why::ContentSecurityPolicy: return "net::ERR_BLOCKED_BY_CSP";
    default: return "net::ERR_FAILED";
    }
}

QByteArray consoleEngine(const Scenario& scenario, int action, const SendOutcome& outcome)
{
    const auto engines = explain::consoleBrowsers();
    if (engines.contains(scenario.profile))
        return scenario.profile;
    for (const auto& engine : engines) {
        if (!outcome.blocked)
            break;
        auto there = scenario;
        there.profile = engine;
        const auto trace = runInProcess(there);
        const auto* other = trace ? outcomeOf(*trace, action) : nullptr;
        if (other && other->blocked && other->blocked->why == outcome.blocked->why && other->blocked->on == outcome.blocked->on)
            return engine;
    }
    return "chromium";
}

int sharedAction(const Scenario& scenario, const Trace& trace)
{
    int last = -1;
    for (int i = 0; i < int(scenario.actions.size()); ++i) {
        const auto* outcome = outcomeOf(trace, i);
        if (!outcome || !std::holds_alternative<SendAction>(scenario.actions[size_t(i)]))
            continue;
        if (outcome->blocked)
            return i;
        last = i;
    }
    return last;
}

std::optional<SharedSend> sharedSend(const Scenario& scenario, const Trace& trace, int action)
{
    const auto* outcome = outcomeOf(trace, action);
    if (!outcome || size_t(action) >= scenario.actions.size())
        return std::nullopt;
    const auto* sent = std::get_if<SendAction>(&scenario.actions[size_t(action)]);
    if (!sent)
        return std::nullopt;
    SharedSend send;
    const auto page = std::find_if(scenario.pages.begin(), scenario.pages.end(), [&](const PageConfig& p) { return p.id == sent->page; });
    send.page = page == scenario.pages.end() ? nullptr : &*page;
    send.call = sent->call;
    if (!outcome->url.isEmpty())
        send.call.url = outcome->url; // the call may have it relative to the page
    send.outcome = outcome;
    send.console = explain::consoleText(*outcome, consoleEngine(scenario, action, *outcome));
    Instant start = Clock::start;
    bool first = true;
    for (const auto& step : trace.steps) {
        if (step->action != action)
            continue;
        if (std::exchange(first, false))
            start = step->time;
        if (step->at.algorithm == Algorithm::Wire)
            addWireStep(*step, send.exchanges);
    }
    finish(send, trace, action, start);
    if (send.console.isEmpty())
        send.console = networkError(send);
    return send;
}

} // namespace corscope::share
