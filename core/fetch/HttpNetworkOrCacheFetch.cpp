#include "core/base/Decimal.h"
#include "core/fetch/Cookies.h"
#include "core/fetch/CrossOriginResourcePolicy.h"
#include "core/fetch/Departure.h"
#include "core/fetch/FetchMetadata.h"
#include "core/fetch/FetchParams.h"
#include "core/fetch/OriginHeader.h"
#include "core/http/ContentDecoding.h"
#include "core/http/Method.h"

using namespace Qt::StringLiterals;

namespace corscope {

static constexpr qsizetype keepaliveLimit = 64 * 1024;

static QByteArray acceptedCodings(const QByteArray& scheme)
{
    const auto codings = scheme == "https" ? acceptedCodingsOverTls : acceptedCodingsInClear;
    return QByteArray::fromRawData(codings.data(), codings.size());
}

CacheMode effectiveCacheMode(const Request& request, const Profile& profile)
{
    if (request.cacheMode == CacheMode::Default)
        for (const QByteArrayView name : {"If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "If-Match", "If-Range"})
            if (request.headerList.contains(name))
                return profile.conditionalRequestsRevalidate ? CacheMode::NoCache : CacheMode::NoStore;
    return request.cacheMode;
}

static Response withheld(Blocked blocked, const Response& response)
{
    auto error = Response::networkError(std::move(blocked));
    error.internalResponse = std::make_shared<const Response>(response);
    return error;
}

/// A stored response as an answer to the request, which remembers for whom it had been stored.
static Response responseFrom(const StoredResponse& storedResponse, FromCache::State state, Instant now)
{
    Response response = storedResponse.response;
    response.fromCache = FromCache{state, toBytes(storedResponse.mode), storedResponse.requestHeaders.get("Origin"),
                                   qint64(storedResponse.currentAge(now).count()), storedResponse.variesBy("Origin")};
    return response;
}

/// What a person wants to know of a stored response: how old, for whom, and what it says to other origins.
static std::vector<Input> inputsOf(const StoredResponse& storedResponse, const Request& request, Instant now)
{
    const auto& headers = storedResponse.response.headerList;
    return {{"seconds old", QByteArray::number(qint64(storedResponse.currentAge(now).count())), std::nullopt},
            {"seconds fresh", QByteArray::number(qint64(storedResponse.freshnessLifetime().count())), std::nullopt},
            {"stored for mode", toBytes(storedResponse.mode), toBytes(request.mode)},
            {"stored for Origin", storedResponse.requestHeaders.get("Origin"), request.headerList.get("Origin").value_or("")},
            {"Vary", headers.get("Vary"), std::nullopt},
            {"Access-Control-Allow-Origin", headers.get("Access-Control-Allow-Origin"), std::nullopt}};
}

/// Step 8.21.2: the password that the server has taken before, or the URL's own, once the server has asked.
static void appendAuthorization(Request& httpRequest, const Browser& browser, IsAuthenticationFetch isAuthenticationFetch,
                                Spec& spec)
{
    if (httpRequest.headerList.contains("Authorization"))
        return;
    std::optional<QByteArray> value;
    const Url& url = httpRequest.currentUrl();
    const auto entry = browser.authenticationEntries.valueFor(url);
    // 8.21.2.2.
    if (entry && !(httpRequest.useUrlCredentials && url.includesCredentials()))
        value = entry;
    // 8.21.2.3.
    else if (url.includesCredentials() && isAuthenticationFetch == IsAuthenticationFetch::Yes)
        value = authorizationValue(url);
    // 8.21.2.4.
    if (!value)
        return;
    httpRequest.headerList.append("Authorization"_ba, *value);
    spec.let("8.21.2.4", "authorizationValue", value);
}

namespace {

/// What step 8.26 finds.
struct CacheLookup
{
    HttpCache::Stored storedResponse = {};
    std::optional<Response> response = {};
};

CacheLookup lookUp(FetchParams& fetchParams, Request& httpRequest, const HttpCachePartition& httpCache, Spec& spec)
{
    auto& browser = fetchParams.browser;
    const auto now = browser.clock.now();
    CacheLookup found;

    // 8.26.1. and 8.26.2. Is there one, for a request with the headers that its `Vary` names?
    found.storedResponse = decided(browser.profile, spec, [&](const Profile& p) {
        return browser.httpCache.select(httpCache, httpRequest, p);
    });
    if (!spec.ask("8.26.2", found.storedResponse != nullptr, {{"method", httpRequest.method, std::nullopt},
                                                              {"Origin", [&] { return httpRequest.headerList.get("Origin"); }, std::nullopt}}))
        return found;
    const auto& storedResponse = *found.storedResponse;
    const auto state = storedResponse.stateFor(httpRequest, now);

    if (httpRequest.cacheMode == CacheMode::Default && state == StoredResponse::State::StaleWhileRevalidate) {
        // 8.26.2.1. Once more the old answer, while the server is asked for the next one.
        spec.askLandmark("8.26.2.1", true, inputsOf(storedResponse, httpRequest, now), storedResponse.response.wire);
        found.response = responseFrom(storedResponse, FromCache::State::Local, now);
        // NB: the standard asks in parallel; here it is done at once, so that every run is the same.
        FetchTally tally;
        FetchParams revalidation{fetchParams.request, browser, fetchParams.network, fetchParams.recorder, tally,
                                 fetchParams.browserLane, fetchParams.pageLane, std::nullopt, PreventNoCacheHeader::Yes};
        revalidation.request.cacheMode = CacheMode::NoCache;
        mainFetch(revalidation);
        return found;
    }

    // 8.26.2.2.1. Is it too old?
    const bool revalidatingFlag = spec.ask("8.26.2.2.1", state != StoredResponse::State::Fresh,
                                           inputsOf(storedResponse, httpRequest, now));
    if (revalidatingFlag && httpRequest.cacheMode != CacheMode::ForceCache
        && httpRequest.cacheMode != CacheMode::OnlyIfCached) {
        // 8.26.2.2.2. Then the server is asked whether it still holds.
        const auto& headers = storedResponse.response.headerList;
        if (const auto etag = headers.get("ETag")) {
            httpRequest.headerList.append("If-None-Match", *etag);
            spec.let("8.26.2.2.2.1", "If-None-Match", etag);
        }
        if (const auto lastModified = headers.get("Last-Modified")) {
            httpRequest.headerList.append("If-Modified-Since", *lastModified);
            spec.let("8.26.2.2.2.2", "If-Modified-Since", lastModified);
        }
    } else {
        // 8.26.2.2.3. It is the answer.
        spec.askLandmark("8.26.2.2.3", true, inputsOf(storedResponse, httpRequest, now), storedResponse.response.wire);
        found.response = responseFrom(storedResponse, FromCache::State::Local, now);
    }
    return found;
}

} // namespace

// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
Response httpNetworkOrCacheFetch(FetchParams& fetchParams, IsAuthenticationFetch isAuthenticationFetch)
{
    auto& recorder = fetchParams.recorder;
    const Request& request = fetchParams.request;
    const auto& profile = fetchParams.browser.profile;
    auto spec = recorder.enter(Algorithm::HttpNetworkOrCacheFetch, fetchParams.browserLane);

    // 1. to 7. Variables.
    auto& browser = fetchParams.browser;
    auto& httpCache = browser.httpCache;
    const auto requestTime = browser.clock.now();

    // 8.1. and 8.2. A copy to add the browser's own headers to, so that a redirect starts from a clean request.
    FetchParams httpFetchParams = fetchParams;
    Request& httpRequest = httpFetchParams.request;
    spec.step("8.2");

    // 8.3. Do cookies and the like go along?
    bool includeCredentials = request.credentialsMode == CredentialsMode::Include
        || (request.credentialsMode == CredentialsMode::SameOrigin
            && request.responseTainting == ResponseTainting::Basic);
    spec.ask("8.3", includeCredentials, {{"credentials mode", [&] { return toBytes(request.credentialsMode); }, std::nullopt}});

    // 8.4. A page that embeds everything without credentials sends none.
    if (!embedderPolicyAllowsCredentials(request)) {
        includeCredentials = false;
        spec.let("8.4", "includeCredentials", "false");
    }

    // 8.5. and 8.6. How long is the body?
    std::optional<QByteArray> contentLengthHeaderValue;

    // 8.7. A POST or PUT without a body says so.
    if (!httpRequest.body && (httpRequest.method == "POST" || httpRequest.method == "PUT"))
        contentLengthHeaderValue = "0"_ba;

    // 8.8. and 8.9. Nobody knows how long a stream will be.
    if (httpRequest.body && !httpRequest.body->sourceIsNull)
        contentLengthHeaderValue = decimal(httpRequest.body->bytes.size());
    if (contentLengthHeaderValue)
        httpRequest.headerList.append("Content-Length"_ba, *contentLengthHeaderValue);
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
        httpRequest.headerList.append("Referer"_ba, httpRequest.referrer->serialized());
        spec.let("8.11", "referrerValue", [&] { return httpRequest.referrer->serialized(); });
    }

    // 8.12. Which origin asks.
    spec.step("8.12");
    appendOriginHeader(httpRequest, profile, recorder);

    // 8.13. What kind of request it is.
    appendFetchMetadataHeaders(httpRequest);
    spec.let("8.13", "Sec-Fetch-Site", [&] { return httpRequest.headerList.get("Sec-Fetch-Site"); });

    // 8.14. Nothing here is a prefetch.
    // 8.15. Who is asking, as a program.
    if (!httpRequest.headerList.contains("User-Agent"))
        httpRequest.headerList.append("User-Agent"_ba, "Corscope/" CORSCOPE_VERSION ""_ba);
    spec.let("8.15", "User-Agent", [&] { return httpRequest.headerList.get("User-Agent"); });

    // 8.16. Script that revalidates by itself does not want a cache between.
    httpRequest.cacheMode = decided(profile, spec, [&](const Profile& p) { return effectiveCacheMode(httpRequest, p); });
    const auto passesCache = [&](const Profile& p) {
        return p.credentiallessPassesCache && !embedderPolicyAllowsCredentials(request);
    };
    if (decided(profile, spec, passesCache))
        httpRequest.cacheMode = CacheMode::Reload;
    spec.let("8.16", "cache mode", [&] { return toBytes(httpRequest.cacheMode); });

    // 8.17. Tell caches on the way to ask again ...
    if (httpRequest.cacheMode == CacheMode::NoCache && fetchParams.preventNoCacheHeader == PreventNoCacheHeader::No
        && !httpRequest.headerList.contains("Cache-Control"))
        httpRequest.headerList.append("Cache-Control"_ba, "max-age=0"_ba);

    // 8.18. ... or to stay out of it.
    if (httpRequest.cacheMode == CacheMode::NoStore || httpRequest.cacheMode == CacheMode::Reload) {
        for (const auto& name : {"Pragma"_ba, "Cache-Control"_ba})
            if (!httpRequest.headerList.contains(name))
                httpRequest.headerList.append(name, "no-cache"_ba);
    }

    // 8.19. A part of an encoded body could not be decoded.
    if (httpRequest.headerList.contains("Range"))
        httpRequest.headerList.append("Accept-Encoding"_ba, "identity"_ba);

    // 8.20. How the body may be packed; over TLS, where nobody in between can spoil it, in more ways.
    // NB: `Host` is written with the message.
    if (!httpRequest.headerList.contains("Accept-Encoding"))
        httpRequest.headerList.append("Accept-Encoding"_ba, acceptedCodings(httpRequest.currentUrl().scheme()));

    // 8.21. Credentials: the cookies of that address, and the password that it has taken before.
    if (spec.ask("8.21", includeCredentials)) {
        appendCookieHeader(httpRequest, browser, recorder);
        appendAuthorization(httpRequest, browser, isAuthenticationFetch, spec);
    }

    // 8.22. and 8.23. SKIPPED: no proxy, no WebDriver.

    // 8.24. and 8.25. The cache is divided by the site of the page; without a page there is none.
    const auto partition = determineHttpCachePartition(httpRequest, includeCredentials);
    if (!partition)
        httpRequest.cacheMode = CacheMode::NoStore;
    spec.let("8.24", "httpCache", [&] { return partition ? std::optional(partition->site) : std::nullopt; });
    if (spec.listening() && !httpCache.stored().empty())
        recorder.setState("http-cache"_ba, httpCache, requestTime);

    // 8.26. May a stored response stand in?
    const bool asksCache = httpRequest.cacheMode != CacheMode::NoStore && httpRequest.cacheMode != CacheMode::Reload;
    auto cached =
        spec.ask("8.26", asksCache, {{"cache mode", [&] { return toBytes(httpRequest.cacheMode); }, std::nullopt}})
            ? lookUp(fetchParams, httpRequest, *partition, spec) : CacheLookup{};
    auto& storedResponse = cached.storedResponse;
    auto& response = cached.response;

    // 9. and 10. Nobody aborts.
    // 11. Nothing stored that could be the answer:
    if (response) {
        fetchParams.tally.answeredFromCache = true;
    } else {
        // 11.1. if script wants nothing else, that is all.
        if (httpRequest.cacheMode == CacheMode::OnlyIfCached
            && decided(profile, spec, [](const Profile& p) { return !p.onlyIfCachedAsksNetwork; }))
            return Response::networkError(spec.failure("11.1", Why::NotInCache, {}));

        // 11.2. Ask the network.
        spec.step("11.2");
        auto forwardResponse = httpNetworkFetch(httpFetchParams, includeCredentials ? IncludeCredentials::Yes : IncludeCredentials::No);
        const auto responseTime = browser.clock.now();
        const auto delay = responseTime - requestTime;

        // 11.3. A method that may have changed something makes what is stored of it doubtful.
        if (partition && !isSafeMethod(httpRequest.method) && forwardResponse.status >= 200 && forwardResponse.status <= 399) {
            if (decided(profile, spec, [](const Profile& p) { return !p.pageMemoryOutlivesUnsafeMethods; }))
                httpCache.invalidate(*partition, httpRequest, forwardResponse, profile);
            storedResponse = nullptr;
            spec.step("11.3");
        }

        // 11.4. It still holds, and counts as new, with the headers that the server sent along.
        // NB: what is stored, and is not yet the answer, is being revalidated.
        if (storedResponse
            && spec.ask("11.4", forwardResponse.status == 304,
                        {{"status", forwardResponse.status, "304"},
                         {"Access-Control-Allow-Origin", forwardResponse.headerList.get("Access-Control-Allow-Origin"), std::nullopt}})) {
            storedResponse = httpCache.freshen(storedResponse, forwardResponse, responseTime, delay);
            spec.let("11.4.1", "Access-Control-Allow-Origin", [&] { return storedResponse->response.headerList.get("Access-Control-Allow-Origin"); });
            response = responseFrom(*storedResponse, FromCache::State::Validated, responseTime);
        }

        // 11.5. Otherwise what the server said is the answer, and is stored, where it may be.
        if (!response) {
            response = std::move(forwardResponse);
            response->stored = partition ? httpCache.store(*partition, httpRequest, *response, responseTime, delay, profile) : nullptr;
            spec.ask("11.5.2", response->stored != nullptr,
                     {{"Cache-Control", [&] { return response->headerList.get("Cache-Control"); }, std::nullopt},
                      {"Vary", [&] { return response->headerList.get("Vary"); }, std::nullopt}});
        }
        if (spec.listening() && !httpCache.stored().empty())
            recorder.setState("http-cache"_ba, httpCache, responseTime);
    }

    // 12. Where the response comes from, redirects included.
    response->urlList = httpRequest.urlList;

    // 13. Nothing here asks for parts.
    // 14. The response remembers whether credentials were asked for.
    response->requestIncludesCredentials = includeCredentials;
    spec.step("14");

    // 15. The server wants a name and a password, and the response is none that a foreign page reads.
    // DEVIATION: nobody is there to be asked for them; but a name and password in the URL, where they are meant to be used,
    // are tried, if the server speaks of scheme Basic. Otherwise the response goes to script, as after "Cancel".
    const auto realm = response->status == 401 ? basicRealm(response->headerList) : std::nullopt;
    const bool usesUrl = request.useUrlCredentials && request.currentUrl().includesCredentials();
    if (response->status == 401 && httpRequest.responseTainting != ResponseTainting::Cors && includeCredentials) {
        // 15.2. A stream cannot be sent twice, whether or not there is anything to try.
        if (request.body && request.body->sourceIsNull)
            return withheld(spec.failure("15.2.1", Why::AuthenticationBodyNotReplayable), *response);
        // 15.3. and 15.4. Once more, with the URL's name and password.
        if (spec.ask("15", usesUrl && realm && isAuthenticationFetch == IsAuthenticationFetch::No,
                     {{"WWW-Authenticate", response->headerList.get("WWW-Authenticate"), std::nullopt}})) {
            spec.step("15.4");
            fetchParams.realm = *realm;
            return httpNetworkOrCacheFetch(fetchParams, IsAuthenticationFetch::Yes);
        }
    }

    // 16. DEVIATION: a 407 goes to script as well; there is no proxy that could have sent it.
    // 17. SKIPPED: every request has a connection of its own already.
    // 18. What the server took is sent unasked from now on.
    // NB: the standard does so whatever the server said; what it refuses is not worth remembering.
    if (isAuthenticationFetch == IsAuthenticationFetch::Yes && response->status != 401) {
        browser.authenticationEntries.create(httpRequest.currentUrl(), fetchParams.realm);
        spec.let("18", "realm", fetchParams.realm);
    }

    // 19.
    return *std::move(response);
}

} // namespace corscope
