#pragma once

#include "core/trace/Recorder.h"

#include <memory>

/// Traces made by hand, as a run would leave them, so that views can be tested without running anything.
namespace corscope::samples {

struct Lanes { int page, browser, middleware, handler; };

inline Lanes lanes(Recorder& recorder, const QByteArray& host = "localhost")
{
    return {recorder.lane({Lane::Kind::Page, "page:app", {}, QStringLiteral("Page script")}),
            recorder.lane({Lane::Kind::Browser, "browser", {}, QStringLiteral("Browser")}),
            recorder.lane({Lane::Kind::Stage, "api/0", "api",
                           host.size() > 20 ? QString::fromUtf8(host) : QStringLiteral("CORSMiddleware")}),
            recorder.lane({Lane::Kind::Handler, "api/handler", "api", QStringLiteral("Route handler")})};
}

inline std::shared_ptr<const WireMessage> request(WireMessage::Kind kind, const QByteArray& method,
                                                  const QByteArray& target, const HeaderList& headers,
                                                  const QByteArray& body = {})
{
    return std::make_shared<const WireMessage>(
        WireMessage{kind, RequestMessage{method, target, headers, body}, "http://localhost:5000" + target});
}

inline std::shared_ptr<const WireMessage> response(WireMessage::Kind kind, int status, const QByteArray& reason,
                                                   const HeaderList& headers, const QByteArray& body)
{
    return std::make_shared<const WireMessage>(
        WireMessage{kind, ResponseMessage{status, reason, headers, body}, "http://localhost:5000/items/1"});
}

inline void startState(Recorder& recorder)
{
    recorder.setState({"preflight-cache", {"origin", "url", "method", "header", "seconds left"}, {}});
    recorder.setState({"ledger:api", {"time", "request", "effect"}, {}});
    recorder.setState({"access-log:api", {"time", "request", "status"}, {}});
}

/// A PUT with credentials against allow_origins=["*"]: nine landmarks, blocked at the seventh.
inline std::shared_ptr<const Trace> blockedPreflight()
{
    using Kind = WireMessage::Kind;
    Recorder recorder;
    startState(recorder);
    const auto lane = lanes(recorder);
    int blockedStep = -1;
    Blocked blocked;
    {
        auto method = recorder.enter(Algorithm::FetchMethod, lane.page);
        method.step("1");
        method.message("12", lane.browser, "fetch(PUT /items/1)", nullptr);
        {
            auto main = recorder.enter(Algorithm::SameOrigin, lane.browser);
            main.askLandmark("2", false, {{"request's origin", "http://localhost:8000", "http://localhost:5000"},
                                          {"port", "8000", "5000"}});
        }
        {
            auto unsafe = recorder.enter(Algorithm::CorsUnsafeRequestHeaderNames, lane.browser);
            unsafe.let("1", "unsafeNames", "content-type");
            unsafe.askLandmark("3", true, {{"method", "PUT", std::nullopt}, {"Content-Type", "application/json", std::nullopt}});
        }
        {
            auto preflight = recorder.enter(Algorithm::CorsPreflightFetch, lane.browser);
            preflight.step("1");
            preflight.message("7", lane.middleware, "OPTIONS /items/1",
                request(Kind::Preflight, "OPTIONS", "/items/1", {{"Host", "localhost:5000"}, {"Origin", "http://localhost:8000"},
                    {"Access-Control-Request-Method", "PUT"}, {"Access-Control-Request-Headers", "content-type"}}),
                "Origin");
            {
                auto stage = recorder.enter(Algorithm::Route, lane.middleware);
                stage.success("3", {{"allow_origins", "*", std::nullopt}});
            }
            recorder.setState({"access-log:api", {"time", "request", "status"}, {{"12:00:00", "OPTIONS /items/1", "200"}}});
            const auto answer = response(Kind::Preflight, 200, "OK",
                {{"Vary", "Origin"}, {"Access-Control-Allow-Methods", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"},
                 {"Access-Control-Max-Age", "600"}, {"Access-Control-Allow-Headers", "content-type"},
                 {"Access-Control-Allow-Origin", "*"}, {"Content-Length", "2"}, {"Content-Type", "text/plain; charset=utf-8"}}, "OK");
            {
                auto wire = recorder.enter(Algorithm::Wire, lane.middleware);
                wire.message("2", lane.browser, "200 OK", answer, "Access-Control-Allow-Origin");
            }
            auto check = recorder.enter(Algorithm::CorsCheck, lane.browser);
            check.let("1", "origin", "*");
            check.ask("3", false, {{"credentials mode", "include", std::nullopt}, {"origin", "*", std::nullopt}});
            blockedStep = recorder.size();
            blocked = check.failure("4", Why::WildcardWithCredentials, "*",
                {{"Access-Control-Allow-Origin", "*", "http://localhost:8000"},
                 {"credentials mode", "include", std::nullopt},
                 {"Access-Control-Allow-Credentials", std::nullopt, std::nullopt}},
                "Access-Control-Allow-Origin", answer);
        }
        {
            auto http = recorder.enter(Algorithm::HttpFetch, lane.browser);
            http.ghost("5", lane.middleware, "PUT /items/1");
            http.message("6", lane.page, "TypeError: Failed to fetch", nullptr);
        }
    }
    SendOutcome outcome;
    outcome.method = "PUT";
    outcome.url = "http://localhost:5000/items/1";
    outcome.pageOrigin = "http://localhost:8000";
    outcome.preflight = SendOutcome::Preflight::Sent;
    outcome.blocked = blocked;
    outcome.blockedStep = blockedStep;
    recorder.addOutcome(outcome);
    return std::make_shared<const Trace>(recorder.take());
}

/// A simple GET that is allowed, `times` times over; each is an action of its own.
inline std::shared_ptr<const Trace> allowedSimple(int times = 1, const QByteArray& host = "localhost",
                                                  const QByteArray& path = "/items")
{
    using Kind = WireMessage::Kind;
    Recorder recorder;
    startState(recorder);
    const auto lane = lanes(recorder, host);
    for (int i = 0; i < times; ++i) {
        recorder.setAction(i);
        {
            auto method = recorder.enter(Algorithm::FetchMethod, lane.page);
            method.message("12", lane.browser, "fetch(GET " + path + ")", nullptr);
            auto http = recorder.enter(Algorithm::HttpNetworkFetch, lane.browser);
            http.message("1", lane.middleware, "GET " + path,
                request(Kind::Request, "GET", path, {{"Host", host + ":5000"}, {"Origin", "http://" + host + ":8000"}}), "Origin");
            {
                auto stage = recorder.enter(Algorithm::Route, lane.middleware);
                stage.message("1", lane.handler, "GET " + path, nullptr);
                auto route = recorder.enter(Algorithm::Route, lane.handler);
                route.effect("2", "item list read");
                route.message("3", lane.middleware, "200 OK", response(Kind::Request, 200, "OK", {}, "[]"));
            }
            const auto answer = response(Kind::Request, 200, "OK",
                {{"Content-Type", "application/json"}, {"Access-Control-Allow-Origin", "http://" + host + ":8000"}}, "[]");
            {
                auto wire = recorder.enter(Algorithm::Wire, lane.middleware);
                wire.message("2", lane.browser, "200 OK", answer, "Access-Control-Allow-Origin");
            }
            auto check = recorder.enter(Algorithm::CorsCheck, lane.browser);
            check.success("7", {{"Access-Control-Allow-Origin", "http://" + host + ":8000", "http://" + host + ":8000"}},
                          "Access-Control-Allow-Origin", answer);
            auto main = recorder.enter(Algorithm::MainFetch, lane.browser);
            main.message("22", lane.page, "response: cors, status 200", nullptr);
        }
        SendOutcome outcome;
        outcome.method = "GET";
        outcome.url = "http://" + host + ":5000" + path;
        outcome.pageOrigin = "http://" + host + ":8000";
        outcome.requestSent = true;
        outcome.visible = SendOutcome::Visible::Yes;
        outcome.handlerRuns = 1;
        outcome.effects = {"item list read"};
        recorder.addOutcome(outcome);
    }
    return std::make_shared<const Trace>(recorder.take());
}

/// Forty landmarks: five allowed sends.
inline std::shared_ptr<const Trace> forty() { return allowedSimple(5); }

inline std::shared_ptr<const Trace> longNames()
{
    return allowedSimple(2, "a-very-long-subdomain-that-somebody-really-has.internal.platform.example.com",
                         "/api/v2/organisations/4711/projects/ünïcödé/items?include=everything&sort=descending&page=10000");
}

inline std::shared_ptr<const Trace> compared()
{
    Recorder recorder;
    const int browser = recorder.lane({Lane::Kind::Browser, "browser", {}, QStringLiteral("Browser")});
    for (const auto& [a, b] : {std::pair<QByteArray, QByteArray>{"http://localhost", "http://localhost:5000"},
                               {"http://localhost", "https://localhost:5000"},
                               {"http://localhost:5000", "https://localhost:5000"}}) {
        auto same = recorder.enter(Algorithm::SameOrigin, browser);
        same.askLandmark("2", false, {{"origin", a, b}});
    }
    recorder.addOutcome(CompareOutcome{{{"http://localhost", "http://localhost:5000", false, {"port"}},
                                        {"http://localhost", "https://localhost:5000", false, {"scheme", "port"}},
                                        {"http://localhost:5000", "https://localhost:5000", false, {"scheme"}}}});
    return std::make_shared<const Trace>(recorder.take());
}

} // namespace corscope::samples
