#include "core/base/Ascii.h"
#include "core/fetch/BlockedByType.h"
#include "core/fetch/ContentSecurityPolicyCheck.h"
#include "core/fetch/CorsSafelist.h"
#include "core/fetch/Departure.h"
#include "core/fetch/EarlyExits.h"
#include "core/fetch/FetchParams.h"
#include "core/fetch/FilteredResponse.h"
#include "core/fetch/Integrity.h"
#include "core/fetch/OpaqueResponseBlocking.h"
#include "core/fetch/PreflightHeaders.h"
#include "core/fetch/Referrer.h"
#include "core/fetch/UpgradeInsecureRequests.h"
#include "core/http/Method.h"

using namespace Qt::StringLiterals;

namespace corscope {

namespace {

// Step 12, an if-else ladder: which way leads to a response.
Response responseByKind(FetchParams& fetchParams, Spec& spec)
{
    Request& request = fetchParams.request;
    const Url& url = request.currentUrl();

    // 12. Same origin and untouched by other origins, or a data: URL: no permission needed.
    const auto urlOrigin = url.origin();
    const bool sameOrigin = urlOrigin.isSameOrigin(request.origin)
        && request.responseTainting == ResponseTainting::Basic;
    const auto origins = [&] {
        return std::vector<Input>{{"URL's origin"_ba, urlOrigin.serialized(), request.origin.serialized()}};
    };
    if (spec.askLandmark("12.same-origin", sameOrigin, origins) || url.scheme() == "data") {
        request.responseTainting = ResponseTainting::Basic;
        return schemeFetch(fetchParams);
    }

    // Script asked for its own origin only.
    if (request.mode == RequestMode::SameOrigin)
        return Response::networkError(spec.failure("12.mode-same-origin", Why::SameOriginModeCrossOrigin,
                                                   url.serialized(), origins));

    // Script does not want to read the answer.
    if (request.mode == RequestMode::NoCors) {
        if (request.redirectMode != RedirectMode::Follow)
            return Response::networkError(spec.failure("12.mode-no-cors", Why::NoCorsWithRedirectMode,
                                                       toBytes(request.redirectMode)));
        spec.askLandmark("12.mode-no-cors", true, {{"mode", toBytes(request.mode), "no-cors"}});
        request.responseTainting = ResponseTainting::Opaque;
        return schemeFetch(fetchParams);
    }

    // CORS is a protocol of HTTP.
    if (!url.hasHttpScheme())
        return Response::networkError(spec.failure("12.scheme", Why::SchemeNotSupported, url.scheme(),
                                                   {{"scheme", url.scheme(), "http"}}));

    // Does the request go beyond what any page could always send?
    request.responseTainting = ResponseTainting::Cors;
    const auto& profile = fetchParams.browser.profile;
    const bool preflight = decided(profile, spec, [&](const Profile& p) {
        return request.useCorsPreflight
            || (request.unsafeRequest
                && (!isCorsSafelistedMethod(request.method)
                    || !corsUnsafeRequestHeaderNames(request.headerList, p).isEmpty()))
            || earlierHopNeedsPreflight(request, p);
    });
    const auto unsafeNames = [&] { return ascii::join(corsUnsafeRequestHeaderNames(request.headerList, profile), ", "); };
    if (spec.askLandmark("12.preflight", preflight,
                         {{"method", request.method, std::nullopt},
                          {"unsafe headers", unsafeNames, std::nullopt}})) {
        auto corsWithPreflightResponse = httpFetch(fetchParams, MakeCorsPreflight::Yes);
        // A failure makes earlier permissions doubtful.
        if (corsWithPreflightResponse.isNetworkError()) {
            auto& browser = fetchParams.browser;
            const auto doubtful = [&](const Profile& p) {
                return !p.failureKeepsPreflights;
            };
            if (decided(profile, spec, doubtful)) {
                browser.preflightCache.clear(asPreflightSeesIt(request, profile));
                fetchParams.recorder.setState("preflight-cache", browser.preflightCache, browser.clock.now());
                spec.step("12.clear-cache");
            }
        }
        return corsWithPreflightResponse;
    }
    return httpFetch(fetchParams);
}

// Step 7: refusals before anything is sent.
std::optional<Blocked> earlyExit(FetchParams& fetchParams)
{
    if (auto blocked = blockedDueToBadPort(fetchParams.request, fetchParams.recorder))
        return blocked;
    if (auto blocked = blockedAsMixedContent(fetchParams.request, fetchParams.browser.profile, fetchParams.recorder))
        return blocked;
    return blockedByContentSecurityPolicy(fetchParams.request, fetchParams.recorder);
}

Response filtered(const Request& request, Response response)
{
    switch (request.responseTainting) {
    case ResponseTainting::Basic: return basicFilteredResponse(std::move(response));
    case ResponseTainting::Cors: return corsFilteredResponse(std::move(response));
    case ResponseTainting::Opaque: return opaqueFilteredResponse(std::move(response));
    }
    return response;
}

// Step 14.1: which headers did the server expose?
QList<QByteArray> exposedHeaderNames(const Request& request, const Response& response, Spec& spec)
{
    // 14.1.1.
    const auto headerNames = extractTokenList("Access-Control-Expose-Headers", response.headerList);
    spec.let("14.1.1", "headerNames", [&] { return response.headerList.get("Access-Control-Expose-Headers"); });

    // 14.1.2. An asterisk exposes all of them, but not when credentials went along.
    const bool all = request.credentialsMode != CredentialsMode::Include && headerNames.values.contains("*");
    if (spec.ask("14.1.2", all)) {
        QList<QByteArray> names;
        for (const auto& header : response.headerList)
            if (!names.contains(header.name))
                names.append(header.name);
        return names;
    }

    // 14.1.3. Otherwise those that are named; a list that cannot be read exposes nothing.
    return headerNames.values;
}

Response withheld(const Blocked& blocked, const Response& response)
{
    auto error = Response::networkError(blocked);
    error.internalResponse = response.internalResponse;
    return error;
}

// Step 20: of the wrong type, or opaque and nothing that a page could embed.
std::optional<Blocked> blockedByItsContent(const Request& request, Response& response, Spec& spec, Recorder& recorder)
{
    const auto& internalResponse = *response.internalResponse;
    if (auto blocked = blockedDueToMimeType(request, internalResponse, recorder))
        return blocked;
    if (auto blocked = blockedDueToNosniff(request, internalResponse, recorder))
        return blocked;

    // NB: not in the standard's text yet, but what it is to say, and engines do (https://github.com/whatwg/fetch/pull/1442).
    if (response.type != Response::Type::Opaque || isInOpaqueResponseSafelist(internalResponse, recorder))
        return std::nullopt;
    // Script's own fetch gets an opaque response in any case; only nothing of it comes near the page.
    if (spec.ask("20.orb", request.destination == Destination::Empty))
        return std::nullopt;
    const auto type = internalResponse.headerList.get("Content-Type").value_or(QByteArray());
    return spec.failure("20.orb", Why::OpaqueResponseBlocked, type, {{"Content-Type", type, std::nullopt}}, "Content-Type",
                        internalResponse.wire);
}

} // namespace

// https://fetch.spec.whatwg.org/#concept-main-fetch
Response mainFetch(FetchParams& fetchParams, Recursive recursive)
{
    Request& request = fetchParams.request;
    auto& recorder = fetchParams.recorder;
    auto spec = recorder.enter(Algorithm::MainFetch, fetchParams.browserLane);

    // 1. and 2. The request, and no response yet.
    std::optional<Response> response;
    spec.let("1", "URL", [&] { return request.currentUrl().serialized(); });

    // 3. SKIPPED: no local-URLs-only requests.
    // 4. Policies that only watch see the URL as script wrote it,
    fetchParams.tally.policyReports += reportContentSecurityPolicyViolations(request, recorder);

    // 5. before a policy in force makes it secure.
    if (const auto insecure = upgradeToPotentiallyTrustworthyUrl(request, fetchParams.browser.profile, recorder))
        fetchParams.tally.upgradedUrls.append(insecure->serialized());

    // 6. SKIPPED: of mixed content only images, audio and video are upgraded.

    // 7. Refused before anything is sent?
    spec.step("7");
    if (const auto blocked = earlyExit(fetchParams)) {
        response = Response::networkError(*blocked);
        spec.ghost("7", fetchParams.network.arrivalLane(request.currentUrl(), recorder),
                   [&] { return QByteArray(request.method + ' ' + request.currentUrl().requestTarget()); });
    }

    // 8. and 9. How much the server learns about the page.
    if (request.referrerPolicy == ReferrerPolicy::Empty && request.client)
        request.referrerPolicy = request.client->referrerPolicy;
    if (request.referrerPolicy == ReferrerPolicy::Empty)
        request.referrerPolicy = ReferrerPolicy::StrictOriginWhenCrossOrigin;
    if (request.referrerIsClient || request.referrer) {
        request.referrer = determineReferrer(request);
        request.referrerIsClient = false;
    }
    if (recursive == Recursive::No)
        request.firstReferrer = request.referrer;
    spec.let("9", "referrer", [&] { return request.referrer ? std::optional(request.referrer->serialized()) : std::nullopt; });

    // 10. SKIPPED: no list of hosts that insist on https.
    // 11. The simulation runs in a thread of its own anyway.

    // 12. Get a response.
    if (!response)
        response = responseByKind(fetchParams, spec);

    // 13. The first round goes on from here.
    if (recursive == Recursive::Yes)
        return *std::move(response);

    // 14. What may script see of it?
    if (!response->isNetworkError() && !response->isFiltered()) {
        if (request.responseTainting == ResponseTainting::Cors)
            response->corsExposedHeaderNames = exposedHeaderNames(request, *response, spec);
        response = filtered(request, *std::move(response));
        spec.let("14.2", "response", toBytes(response->type));
    }

    // 15. to 19. Nothing is timed here; every response has its URL list; CSP has seen every URL on the way.
    // 20. Some content is not for the element that asked.
    if (!response->isNetworkError())
        if (const auto blocked = blockedByItsContent(request, *response, spec, recorder))
            response = withheld(*blocked, *response);

    // 21. SKIPPED: no ranges that somebody else has asked for.

    // 22. Some responses have no body, whatever the server sent. NB: nobody here can ask with `CONNECT`.
    if (!response->isNetworkError()
        && (request.method == "HEAD" || isNullBodyStatus(response->internalResponse->status))) {
        response->body.reset();
        response->bodyError = BodyError::None;
    }

    // 23. Is it what script knew it would be? That takes the whole body, and one that may be read.
    if (!response->isNetworkError() && !request.integrityMetadata.isEmpty()) {
        spec.let("23", "integrity metadata", request.integrityMetadata);
        const bool isWhole = response->body && response->bodyError == BodyError::None;
        if (!isWhole || !bytesMatchMetadata(*response->body, request.integrityMetadata, recorder))
            response = withheld(spec.failure(isWhole ? "23.3.1" : "23.2", Why::IntegrityMismatch, request.integrityMetadata),
                                *response);
    }

    // 24. Hand it over.
    spec.step("24");
    return *std::move(response);
}

} // namespace corscope
