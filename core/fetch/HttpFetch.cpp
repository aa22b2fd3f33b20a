#include "core/base/Ascii.h"
#include "core/fetch/CorsCheck.h"
#include "core/fetch/CorsSafelist.h"
#include "core/fetch/CrossOriginResourcePolicy.h"
#include "core/fetch/FetchParams.h"
#include "core/fetch/FilteredResponse.h"
#include "core/http/Method.h"

#include <algorithm>

namespace corscope {

// Step 4.1: what the preflight cache does not answer.
static bool needsPreflight(const FetchParams& fetchParams)
{
    const Request& request = fetchParams.request;
    const auto& cache = fetchParams.browser.preflightCache;
    const auto now = fetchParams.browser.clock.now();
    if (!cache.hasMethodMatch(request.method, request, now)
        && (!isCorsSafelistedMethod(request.method) || request.useCorsPreflight))
        return true;
    const auto unsafeNames = corsUnsafeRequestHeaderNames(request.headerList);
    return std::any_of(unsafeNames.begin(), unsafeNames.end(),
                       [&](const auto& name) { return !cache.hasHeaderNameMatch(name, request, now); });
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
    const Request& request = fetchParams.request;
    auto spec = recorder.enter(Algorithm::HttpFetch, fetchParams.browserLane);

    // 1. to 3. SKIPPED: no service workers.

    // 4.1. Ask the server first, unless it was asked lately.
    if (makeCorsPreflight == MakeCorsPreflight::Yes) {
        if (spec.listening()) {
            fetchParams.browser.preflightCache.removeExpired(fetchParams.browser.clock.now());
            recorder.setState(fetchParams.browser.preflightCache.table(fetchParams.browser.clock.now()));
        }
        const bool preflight = needsPreflight(fetchParams);
        const std::vector<Input> inputs{{"method", request.method, std::nullopt},
                                        {"headers", ascii::join(corsUnsafeRequestHeaderNames(request.headerList), ", "),
                                         std::nullopt}};
        // NB: a cached answer is a short cut worth drawing; a cache miss is followed by the preflight itself.
        if (!preflight) {
            spec.askLandmark("4.1", false, inputs);
            ++fetchParams.tally.preflightsCached;
        } else {
            spec.ask("4.1", true, inputs);
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
        if (auto blocked = corsCheck(request, response, recorder))
            return withheld(*blocked, response);
    }

    // 4.5. SKIPPED: no resource timing.

    // 5. What script does not read, the server may still keep from being there.
    if (request.responseTainting == ResponseTainting::Opaque) {
        spec.step("5");
        if (auto blocked = crossOriginResourcePolicyCheck(request, response, recorder))
            return withheld(*blocked, response);
    }

    // 6. Redirects.
    const auto status = QByteArray::number(response.status);
    if (spec.ask("6", isRedirectStatus(response.status), {{"status", status, std::nullopt}})) {
        // 6.3. What did script ask for?
        spec.let("6.3", "redirect mode", toBytes(request.redirectMode));
        switch (request.redirectMode) {
        case RedirectMode::Error:
            return withheld(spec.failure("6.3", Why::RedirectModeError, response.headerList.get("Location").value_or("")),
                            response);
        case RedirectMode::Manual:
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
