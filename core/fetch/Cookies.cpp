#include "core/fetch/Cookies.h"

#include "core/fetch/Departure.h"
#include "core/url/Site.h"

#include <algorithm>

namespace corscope {

// NB: the standard's same-site mode speaks of ancestors and redirects; RFC 6265bis section 5.2 compares the page's site
// with that of every URL on the way, which is what engines do.
static bool isSameSiteRequest(const Request& request)
{
    const Origin& top = request.client ? request.client->siteForCookies : request.origin;
    return std::all_of(request.urlList.begin(), request.urlList.end(),
                       [&](const Url& url) { return isSameSite(top, url.origin()); });
}

// Whether two hosts belong to different people, as far as libsoup can tell: by the public suffix list, and by the whole
// host where the list is silent.
static bool isThirdPartyHost(const Request& request)
{
    const Origin& top = request.client ? request.client->topLevelOrigin : request.origin;
    const auto baseOf = [](const QByteArray& host) { return hasListedSuffix(host) ? registrableDomain(host) : host; };
    return top.isOpaque() || baseOf(top.host()) != baseOf(request.currentUrl().host());
}

static CookieRequest cookieRequestOf(const Request& request, const Profile& profile)
{
    using Policy = Profile::ThirdPartyCookies;
    const bool isSameSite = isSameSiteRequest(request);
    CookieRequest result{request.currentUrl(), isSameSite, false, request.method, true, {}, false, false, false};
    if (!isSameSite && (profile.thirdPartyCookies == Policy::Partitioned || profile.thirdPartyCookies == Policy::Blocked))
        result.partition = networkPartitionKey(request);
    result.isPartitionedOnly = !isSameSite && profile.thirdPartyCookies == Policy::Blocked;
    result.isUnsaidNone = profile.cookiesWithoutSameSiteSent;
    result.isRefused = profile.thirdPartyCookies == Policy::NotStored && isThirdPartyHost(request);
    return result;
}

// https://fetch.spec.whatwg.org/#append-a-request-cookie-header
void appendCookieHeader(Request& request, Browser& browser, Recorder& recorder)
{
    auto spec = recorder.enter(Algorithm::CookieHeader);

    // 1. SKIPPED: cookies are never switched off here.
    // 2. Is the whole way one site?
    const auto cookieRequest = cookieRequestOf(request, browser.profile);
    spec.ask("2", cookieRequest.isSameSite, {{"URL", request.currentUrl().serialized(), std::nullopt}});

    // 3. to 5. What does the jar hold for it?
    const auto value = decided(browser.profile, spec, [&](const Profile& p) {
        return browser.cookieJar.cookieString(cookieRequestOf(request, p), browser.clock.now());
    });

    // 6. Nothing.
    if (spec.ask("6", value.isEmpty()))
        return;

    // 7. and 8.
    request.headerList.append("Cookie", value);
    spec.let("8", "Cookie", value);
}

// https://fetch.spec.whatwg.org/#parse-and-store-response-set-cookie-headers
void storeSetCookieHeaders(const Request& request, const Response& response, Browser& browser, Recorder& recorder)
{
    if (!response.headerList.contains("Set-Cookie"))
        return;
    auto spec = recorder.enter(Algorithm::SetCookieHeader);
    const auto cookieRequest = cookieRequestOf(request, browser.profile);

    // 6. Each header on its own; they are never joined.
    for (const auto& setCookie : response.headerList.values("Set-Cookie")) {
        recordDepartures(browser.profile, spec, [&](const Profile& p) {
            auto jar = browser.cookieJar;
            return jar.store(setCookie, cookieRequestOf(request, p), browser.clock.now()).ok();
        });
        const bool stored = browser.cookieJar.store(setCookie, cookieRequest, browser.clock.now()).ok();
        recorder.setState("cookies", browser.cookieJar, browser.clock.now());
        spec.ask("6.2", stored, {{"Set-Cookie", setCookie, std::nullopt}});
    }
}

} // namespace corscope
