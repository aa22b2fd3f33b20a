#pragma once

// Small stand-ins for rooms of core that are not there yet; each disappears as soon as the room has its own source.

#if !__has_include("core/explain/Explain.cpp")
#include "core/explain/Explain.h"

namespace corscope::explain {

inline QString is(const Step& step, Algorithm algorithm, const char* text)
{
    return step.at.algorithm == algorithm ? QString::fromUtf8(text) : QString();
}

QString stepTitle(const Step& step)
{
    if (step.at.algorithm == Algorithm::CorsCheck)
        return QStringLiteral("CORS check");
    if (step.at.algorithm == Algorithm::SameOrigin)
        return QStringLiteral("Same origin?");
    if (step.at.algorithm == Algorithm::CorsUnsafeRequestHeaderNames)
        return QStringLiteral("Needs a preflight?");
    if (step.at.algorithm == Algorithm::Route)
        return QStringLiteral("CORSMiddleware");
    return QString::fromUtf8(step.at.algorithm.id().toByteArray());
}

QString stepText(const Step& step, const Trace&)
{
    if (step.kind == StepKind::Message)
        return QStringLiteral("The message crosses the wire as these bytes.");
    return is(step, Algorithm::CorsCheck,
              "A * in Access-Control-Allow-Origin stands for any origin only while the request carries no credentials. "
              "This request does, so the value has to equal the page's origin byte for byte.");
}

QString branchTaken(const Step& step)
{
    return is(step, Algorithm::CorsCheck, "The values differ: the preflight has failed, and the request is not sent.");
}

QString branchNotTaken(const Step& step)
{
    return is(step, Algorithm::CorsCheck,
              "Equal values would have led on to the next question: does the server allow credentials?");
}

QString citation(const Step& step)
{
    return is(step, Algorithm::CorsCheck, "Fetch §4.10 CORS check, step 4");
}

QString citationUrl(const Step& step)
{
    return is(step, Algorithm::CorsCheck, "https://fetch.spec.whatwg.org/#concept-cors-check");
}

QString verdictSentence(const Trace& trace, int action)
{
    const auto* send = std::get_if<SendOutcome>(&trace.outcomes[size_t(action)]);
    if (!send)
        return {};
    return send->blocked ? QStringLiteral("Blocked by the browser: the CORS check on the preflight failed. The request "
                                          "carries credentials, so * is only the character *. The handler never ran; "
                                          "nothing changed on the server.")
                         : QStringLiteral("Allowed. The server names the page's origin, so script may read the response.");
}

QString diagramText(const Step& step)
{
    if (step.at.algorithm == Algorithm::SameOrigin)
        return QStringLiteral("port 8000 ≠ 5000");
    if (step.at.algorithm == Algorithm::CorsUnsafeRequestHeaderNames)
        return QStringLiteral("PUT, content-type");
    if (step.at.algorithm == Algorithm::Route)
        return step.label.isEmpty() ? QStringLiteral("allow_origins: *") : QString();
    return is(step, Algorithm::CorsCheck, "* does not cover credentials");
}

} // namespace corscope::explain
#endif

#if !__has_include("core/trace/Walk.cpp")
#include "core/trace/Walk.h"

namespace corscope::walk {

std::vector<int> stops(const Trace& trace, Stops mode)
{
    std::vector<int> result;
    for (const auto& step : trace.steps)
        if (mode == Stops::EveryStep || step->landmark)
            result.push_back(step->index);
    return result;
}

int first(const Trace& trace, Stops mode)
{
    const auto all = stops(trace, mode);
    return all.empty() ? -1 : all.front();
}

int last(const Trace& trace, Stops mode)
{
    const auto all = stops(trace, mode);
    return all.empty() ? -1 : all.back();
}

int next(const Trace& trace, int at, Stops mode)
{
    for (const int stop : stops(trace, mode))
        if (stop > at)
            return stop;
    return at;
}

int back(const Trace& trace, int at, Stops mode)
{
    int result = at;
    for (const int stop : stops(trace, mode))
        if (stop < at)
            result = stop;
    return result;
}

int over(const Trace& trace, int at, Stops mode) { return next(trace, at, mode); }
int out(const Trace& trace, int at, Stops mode) { return next(trace, at, mode); }

int decision(const Trace& trace)
{
    const auto* send = trace.lastSend();
    return send && send->blockedStep >= 0 ? send->blockedStep : last(trace, Stops::Landmarks);
}

int landmarkOf(const Trace& trace, int at)
{
    if (at < 0 || trace.at(at).landmark)
        return at;
    const int after = next(trace, at, Stops::Landmarks);
    return after != at ? after : back(trace, at, Stops::Landmarks);
}

} // namespace corscope::walk
#endif
