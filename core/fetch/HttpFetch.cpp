#include "core/base/Ascii.h"
#include "core/fetch/CorsCheck.h"
#include "core/fetch/CrossOriginResourcePolicy.h"
#include "core/fetch/Departure.h"
#include "core/fetch/FetchParams.h"
#include "core/fetch/FilteredResponse.h"
#include "core/fetch/PreflightHeaders.h"
#include "core/http/Method.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace corscope {

static bool skipsPreflightCache(CacheMode mode, const Profile& profile)
{
    switch (profile.preflightCacheSkippedBy) {
    case Profile::CacheModes::None:
        return false;
    case Profile::CacheModes::NoStoreAndReload:
        return mode == CacheMode::NoStore || mode == CacheMode::Reload;
    case Profile::CacheModes::NoStoreReloadAndNoCache:
        return mode == CacheMode::NoStore || mode == CacheMode::Reload || mode == CacheMode::NoCache;
    }
    return false;
}

// Step 4.1: what the preflight cache does not answer.
static bool needsPreflight(const Request& request, const PreflightCache& cache, const Profile& profile, Instant now)
{
    if (skipsPreflightCache(request.cacheMode, profile))
        return true;
    if (cache.entries().empty() && !isCorsSafelistedMethod(request.method)) // which is the usual way
        return true;
    const auto asking = asPreflightSeesIt(request, profile);
    const bool safelisted = isCorsSafelistedMethod(request.method);
    const bool anyway = request.useCorsPreflight || earlierHopNeedsPreflight(request, profile);
    if (!cache.hasMethodMatch(request.method, asking, profile, now) && (!safelisted || anyway)
        && !(safelisted && profile.anyPreflightCoversSafelistedMethods && cache.hasMatch(asking, profile, now)))
        return true;
    const auto unsafeNames = preflightHeaderNames(request, profile);
    return std::any_of(unsafeNames.begin(), unsafeNames.end(),
                       [&](const auto& name) { return !cache.hasHeaderNameMatch(name, asking, profile, now); });
}

// Step 4.4: the credentials mode that the CORS check goes by.
static CredentialsMode checkedMode(const Request& request, const Response& response, const Profile& profile, Spec& spec)
{
    const bool first = request.urlList.size() > 1
        && std::all_of(request.urlList.begin(), request.urlList.end() - 1,
                       [&](const Url& url) { return url.origin().isSameOrigin(request.origin); });
    if (first && isRedirectStatus(response.status) && request.credentialsMode == CredentialsMode::SameOrigin)
        return decided(profile, spec, [](const Profile& p) {
            return p.firstForeignRedirectIncludesCredentials ? CredentialsMode::Include : CredentialsMode::SameOrigin;
        });
    return request.credentialsMode;
}

static Response withheld(Blocked blocked, const Response& response)
{
    auto error = Response::networkError(std::move(blocked));
    error.internalResponse = std::make_shared<const Response>(response);
    return error;
}

// https://fetch.spec.whatwg.org/#concept-http-fetch
Response httpFetch(FetchParams& fetchParams, MakeCorsPreflight makeCorsPreflight)
{
    auto& recorder = fetchParams.recorder;
    Request& request = fetchParams.request;
    auto& browser = fetchParams.browser;
    const auto& profile = browser.profile;
    auto spec = recorder.enter(Algorithm::HttpFetch, fetchParams.browserLane);

    // 1. to 3. SKIPPED: no service workers.

    // 4.1. Ask the server first, unless it was asked lately.
    if (makeCorsPreflight == MakeCorsPreflight::Yes) {
        if (spec.listening()) {
            browser.preflightCache.removeExpired(browser.clock.now());
            recorder.setState("preflight-cache", browser.preflightCache, browser.clock.now());
        }
        const bool preflight = decided(profile, spec, [&](const Profile& p) {
            return needsPreflight(request, browser.preflightCache, p, browser.clock.now());
        });
        const auto inputs = [&] {
            return std::vector<Input>{{"method"_ba, request.method, std::nullopt},
                                      {"headers"_ba, ascii::join(preflightHeaderNames(request, profile), ", "), std::nullopt}};
        };
        // NB: a cached answer is a short cut worth drawing; a cache miss is followed by the preflight itself.
        if (!preflight) {
            spec.askLandmark("4.1", false, inputs);
            ++fetchParams.tally.preflightsCached;
        } else {
            spec.ask("4.1", true, inputs);
            // What does not suffice is forgotten by those who remember a preflight as a whole.
            if (profile.preflightRememberedWhole && !skipsPreflightCache(request.cacheMode, profile))
                browser.preflightCache.clear(request);
            // 4.1.1. and 4.1.2. Without permission the request is not sent.
            spec.step("4.1.1");
            const auto preflightResponse = corsPreflightFetch(fetchParams);
            if (preflightResponse.isNetworkError()) {
                spec.ghost("4.1.2", fetchParams.network.arrivalLane(request.currentUrl(), recorder),
                           request.method + ' ' + request.currentUrl().requestTarget());
                return preflightResponse;
            }
        }
    }

    request.preflightedBefore |= makeCorsPreflight == MakeCorsPreflight::Yes;

    // 4.2. SKIPPED: no service workers.
    // 4.3. Send the request itself.
    spec.step("4.3");
    auto response = httpNetworkOrCacheFetch(fetchParams);
    // NB: a network error would fail the CORS check for want of headers; its own reason is the better one.
    if (response.isNetworkError())
        return response;

    // 4.4. Across origins, the answer is for the page only if it says so.
    if (request.responseTainting == ResponseTainting::Cors) {
        spec.step("4.4");
        if (auto blocked = corsCheck(request, checkedMode(request, response, profile, spec), response, recorder)) {
            // NB: a browser that does not read on has nothing whole to keep.
            if (response.stored && decided(profile, spec, [](const Profile& p) { return p.refusedAnswersNotStored; }))
                browser.httpCache.remove(response.stored);
            return withheld(*blocked, response);
        }
    }

    // 4.5. SKIPPED: no resource timing.

    // 5. What script does not read, the server may still keep from being there.
    if (request.responseTainting == ResponseTainting::Opaque) {
        spec.step("5");
        if (auto blocked = crossOriginResourcePolicyCheck(request, response, recorder))
            return withheld(*blocked, response);
    }

    // 6. Redirects.
    if (spec.ask("6", isRedirectStatus(response.status), {{"status", response.status, std::nullopt}})) {
        // 6.3. What did script ask for?
        spec.let("6.3", "redirect mode", toBytes(request.redirectMode));
        switch (request.redirectMode) {
        case RedirectMode::Error:
            return withheld(spec.failure("6.3", Why::RedirectModeError, response.headerList.get("Location").value_or("")),
                            response);
        case RedirectMode::Manual:
            if (decided(profile, spec, [&](const Profile& p) {
                    return p.manualRedirectOfKeepaliveFollowed && request.keepalive && request.mode == RequestMode::NoCors;
                })) {
                auto onTheWire = fetchParams;
                onTheWire.request.redirectMode = RedirectMode::Follow;
                httpRedirectFetch(onTheWire, response);
            }
            response = opaqueRedirectFilteredResponse(response);
            break;
        case RedirectMode::Follow:
            response = httpRedirectFetch(fetchParams, std::move(response));
            break;
        }
    }

    // 7.
    return response;
}

} // namespace corscope
