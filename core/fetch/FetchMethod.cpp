#include "core/fetch/FetchMethod.h"

#include "core/base/Ascii.h"
#include "core/fetch/Client.h"
#include "core/fetch/CorsSafelist.h"
#include "core/fetch/Departure.h"
#include "core/fetch/ElementCall.h"
#include "core/fetch/FetchParams.h"
#include "core/http/Method.h"

#include <QCoreApplication>

#include <tuple>

using namespace Qt::StringLiterals;

namespace corscope {

namespace {

Result<Request, Blocked> refusal(Spec& spec, Literal step, const QByteArray& value)
{
    return spec.failure(step, Why::InvalidRequest, value, {{"value", value, std::nullopt}});
}

// https://fetch.spec.whatwg.org/#dom-request , as far as a call with a URL and a dictionary goes.
Result<Request, Blocked> newRequest(const FetchCall& call, std::shared_ptr<const Client> client, const Profile& profile,
                                    Recorder& recorder, int pageLane)
{
    auto spec = recorder.enter(Algorithm::NewRequest, pageLane);
    Request request;
    request.unsafeRequest = true;
    request.client = std::move(client);
    request.origin = request.client->origin;

    // 5.1. to 5.3. The URL, which may not carry a password.
    const Url* baseUrl = request.client->baseUrl.isValid() ? &request.client->baseUrl : nullptr;
    auto url = Url::parse(call.url, baseUrl);
    const bool isFetch = call.initiator == FetchCall::Initiator::Fetch;
    if (!url || (isFetch && url->includesCredentials()))
        return refusal(spec, url ? "5.3" : "5.2", call.url);
    // NB: open() of an XMLHttpRequest takes one, in the URL or beside it, and send() says that it is to be used.
    if (!isFetch && !url->host().isEmpty())
        url = url->withCredentials(call.username, call.password);
    request.useUrlCredentials = url->includesCredentials();
    request.urlList = {*url};
    spec.let("5.1", "parsedURL", [&] { return url->serialized(); });

    // 14. and 15. What is to be said about the page; a referrer of another origin counts for nothing.
    if (call.referrer && call.referrer->isEmpty()) {
        request.referrerIsClient = false;
        spec.let("14.2", "referrer", "no-referrer");
    } else if (call.referrer) {
        const auto parsed = Url::parse(*call.referrer, baseUrl);
        if (!parsed)
            return refusal(spec, "14.3.2", *call.referrer);
        request.referrerIsClient = parsed->serialized() == "about:client" || !request.origin.isSameOrigin(parsed->origin());
        if (!request.referrerIsClient)
            request.referrer = *parsed;
        spec.let("14.3.4", "referrer", *call.referrer);
    }
    const auto referrerPolicy = referrerPolicyFromBytes(call.referrerPolicy);
    if (!referrerPolicy)
        return refusal(spec, "15", call.referrerPolicy);
    request.referrerPolicy = *referrerPolicy;

    // 16. to 22. Mode, credentials, cache, redirect.
    const auto mode = requestModeFromBytes(call.mode);
    const auto credentials = credentialsModeFromBytes(call.credentials);
    const auto cache = cacheModeFromBytes(call.cache);
    const auto redirect = redirectModeFromBytes(call.redirect);
    if (!mode)
        return refusal(spec, "17", call.mode);
    if (!credentials)
        return refusal(spec, "19", call.credentials);
    if (!cache)
        return refusal(spec, "20", call.cache);
    if (!redirect)
        return refusal(spec, "22", call.redirect);
    if (*cache == CacheMode::OnlyIfCached && *mode != RequestMode::SameOrigin)
        return refusal(spec, "21", call.cache);
    request.mode = *mode;
    request.credentialsMode = *credentials;
    request.cacheMode = *cache;
    request.redirectMode = *redirect;
    request.keepalive = call.keepalive;
    request.useCorsPreflight = decided(profile, spec, [&](const Profile& p) {
        return call.useCorsPreflight && (call.body || !p.uploadListenersNeedBody);
    });
    spec.let("18", "mode", call.mode);
    spec.let("19", "credentials mode", call.credentials);

    // 25. The method: a token, not a forbidden one; six of them are upper-cased.
    if (!ascii::isToken(call.method) || isForbiddenMethod(call.method))
        return refusal(spec, "25.2", call.method);
    request.method = normalizedMethod(call.method);
    spec.let("25.4", "method", request.method);

    // NB: the draft of Local Network Access adds this before the request is set (28). "public" asks for nothing.
    const auto named = decided(profile, spec, [&](const Profile& p) {
        return p.targetAddressSpaceUnknown ? QByteArray() : call.targetAddressSpace;
    });
    const auto targetAddressSpace = addressSpaceFromBytes(named);
    if (!targetAddressSpace && !named.isEmpty())
        return refusal(spec, "28.target", call.targetAddressSpace);
    if (targetAddressSpace && targetAddressSpace != AddressSpace::Public) {
        request.targetAddressSpace = targetAddressSpace;
        spec.let("28.target", "target IP address space", call.targetAddressSpace);
    }

    // 32. In mode "no-cors" only methods and headers that a form could send.
    const bool noCors = request.mode == RequestMode::NoCors;
    if (noCors && !isCorsSafelistedMethod(request.method))
        return refusal(spec, "32.1", request.method);

    request.integrityMetadata = call.integrity; // 23.

    // 33. Script's headers, without those that only the browser sets.
    for (const auto& [name, rawValue] : call.headers) {
        const auto value = normalizedHeaderValue(rawValue);
        if (!isHeaderName(name) || !isHeaderValue(value))
            return refusal(spec, "33.5", name);
        const bool dropped = decided(profile, spec, [&, &name = name](const Profile& p) {
            return isForbiddenRequestHeader(name, value, p)
                || (noCors && !isNoCorsSafelistedRequestHeader(name, value, p));
        });
        spec.ask("33.5", !dropped, {{name, value, std::nullopt}});
        if (!dropped)
            request.headerList.append(name, value);
    }

    // 35. and 37. A body needs a method that carries one, and says what it is, where the mode lets it.
    if (call.body) {
        if (request.method == "GET" || request.method == "HEAD")
            return refusal(spec, "35", request.method);
        using Streams = Profile::StreamBodies;
        const auto streams = decided(profile, spec, [&](const Profile& p) {
            return call.bodyIsStream ? p.streamBodies : Streams::Sent;
        });
        if (streams == Streams::Refused)
            return refusal(spec, "37", "ReadableStream");
        const bool isStream = call.bodyIsStream && streams == Streams::Sent;
        const bool isNamed = streams == Streams::Stringified;
        const auto bodyType = isNamed ? "text/plain;charset=UTF-8"_ba : isStream ? QByteArray() : call.bodyType;
        request.body = Body{isNamed ? QByteArray("[object ReadableStream]") : *call.body, isStream};
        if (isStream && call.keepalive)
            return refusal(spec, "37.1", "keepalive");
        const auto fits = [&](const Profile& p) {
            return !noCors || p.blobTypeKeptInNoCors || isNoCorsSafelistedRequestHeader("Content-Type", bodyType, p);
        };
        if (!bodyType.isEmpty() && !request.headerList.contains("Content-Type") && decided(profile, spec, fits))
            request.headerList.append("Content-Type"_ba, bodyType);
        spec.let("37.4", "Content-Type", [&] { return request.headerList.get("Content-Type"); });

        // 39. A stream has to say that it goes one way at a time, and that only where the server is asked first.
        if (isStream) {
            if (call.duplex != "half")
                return refusal(spec, "39.1", call.duplex);
            if (request.mode == RequestMode::NoCors)
                return refusal(spec, "39.2", call.mode);
            request.useCorsPreflight = true;
            spec.step("39.3");
        }
    }
    return request;
}

SendOutcome::Preflight preflightOf(const FetchTally& tally)
{
    if (tally.preflightsSent > 0)
        return SendOutcome::Preflight::Sent;
    if (tally.preflightsCached > 0)
        return SendOutcome::Preflight::Cached;
    return tally.reachedNetwork || tally.answeredFromCache ? SendOutcome::Preflight::NotNeeded
                                                           : SendOutcome::Preflight::NotReached;
}

PageView pageView(const Response& response)
{
    PageView view;
    view.type = toBytes(response.type);
    if (response.isNetworkError()) {
        if (response.internalResponse)
            view.hiddenHeaders = response.internalResponse->headerList;
        return view;
    }
    view.promise = PageView::Promise::Resolved;
    view.status = response.status;
    view.statusText = response.statusMessage;
    view.url = response.url();
    view.redirected = response.urlList.size() > 1;
    view.headers = response.headerList;
    view.body = response.body;
    view.bodyError = response.bodyError;
    for (const auto& header : response.internalResponse->headerList)
        if (!response.headerList.contains(header.name))
            view.hiddenHeaders.append(header.name, header.value);
    return view;
}

// What response.url and response.redirected say.
std::pair<QByteArray, bool> addressSeen(const Response& response, const FetchTally& tally, const Profile& profile)
{
    using Way = Profile::UpgradedResponse;
    if (response.isNetworkError())
        return {};
    const auto url = response.url();
    const bool redirected = response.urlList.size() > 1;
    if (tally.upgradedUrls.isEmpty() || url.isEmpty() || profile.upgradedResponse == Way::Secure)
        return {url, redirected};
    if (profile.upgradedResponse == Way::Redirected)
        return {url, true};
    const Url written = *Url::parse(tally.upgradedUrls.last());
    const bool isLast = written.withScheme("https").serializedWithoutFragment() == url;
    return {isLast ? written.serializedWithoutFragment() : url, redirected};
}

QByteArray initiatorName(FetchCall::Initiator initiator)
{
    switch (initiator) {
    case FetchCall::Initiator::Fetch: return "fetch"_ba;
    case FetchCall::Initiator::XmlHttpRequest: return "XMLHttpRequest"_ba;
    case FetchCall::Initiator::Image: return "image"_ba;
    case FetchCall::Initiator::Script: return "script"_ba;
    case FetchCall::Initiator::Stylesheet: return "CSS stylesheet"_ba;
    }
    return {};
}

std::optional<Deadline> deadlineOf(const FetchCall& call, Instant now)
{
    if (call.abortAfter && (!call.timeout || *call.abortAfter <= *call.timeout))
        return Deadline{now + *call.abortAfter, Why::Aborted};
    if (call.timeout && *call.timeout > Milliseconds(0))
        return Deadline{now + *call.timeout, Why::TimedOut};
    return std::nullopt;
}

} // namespace

// https://fetch.spec.whatwg.org/#fetch-method
SendOutcome fetchMethod(const OpenPage& page, const FetchCall& call, Browser& browser, Network& network, Recorder& recorder)
{
    const bool silent = recorder.isSilent();
    const int pageLane = silent ? -1 : recorder.lane({Lane::Kind::Page, "page:" + page.config.id, {}, {}});
    const int browserLane = recorder.lane("browser", [] { return Lane{Lane::Kind::Browser, "browser", {}, {}}; });
    recorder.setTime(browser.clock.now());
    auto spec = recorder.enter(Algorithm::FetchMethod, pageLane);

    SendOutcome outcome;
    outcome.method = call.method;
    outcome.url = call.url;
    outcome.initiator = initiatorName(call.initiator);
    outcome.preflight = SendOutcome::Preflight::NotReached;

    // 1. and 2. A promise, and a request if script's arguments make one.
    const auto& client = page.client;
    recordDepartures(browser.profile, spec, [&](const Profile& p) { return clientOf(page.config, p)->url; });
    outcome.pageOrigin = client->origin.serialized();
    if (client->url.isValid())
        outcome.pageUrl = client->url.serialized();
    outcome.targetAddressSpace = call.targetAddressSpace;
    outcome.pageIsSecure = client->secureContext;
    auto request = call.isElement() ? potentialCorsRequest(call, client, recorder, pageLane)
                                    : newRequest(call, client, browser.profile, recorder, pageLane);
    const auto refused = [&](const Blocked& blocked) {
        outcome.blocked = blocked;
        outcome.blockedStep = recorder.lastFailure();
        outcome.page = {};
        outcome.page.type = "error"_ba;
        return outcome;
    };
    if (!request)
        return refused(request.error());
    outcome.method = request->method;
    outcome.url = request->currentUrl().serialized();

    // 4. Has script aborted it already?
    if (call.abortAfter && *call.abortAfter < Milliseconds(0))
        return refused(spec.failure("4.1", Why::Aborted));

    // 5. to 11. Or will it, or a timeout, later?
    // 12. Fetch.
    const auto called = [&] {
        return QByteArray(outcome.initiator + '(' + request->method + ' ' + request->currentUrl().requestTarget() + ')');
    };
    spec.message("12", browserLane, called, {});
    FetchTally tally;
    FetchParams fetchParams{std::move(*request), browser, network, recorder, tally, browserLane, pageLane,
                            deadlineOf(call, browser.clock.now())};
    const auto response = fetch(fetchParams);
    outcome.page = pageView(response);
    std::tie(outcome.page.url, outcome.page.redirected) = decided(browser.profile, spec, [&](const Profile& p) {
        return addressSeen(response, tally, p);
    });
    outcome.finalUrl = fetchParams.request.currentUrl().serialized();
    outcome.finalOrigin = byteSerializedOrigin(fetchParams.request);
    outcome.redirectMode = toBytes(fetchParams.request.redirectMode);
    outcome.finalHeaders = fetchParams.request.headerList;
    outcome.policyReports = tally.policyReports;
    outcome.upgradedUrls = tally.upgradedUrls;

    // 13. The promise settles.
    outcome.preflight = preflightOf(tally);
    outcome.requestSent = tally.requestsSent > 0;
    const auto& internalResponse = response.internalResponse ? *response.internalResponse : response;
    outcome.fromCache = internalResponse.fromCache;
    if (response.isNetworkError()) {
        outcome.blocked = response.blocked;
        outcome.blockedStep = recorder.lastFailure();
        outcome.withheldStatus = response.internalResponse ? response.internalResponse->status : 0;
    } else {
        const bool opaque = response.type == Response::Type::Opaque || response.type == Response::Type::OpaqueRedirect;
        outcome.visible = opaque ? SendOutcome::Visible::Opaque : SendOutcome::Visible::Yes;
    }
    spec.ask("13", !response.isNetworkError());

    // NB: a promise is kept once the headers are there; an XMLHttpRequest and an element want the whole body, and an element
    // one that it can use.
    if (response.isNetworkError() || call.initiator == FetchCall::Initiator::Fetch)
        return outcome;
    const auto& read = response.type == Response::Type::Opaque ? *response.internalResponse : response;
    const auto useless = call.isElement() ? uselessContent(call.initiator, read) : std::nullopt;
    if (read.bodyError == BodyError::None && !useless)
        return outcome;
    outcome.visible = SendOutcome::Visible::No;
    outcome.withheldStatus = outcome.page.status;
    return refused(read.bodyError != BodyError::None ? spec.failure("13.body", whyOf(read.bodyError))
                                                     : spec.failure("13.element", Why::UnusableContent, *useless));
}

} // namespace corscope
