#include "core/base/Ascii.h"
#include "core/fetch/Cookies.h"
#include "core/fetch/Departure.h"
#include "core/fetch/FetchParams.h"
#include "core/fetch/LocalNetworkAccess.h"
#include "core/http/Method.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace corscope {

// The request's headers as they go over the wire.
static HeaderList asWritten(const HeaderList& headers, const Profile& profile)
{
    static constexpr const char* single[] = {"content-type", "authorization", "user-agent", "referer", "if-modified-since",
                                             "if-unmodified-since", "from", "max-forwards"};
    if (!profile.requestHeadersAsUtf8 && !profile.repeatedSingleHeadersReplaced)
        return headers;
    HeaderList written;
    for (const auto& [name, value] : headers) {
        const auto text = profile.requestHeadersAsUtf8 ? QString::fromLatin1(value).toUtf8() : value;
        const bool replaces = profile.repeatedSingleHeadersReplaced && written.contains(name)
            && std::any_of(std::begin(single), std::end(single),
                           [&, &name = name](const char* s) { return ascii::equalIgnoringCase(name, s); });
        if (replaces)
            written.set(name, text);
        else
            written.append(name, text);
    }
    return written;
}

static HeaderList withoutBlanksInNames(const HeaderList& headers)
{
    HeaderList result;
    for (const auto& [name, value] : headers)
        result.append(name.trimmed(), value);
    return result;
}

// What a browser makes of an answer that HTTP does not allow, or that does not arrive in full.
static bool isRefused(const Response& response, RequestMode mode, WireMessage::Kind kind, const Profile& profile)
{
    const auto disagreeing = [&] {
        const auto lengths = response.headerList.values("Content-Length");
        return lengths.count(lengths.value(0)) != lengths.size();
    };
    const bool isCut = response.bodyError == BodyError::Closed || response.bodyError == BodyError::Reset;
    if ((profile.malformedBodyRefused && response.bodyError == BodyError::Malformed)
        || (profile.brokenOpaqueBodyRefused && response.bodyError != BodyError::None && mode == RequestMode::NoCors)
        || (profile.cutPreflightRefused && isCut && kind == WireMessage::Kind::Preflight))
        return true;
    return (profile.proxyAuthenticationRefused && response.status == 407)
        || (profile.contentLengthsMustAgree && disagreeing());
}

// https://fetch.spec.whatwg.org/#obtain-a-connection
static Connection connectionFor(const Request& request, IncludeCredentials includeCredentials)
{
    return {networkPartitionKey(request), request.currentUrl().origin(), includeCredentials == IncludeCredentials::Yes};
}

static bool isBroken(const NetworkFailure& failure)
{
    return failure.requestSent && (failure.why == Why::ConnectionReset || failure.why == Why::ConnectionClosed);
}

// https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2
static bool isRepeatable(const Request& request, const Profile& profile)
{
    if (profile.onlySafeMethodsSentAgain && !isSafeMethod(request.method))
        return false;
    static constexpr const char* idempotent[] = {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"};
    return std::any_of(std::begin(idempotent), std::end(idempotent), [&](const char* m) { return request.method == m; })
        && !(request.body && request.body->sourceIsNull);
}

// Lets the time pass that the answer took, or as much of it as the page waits.
static std::optional<Blocked> canceled(FetchParams& fetchParams, const Result<ResponseMessage, NetworkFailure>& answer,
                                       Spec& spec)
{
    auto& clock = fetchParams.browser.clock;
    const auto delay = answer ? answer->delay : answer.error().delay;
    const bool never = !answer && answer.error().why == Why::TimedOut;
    const auto& deadline = fetchParams.deadline;
    const bool late = deadline && (never || clock.now() + delay > deadline->at);
    if (late && deadline->at > clock.now())
        clock.advance(deadline->at - clock.now());
    else if (!late)
        clock.advance(delay);
    fetchParams.recorder.setTime(clock.now());
    if (!late)
        return std::nullopt;
    return spec.failure("9.2", deadline->why);
}

// https://fetch.spec.whatwg.org/#concept-http-network-fetch
Response httpNetworkFetch(FetchParams& fetchParams, IncludeCredentials includeCredentials)
{
    auto& recorder = fetchParams.recorder;
    const Request& request = fetchParams.request;
    auto spec = recorder.enter(Algorithm::HttpNetworkFetch, fetchParams.browserLane);

    // 1. to 7. and 8.1. to 8.4. Getting a connection is the network's business.
    // NB: here the draft of Local Network Access adds its check: a connection stands, and nothing has been sent.
    if (const auto space = fetchParams.network.addressSpace(request.currentUrl())) {
        if (auto blocked = localNetworkAccessCheck(request, *space, fetchParams.browser.profile, recorder)) {
            spec.ghost("8.local-network", fetchParams.network.arrivalLane(request.currentUrl(), recorder),
                       request.method + ' ' + request.currentUrl().requestTarget());
            return Response::networkError(std::move(*blocked));
        }
    }

    // NB: `Host` goes first, as every browser writes it.
    RequestMessage message;
    message.method = request.method;
    message.target = request.currentUrl().requestTarget();
    const auto& profile = fetchParams.browser.profile;
    message.headers = decided(profile, spec, [&](const Profile& p) { return asWritten(request.headerList, p); });
    message.headers.prepend("Host"_ba, request.currentUrl().hostAndPort());
    if (request.body)
        message.body = request.body->bytes;

    // 8.3. A stream cannot go over an HTTP/1 connection.
    if (request.body && request.body->sourceIsNull && !fetchParams.network.speaksHttp2(request.currentUrl()))
        return Response::networkError(spec.failure("8.3", Why::StreamOverHttp1));

    // 8.5. Make the request.
    spec.let("8.5", "URL", [&] { return request.currentUrl().serialized(); });
    const auto kind = message.isCorsPreflight() ? WireMessage::Kind::Preflight : WireMessage::Kind::Request;
    auto& tally = fetchParams.tally;
    tally.reachedNetwork = true;
    const auto send = [&] {
        auto answer = fetchParams.network.send(request.currentUrl(), message, kind, recorder);
        if (answer || answer.error().requestSent)
            ++(kind == WireMessage::Kind::Preflight ? tally.preflightsSent : tally.requestsSent);
        return answer;
    };
    auto answer = send();

    // A connection that has held before may break between two requests. Then nobody knows whether the second arrived, and
    // it is sent again where that does no harm.
    auto& openConnections = fetchParams.browser.openConnections;
    const auto connection = connectionFor(request, includeCredentials);
    if (!answer && std::erase(openConnections, connection) > 0 && isBroken(answer.error())
        && spec.ask("8.5.resend", decided(profile, spec, [&](const Profile& p) { return isRepeatable(request, p); }), {{"method", request.method, std::nullopt}}))
        answer = send();
    if (answer && answer->bodyError == BodyError::None
        && std::find(openConnections.begin(), openConnections.end(), connection) == openConnections.end())
        openConnections.push_back(connection);

    // 9. Has the page given up meanwhile? Only virtual time has passed.
    if (auto blocked = canceled(fetchParams, answer, spec))
        return Response::networkError(*blocked);

    // 8.1. No connection, or none that held: a network error.
    if (!answer) {
        // NB: the network has recorded what went wrong; here it only gets its place in the standard.
        spec.step("8.1");
        return Response::networkError({answer.error().why, answer.error().detail, spec.at("8.1")});
    }

    Response response;
    response.status = answer->status;
    response.statusMessage = answer->reason;
    response.headerList = decided(profile, spec, [&](const Profile& p) {
        return p.blankBeforeColonIgnored ? withoutBlanksInNames(answer->headers) : answer->headers;
    });
    response.body = answer->body;
    response.bodyError = answer->bodyError;
    if (spec.listening())
        response.wire = std::make_shared<const WireMessage>(
            WireMessage{kind, std::move(answer).value(), request.currentUrl().serialized()});
    spec.let("8.6", "status", response.status);

    if (decided(profile, spec, [&](const Profile& p) { return isRefused(response, request.mode, kind, p); })) {
        auto error = Response::networkError(spec.failure("8.6", response.bodyError == BodyError::None ? Why::MalformedResponse : whyOf(response.bodyError),
                                                          QByteArray::number(response.status)));
        error.internalResponse = std::make_shared<const Response>(response);
        return error;
    }

    // 17. Where credentials went along, cookies may come back.
    if (includeCredentials == IncludeCredentials::Yes)
        storeSetCookieHeaders(request, response, fetchParams.browser, recorder);
    return response;
}

} // namespace corscope
