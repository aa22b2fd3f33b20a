#include "core/fetch/CorsSafelist.h"
#include "core/fetch/Departure.h"
#include "core/fetch/FetchParams.h"
#include "core/fetch/Referrer.h"

namespace corscope {

namespace {

constexpr int redirectLimit = 20;

template<typename Predicate>
void deleteHeaders(Request& request, Predicate isDoomed)
{
    const HeaderList before = request.headerList;
    for (const auto& [name, value] : before) {
        if (!isDoomed(name))
            continue;
        request.headerList.remove(name);
        request.removedHeaders.append(name, value);
    }
}

// Headers that an earlier redirect took away, for those who start every hop from the first one's.
void bringBack(Request& request, bool abroad, const Profile& profile, Spec& spec)
{
    const auto returning = [&](const Profile& p) {
        HeaderList headers;
        for (const auto& [name, value] : request.removedHeaders)
            if (p.removedHeadersComeBack && abroad && isRequestBodyHeaderName(name))
                headers.append(name, value);
        return headers;
    };
    for (const auto& [name, value] : decided(profile, spec, returning)) {
        request.headerList.append(name, value);
        request.removedHeaders.remove(name);
    }
}

// Step 3: what Location says; null where the response is none of a redirect.
std::optional<QByteArray> locationOf(const HeaderList& headers, const Profile& profile)
{
    auto location = headers.get("Location");
    const auto values = headers.values("Location");
    if (profile.severalLocations == Profile::SeveralLocations::EqualOnesTaken && values.count(values.value(0)) == values.size())
        location = values.isEmpty() ? location : values.first();
    if (location && location->isEmpty() && profile.emptyLocation == Profile::EmptyLocation::NoRedirect)
        return std::nullopt;
    if (location && profile.locationBytesEncodedTwice)
        return QString::fromLatin1(*location).toUtf8();
    return location;
}

// Step 5: where that leads; null where it is no address.
std::optional<Url> locationUrlOf(const HeaderList& headers, const QByteArray& location, const Url& base, const Profile& profile)
{
    const auto values = headers.values("Location");
    const bool equal = values.count(values.value(0)) == values.size();
    const bool tooMany = values.size() > 1
        && (profile.severalLocations == Profile::SeveralLocations::Refused
            || (profile.severalLocations == Profile::SeveralLocations::EqualOnesTaken && !equal));
    if (tooMany || (location.isEmpty() && profile.emptyLocation == Profile::EmptyLocation::Refused))
        return std::nullopt;
    const auto parsed = Url::parse(location, &base);
    return parsed ? std::optional(*parsed) : std::nullopt;
}

} // namespace

// https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
Response httpRedirectFetch(FetchParams& fetchParams, Response response)
{
    Request& request = fetchParams.request;
    auto spec = fetchParams.recorder.enter(Algorithm::HttpRedirectFetch, fetchParams.browserLane);
    const auto refuse = [&](const char* step, Why why, const QByteArray& offender) {
        auto error = Response::networkError(spec.failure(step, why, offender, {{"Location", offender, std::nullopt}},
                                                         "Location", response.wire));
        error.internalResponse = std::make_shared<const Response>(response);
        return error;
    };

    // 1. and 2. The response is never filtered here.
    // 3. Where to? The fragment travels along unless the new URL brings its own.
    const auto& profile = fetchParams.browser.profile;
    const auto location = decided(profile, spec, [&](const Profile& p) { return locationOf(response.headerList, p); });
    spec.let("3", "locationURL", location);

    // 4. Nowhere: an ordinary response.
    if (!location)
        return response;

    // 5. It has to be a URL, and one only.
    const auto parsed = decided(profile, spec, [&](const Profile& p) {
        return locationUrlOf(response.headerList, *location, request.currentUrl(), p);
    });
    if (!parsed)
        return refuse("5", Why::InvalidLocation, *location);
    Url locationUrl = *parsed;
    if (!locationUrl.fragment())
        locationUrl = locationUrl.withFragment(request.currentUrl().fragment());

    // 6. Only HTTP leads on from HTTP.
    if (!locationUrl.hasHttpScheme())
        return refuse("6", Why::RedirectSchemeNotHttp, locationUrl.serialized());

    // 7. and 8. Twenty are enough.
    if (request.redirectCount == redirectLimit)
        return refuse("7", Why::TooManyRedirects, QByteArray::number(redirectLimit));
    ++request.redirectCount;
    spec.let("8", "redirect count", request.redirectCount);

    // 9. and 10. No passwords in URLs across origins.
    if (request.mode == RequestMode::Cors && locationUrl.includesCredentials()
        && !request.origin.isSameOrigin(locationUrl.origin()))
        return refuse("9", Why::RedirectWithCredentials, locationUrl.serialized());
    if (decided(profile, spec, [&](const Profile& p) {
            return locationUrl.includesCredentials()
                && (request.responseTainting == ResponseTainting::Cors || p.userInfoInLocationRefused);
        }))
        return refuse("10", Why::RedirectWithCredentials, locationUrl.serialized());

    // 11. A stream cannot be sent twice.
    if (response.status != 303 && request.body && request.body->sourceIsNull)
        return refuse("11", Why::RedirectBodyNotReplayable, locationUrl.serialized());

    const bool leavesOrigin = !request.currentUrl().origin().isSameOrigin(locationUrl.origin());
    const bool abroad = request.mode == RequestMode::Cors
        && (request.responseTainting == ResponseTainting::Cors || !locationUrl.origin().isSameOrigin(request.origin));
    bringBack(request, abroad, profile, spec);
    if (decided(profile, spec, [&](const Profile& p) {
            return p.cacheModeEndsAbroad && abroad && request.responseTainting == ResponseTainting::Basic
                && request.cacheMode != CacheMode::Default;
        }))
        request.cacheMode = CacheMode::Default;

    // 12. Some redirects turn the request into a GET ...
    // What this hop sent, the next may go on sending.
    const bool sentOrigin = request.keepsOriginHeader || request.responseTainting == ResponseTainting::Cors
        || (request.method != "GET" && request.method != "HEAD");
    request.keepsOriginHeader = sentOrigin && !leavesOrigin;
    const bool becomesGet = ((response.status == 301 || response.status == 302) && request.method == "POST")
        || (response.status == 303 && request.method != "GET" && request.method != "HEAD");
    if (!becomesGet && decided(profile, spec, [&](const Profile& p) {
            return p.crossOriginDeleteBecomesGet && leavesOrigin && request.method == "DELETE";
        })) {
        request.method = "GET";
        request.body.reset();
    }
    if (spec.ask("12", becomesGet, {{"status", response.status, std::nullopt},
                                    {"method", request.method, std::nullopt}})) {
        // 12.1. and 12.2. ... without its body and what described it.
        request.method = "GET";
        request.body.reset();
        deleteHeaders(request, [](const auto& name) { return isRequestBodyHeaderName(name); });
        spec.step("12.2");
    }

    // 13. `Authorization` is for the origin it was meant for.
    if (spec.ask("13", leavesOrigin, {{"origin", locationUrl.origin().serialized(),
                                       request.currentUrl().origin().serialized()}}))
        deleteHeaders(request, [](const auto& name) { return isCorsNonWildcardRequestHeaderName(name); });

    // 14. to 17. The body is sent again as it is; no timing.
    // 18. Go on there.
    request.urlList.append(locationUrl);
    spec.let("18", "URL", [&] { return locationUrl.serialized(); });

    // 19. The server may have named a referrer policy.
    if (const auto policy = parseReferrerPolicy(response.headerList); policy != ReferrerPolicy::Empty) {
        request.referrerPolicy = policy;
        spec.let("19", "referrer policy", toBytes(policy));
    }

    // 20. to 22. All questions again, for the new URL.
    spec.step("22");
    return mainFetch(fetchParams, Recursive::Yes);
}

} // namespace corscope
