#pragma once

#include "core/fetch/Browser.h"
#include "core/fetch/Request.h"
#include "core/fetch/Response.h"
#include "core/network/Network.h"
#include "core/trace/Outcome.h"
#include "core/trace/Recorder.h"

namespace corscope {

/// What one fetch cost, counted where it happens.
struct FetchTally
{
    int preflightsSent = 0;
    int preflightsCached = 0;
    int requestsSent = 0;
    QList<PolicyReport> policyReports;
    QList<QByteArray> upgradedUrls; ///< rewritten from http to https, as they were
    bool answeredFromCache = false; ///< a stored response spared a request
    bool reachedNetwork = false; ///< a request was handed to the network, whether or not anybody answered
};

enum class PreventNoCacheHeader { No, Yes };
/// When the page gives up, in virtual time: its AbortController, or the timeout of an XMLHttpRequest.
struct Deadline
{
    Instant at;
    Why why = Why::Aborted; ///< or TimedOut
};

/// https://fetch.spec.whatwg.org/#fetch-params : what travels through the algorithms. The request is the fetch's own;
/// everything else it needs is lent to it.
struct FetchParams
{
    Request request;
    Browser& browser;
    Network& network;
    Recorder& recorder;
    FetchTally& tally;
    int browserLane = -1;
    int pageLane = -1;
    std::optional<Deadline> deadline = std::nullopt;
    /// A request of the browser's own to renew a stored response does not tell caches on the way to ask again.
    PreventNoCacheHeader preventNoCacheHeader = PreventNoCacheHeader::No;
    QByteArray realm = {}; ///< of the challenge that a fetch with the URL's name and password answers
};

enum class MakeCorsPreflight { No, Yes };

/// https://fetch.spec.whatwg.org/#concept-fetch
Response fetch(FetchParams& fetchParams);
/// https://fetch.spec.whatwg.org/#concept-main-fetch
enum class Recursive { No, Yes };
Response mainFetch(FetchParams& fetchParams, Recursive recursive = Recursive::No);
/// https://fetch.spec.whatwg.org/#concept-scheme-fetch
Response schemeFetch(FetchParams& fetchParams);
/// https://fetch.spec.whatwg.org/#concept-http-fetch
Response httpFetch(FetchParams& fetchParams, MakeCorsPreflight makeCorsPreflight = MakeCorsPreflight::No);
/// https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
Response httpRedirectFetch(FetchParams& fetchParams, Response response);
/// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
enum class IsAuthenticationFetch { No, Yes };
Response httpNetworkOrCacheFetch(FetchParams& fetchParams,
                                 IsAuthenticationFetch isAuthenticationFetch = IsAuthenticationFetch::No);
/// Its step 8.16: the cache mode of a request in which script may have set conditions of its own.
CacheMode effectiveCacheMode(const Request& request, const Profile& profile);
/// https://fetch.spec.whatwg.org/#concept-http-network-fetch
enum class IncludeCredentials { No, Yes };
Response httpNetworkFetch(FetchParams& fetchParams, IncludeCredentials includeCredentials);
/// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
/// \param fetchParams of the request the preflight asks for; not changed.
Response corsPreflightFetch(FetchParams& fetchParams);

} // namespace corscope
