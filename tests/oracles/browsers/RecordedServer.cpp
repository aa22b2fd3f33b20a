#include "tests/oracles/browsers/RecordedServer.h"

#include "core/network/Unreachable.h"

#include <algorithm>

namespace corscope::oracles::browsers {

namespace {

bool isKnown(QByteArrayView host)
{
    static constexpr const char* hosts[] = {"app.test", "api.app.test", "other.test", "third.test", "xn--bcher-kva.test",
                                            "app.test.", "localhost", "127.0.0.1", "[::1]"};
    return host.endsWith(".localhost") || std::find(std::begin(hosts), std::end(hosts), host) != std::end(hosts);
}

bool listens(const Url& url)
{
    static constexpr quint16 plain[] = {80, 8101, 8102, 8103};
    static constexpr quint16 secure[] = {443, 8443, 8444, 8445};
    const auto has = [&](const auto& ports) {
        return std::find(std::begin(ports), std::end(ports), url.portOrDefault()) != std::end(ports);
    };
    return url.scheme() == "https" ? has(secure) : has(plain);
}

Fault::Kind faultOf(const QByteArray& behaviour)
{
    if (behaviour == "resetbody")
        return Fault::Kind::ResetBody;
    if (behaviour == "badchunk")
        return Fault::Kind::BadChunk;
    return faultFromId(behaviour).value_or(Fault::Kind::None);
}

// The server adds nothing but this.
void addContentLength(ScriptedAnswer& answer, const Url& url)
{
    const bool none = answer.status < 200 || answer.status == 204 || answer.status == 304 || url.portOrDefault() == 8445;
    if (!none && !answer.headers.contains("Content-Length") && !answer.headers.contains("Transfer-Encoding"))
        answer.headers.append("Content-Length", QByteArray::number(answer.body.size()));
}

} // namespace

AddressSpace addressSpaceOf(const QByteArray& launch, const Url& url)
{
    // With these launches the engines were told that two ports are public.
    const bool isPublic = launch.startsWith("lna") && (url.portOrDefault() == 8103 || url.portOrDefault() == 8443);
    return isPublic ? AddressSpace::Public : AddressSpace::Loopback;
}

std::optional<AddressSpace> RecordedServer::addressSpace(const Url& url)
{
    if (!isKnown(url.host()) || !listens(url))
        return std::nullopt;
    return addressSpaceOf(m_launch, url);
}

ScriptedAnswer RecordedServer::answerTo(const RequestMessage& request)
{
    const ScriptedAnswer noRoute{404, {}, {}, "no route", {}, 0};
    const auto path = request.path();
    const auto name = QString::fromUtf8(path.mid(m_folder.size()));
    if (!path.startsWith(m_folder) || name.contains(QLatin1Char('/')))
        return noRoute;
    const auto route = m_script.contains(name) ? name : QStringLiteral("*");
    const bool preflight = request.method == "OPTIONS" && request.headers.contains("Access-Control-Request-Method");
    const auto kind = preflight ? QStringLiteral("preflight") : QStringLiteral("actual");
    const auto answers = scriptedAnswers(m_script.value(route).toObject().value(kind));
    if (answers.empty())
        return noRoute;
    return answers[std::min(m_turns[route + kind]++, answers.size() - 1)];
}

Result<ResponseMessage, NetworkFailure> RecordedServer::send(const Url& url, const RequestMessage& request,
                                                             WireMessage::Kind, Recorder&)
{
    if (!isKnown(url.host()))
        return NetworkFailure{url.hostIsIpAddress() ? Why::ConnectionRefused : Why::NameNotResolved, url.host(), false};
    if (!listens(url))
        return NetworkFailure{Why::ConnectionRefused, {}, false};
    // What arrives outside the case's own paths was recorded nowhere.
    if (request.target.startsWith(m_folder))
        m_arrived.push_back({request.method,
                             url.scheme() + "://:" + QByteArray::number(url.portOrDefault()) + request.target,
                             request.headers});
    auto answer = answerTo(request);
    const Fault fault{faultOf(answer.behaviour), Milliseconds(answer.delay)};
    if (const auto failure = failureOf(fault))
        return *failure;
    if (!std::all_of(answer.headers.begin(), answer.headers.end(), [](const auto& h) { return isHeaderValue(h.value); }))
        return NetworkFailure{Why::MalformedResponse, {}, true};
    addContentLength(answer, url);
    ResponseMessage response{answer.status, answer.reason.isEmpty() ? reasonPhrase(answer.status) : answer.reason,
                             answer.headers, request.method == "HEAD" ? QByteArray() : answer.body};
    announceBrokenBody(fault.kind, request, response);
    response.delay = fault.delay;
    return response;
}

} // namespace corscope::oracles::browsers
