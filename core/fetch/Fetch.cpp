#include "core/fetch/Departure.h"
#include "core/fetch/FetchParams.h"
#include "core/fetch/LocalNetworkAccess.h"

namespace corscope {

// https://fetch.spec.whatwg.org/#concept-fetch
Response fetch(FetchParams& fetchParams)
{
    Request& request = fetchParams.request;
    auto spec = fetchParams.recorder.enter(Algorithm::Fetch, fetchParams.browserLane);

    // 1. to 11. SKIPPED: no early hints, no preloads; the request comes populated from its client.
    // NB: the draft of Local Network Access adds its step after 10.
    setTargetAddressSpaceByHost(request, fetchParams.browser.profile);

    // 12. Any type of answer, unless script said otherwise.
    if (!request.headerList.contains("Accept"))
        request.headerList.append("Accept", "*/*");
    spec.let("12", "Accept", request.headerList.get("Accept"));

    // 13. and 14. The person's languages.
    if (!request.headerList.contains("Accept-Language"))
        request.headerList.append("Accept-Language", "en");
    spec.let("14", "Accept-Language", request.headerList.get("Accept-Language"));

    // 15. and 16. SKIPPED: no priorities, no fetch groups.
    // 17.
    spec.step("17");
    auto response = mainFetch(fetchParams);

    // 18. Back to script, which learns no more than this.
    if (spec.listening()) {
        const bool waits = response.blocked && response.blocked->why == Why::LocalNetworkPrompt;
        const auto label = waits ? QByteArray("pending")
            : response.isNetworkError()
            ? QByteArray("TypeError: Failed to fetch")
            : toBytes(response.type) + " response"
                + (response.status ? ' ' + QByteArray::number(response.status) : QByteArray());
        spec.message("18", fetchParams.pageLane, label, {}, {},
                     response.isNetworkError() ? Verdict::Failure : Verdict::Success);
    }
    return response;
}

// https://fetch.spec.whatwg.org/#concept-scheme-fetch
Response schemeFetch(FetchParams& fetchParams)
{
    auto spec = fetchParams.recorder.enter(Algorithm::SchemeFetch, fetchParams.browserLane);
    const auto& scheme = fetchParams.request.currentUrl().scheme();

    // 3. By scheme: HTTP(S) goes on to HTTP fetch.
    spec.let("3", "scheme", scheme);
    if (fetchParams.request.currentUrl().hasHttpScheme())
        return httpFetch(fetchParams);

    // about:blank is an empty page.
    const auto& profile = fetchParams.browser.profile;
    const auto& url = fetchParams.request.currentUrl();
    const bool blank = url.scheme() == "about" && url.path() == "blank";
    if (blank && decided(profile, spec, [](const Profile& p) { return !p.aboutBlankRefused; })) {
        Response response;
        response.urlList = fetchParams.request.urlList;
        response.statusMessage = "OK";
        response.headerList.append("Content-Type", "text/html;charset=utf-8");
        response.body = QByteArray();
        return response;
    }

    // SKIPPED: blob: and data: have no network to look at.
    // 4. Anything else cannot be fetched.
    return Response::networkError(spec.failure("4", Why::SchemeNotSupported, scheme, {{"scheme", scheme, std::nullopt}}));
}

} // namespace corscope
