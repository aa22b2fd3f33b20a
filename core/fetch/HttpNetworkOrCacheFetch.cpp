#include "core/fetch/Cookies.h"
#include "core/fetch/CrossOriginResourcePolicy.h"
#include "core/fetch/Departure.h"
#include "core/fetch/FetchMetadata.h"
#include "core/fetch/FetchParams.h"
#include "core/fetch/OriginHeader.h"
#include "core/http/ContentDecoding.h"

namespace corscope {

static constexpr qsizetype keepaliveLimit = 64 * 1024;

CacheMode effectiveCacheMode(const Request& request, const Profile& profile)
{
    if (request.cacheMode == CacheMode::Default)
        for (const char* name : {"If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "If-Match", "If-Range"})
            if (request.headerList.contains(name))
                return profile.conditionalRequestsRevalidate ? CacheMode::NoCache : CacheMode::NoStore;
    return request.cacheMode;
}

// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
Response httpNetworkOrCacheFetch(FetchParams& fetchParams)
{
    auto& recorder = fetchParams.recorder;
    const Request& request = fetchParams.request;
    const auto& profile = fetchParams.browser.profile;
    auto spec = recorder.enter(Algorithm::HttpNetworkOrCacheFetch, fetchParams.browserLane);

    // 1. to 7. Variables.
    // 8.1. and 8.2. A copy to add the browser's own headers to, so that a redirect starts from a clean request.
    FetchParams httpFetchParams = fetchParams;
    Request& httpRequest = httpFetchParams.request;
    spec.step("8.2");

    // 8.3. Do cookies and the like go along?
    bool includeCredentials = request.credentialsMode == CredentialsMode::Include
        || (request.credentialsMode == CredentialsMode::SameOrigin
            && request.responseTainting == ResponseTainting::Basic);
    spec.ask("8.3", includeCredentials, {{"credentials mode", toBytes(request.credentialsMode), std::nullopt}});

    // 8.4. A page that embeds everything without credentials sends none.
    if (!embedderPolicyAllowsCredentials(request)) {
        includeCredentials = false;
        spec.let("8.4", "includeCredentials", "false");
    }

    // 8.5. and 8.6. How long is the body?
    std::optional<QByteArray> contentLengthHeaderValue;

    // 8.7. A POST or PUT without a body says so.
    if (!httpRequest.body && (httpRequest.method == "POST" || httpRequest.method == "PUT"))
        contentLengthHeaderValue = "0";

    // 8.8. and 8.9.
    if (httpRequest.body)
        contentLengthHeaderValue = QByteArray::number(httpRequest.body->bytes.size());
    if (contentLengthHeaderValue)
        httpRequest.headerList.append("Content-Length", *contentLengthHeaderValue);
    spec.let("8.9", "contentLengthHeaderValue", contentLengthHeaderValue);

    // 8.10. A request that outlives its page has to be short.
    // NB: nothing else is ever under way here that could count towards the limit.
    if (httpRequest.keepalive && httpRequest.body && httpRequest.body->bytes.size() > keepaliveLimit) {
        const auto size = QByteArray::number(httpRequest.body->bytes.size());
        return Response::networkError(spec.failure("8.10", Why::KeepaliveTooLong, size,
                                                   {{"contentLength", size, QByteArray::number(keepaliveLimit)}}));
    }

    // 8.11. Which page asks, as far as its policy lets on.
    if (httpRequest.referrer) {
        httpRequest.headerList.append("Referer", httpRequest.referrer->serialized());
        spec.let("8.11", "referrerValue", httpRequest.referrer->serialized());
    }

    // 8.12. Which origin asks.
    spec.step("8.12");
    appendOriginHeader(httpRequest, profile, recorder);

    // 8.13. What kind of request it is.
    appendFetchMetadataHeaders(httpRequest);
    spec.let("8.13", "Sec-Fetch-Site", httpRequest.headerList.get("Sec-Fetch-Site"));

    // 8.14. Nothing here is a prefetch.
    // 8.15. Who is asking, as a program.
    if (!httpRequest.headerList.contains("User-Agent"))
        httpRequest.headerList.append("User-Agent", "Corscope/" CORSCOPE_VERSION);
    spec.let("8.15", "User-Agent", httpRequest.headerList.get("User-Agent"));

    // 8.16. Script that revalidates by itself does not want a cache between.
    httpRequest.cacheMode = decided(profile, spec, [&](const Profile& p) { return effectiveCacheMode(httpRequest, p); });
    const auto passesCache = [&](const Profile& p) {
        return p.credentiallessPassesCache && !embedderPolicyAllowsCredentials(request);
    };
    if (decided(profile, spec, passesCache))
        httpRequest.cacheMode = CacheMode::Reload;
    spec.let("8.16", "cache mode", toBytes(httpRequest.cacheMode));

    // 8.17. Tell caches on the way to ask again ...
    if (httpRequest.cacheMode == CacheMode::NoCache && !httpRequest.headerList.contains("Cache-Control"))
        httpRequest.headerList.append("Cache-Control", "max-age=0");

    // 8.18. ... or to stay out of it.
    if (httpRequest.cacheMode == CacheMode::NoStore || httpRequest.cacheMode == CacheMode::Reload) {
        for (const char* name : {"Pragma", "Cache-Control"})
            if (!httpRequest.headerList.contains(name))
                httpRequest.headerList.append(name, "no-cache");
    }

    // 8.19. A part of an encoded body could not be decoded.
    if (httpRequest.headerList.contains("Range"))
        httpRequest.headerList.append("Accept-Encoding", "identity");

    // 8.20. How the body may be packed; over TLS, where nobody in between can spoil it, in more ways.
    // NB: `Host` is written with the message.
    if (!httpRequest.headerList.contains("Accept-Encoding"))
        httpRequest.headerList.append("Accept-Encoding", (httpRequest.currentUrl().scheme() == "https"
                                                              ? acceptedCodingsOverTls : acceptedCodings).toByteArray());

    // 8.21. Credentials: the cookies of that address.
    // SKIPPED: no authentication entries.
    if (spec.ask("8.21", includeCredentials))
        appendCookieHeader(httpRequest, httpFetchParams.browser, recorder);

    // 8.22. to 8.26. SKIPPED: no proxy, no HTTP cache.

    // 11. Nothing is stored; if script wants nothing else, that is all.
    if (httpRequest.cacheMode == CacheMode::OnlyIfCached
        && decided(profile, spec, [](const Profile& p) { return !p.onlyIfCachedAsksNetwork; }))
        return Response::networkError(spec.failure("11.1", Why::NotInCache, {}));
    // Ask the network.
    spec.step("11.2");
    auto response = httpNetworkFetch(httpFetchParams, includeCredentials ? IncludeCredentials::Yes : IncludeCredentials::No);

    // 12. Where the response comes from, redirects included.
    response.urlList = httpRequest.urlList;

    // 14. The response remembers whether credentials were asked for.
    response.requestIncludesCredentials = includeCredentials;
    spec.step("14");

    // 15. to 18. SKIPPED: nobody is there to be asked for a password.
    // 19.
    return response;
}

} // namespace corscope
