#pragma once

#include "core/fetch/FetchMethod.h"
#include "core/fetch/FetchParams.h"
#include "core/network/Network.h"

#include <deque>

namespace corscope {

/// A network whose answers a test writes down in advance; keeps every request that was sent.
class ScriptedNetwork : public Network
{
public:
    struct Sent
    {
        Url url;
        RequestMessage request;
        WireMessage::Kind kind;
    };

    void answer(int status, HeaderList headers = {}, QByteArray body = {})
    {
        m_answers.push_back(ResponseMessage{status, reasonPhrase(status), std::move(headers), std::move(body)});
    }
    void answer(ResponseMessage response) { m_answers.push_back(std::move(response)); }
    void fail(NetworkFailure failure) { m_answers.push_back(std::move(failure)); }

    Result<ResponseMessage, NetworkFailure> send(const Url& url, const RequestMessage& request, WireMessage::Kind kind,
                                                 Recorder&) override
    {
        sent.push_back({url, request, kind});
        if (m_next == m_answers.size())
            return NetworkFailure{Why::ConnectionRefused, {}, false};
        return m_answers[m_next++];
    }

    int count(WireMessage::Kind kind) const
    {
        return int(std::count_if(sent.begin(), sent.end(), [&](const Sent& s) { return s.kind == kind; }));
    }

    std::vector<Sent> sent;

private:
    std::deque<Result<ResponseMessage, NetworkFailure>> m_answers;
    size_t m_next = 0;
};

/// A page, a browser and a scripted server: what most fetch tests need.
struct Bench
{
    PageConfig page;
    Browser browser;
    ScriptedNetwork network;
    Recorder recorder;

    Bench()
    {
        page.id = "app";
        page.scheme = "http";
        page.host = "app.test";
        page.port = 8000;
    }
    SendOutcome fetch(const FetchCall& call) { return fetchMethod(page, call, browser, network, recorder); }
    static FetchCall call(QByteArray url, QByteArray method = "GET")
    {
        FetchCall call;
        call.url = std::move(url);
        call.method = std::move(method);
        return call;
    }
};

/// The id of the reason; "none" where there is none, so that a failing comparison prints both.
inline QByteArray whyOf(const std::optional<Blocked>& blocked)
{
    return blocked ? whyId(blocked->why) : QByteArray("none");
}

} // namespace corscope
