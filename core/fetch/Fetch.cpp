#include "core/base/Decimal.h"
#include "core/fetch/DataUrl.h"
#include "core/fetch/Departure.h"
#include "core/fetch/FetchParams.h"
#include "core/fetch/LocalNetworkAccess.h"

using namespace Qt::StringLiterals;

namespace corscope {

static QByteArray acceptFor(Destination destination)
{
    switch (destination) {
    case Destination::Image: return "image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"_ba;
    case Destination::Style: return "text/css,*/*;q=0.1"_ba;
    case Destination::Empty:
    case Destination::Script: break;
    }
    return "*/*"_ba;
}

// https://fetch.spec.whatwg.org/#concept-fetch
Response fetch(FetchParams& fetchParams)
{
    Request& request = fetchParams.request;
    auto spec = fetchParams.recorder.enter(Algorithm::Fetch, fetchParams.browserLane);

    // 1. to 11. SKIPPED: no early hints, no preloads; the request comes populated from its client.
    // NB: the draft of Local Network Access adds its step after 10.
    setTargetAddressSpaceByHost(request, fetchParams.browser.profile);

    // 12. What the element can use; any type of answer for script, unless it said otherwise.
    if (!request.headerList.contains("Accept"))
        request.headerList.append("Accept"_ba, acceptFor(request.destination));
    spec.let("12", "Accept", [&] { return request.headerList.get("Accept"); });

    // 13. and 14. The person's languages.
    if (!request.headerList.contains("Accept-Language"))
        request.headerList.append("Accept-Language"_ba, "en"_ba);
    spec.let("14", "Accept-Language", [&] { return request.headerList.get("Accept-Language"); });

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
                + (response.status ? ' ' + decimal(response.status) : QByteArray());
        spec.message("18", fetchParams.pageLane, label, {}, {},
                     response.isNetworkError() ? Verdict::Failure : Verdict::Success);
    }
    return response;
}

// https://fetch.spec.whatwg.org/#concept-scheme-fetch
Response schemeFetch(FetchParams& fetchParams)
{
    auto& recorder = fetchParams.recorder;
    auto spec = recorder.enter(Algorithm::SchemeFetch, fetchParams.browserLane);
    const auto& scheme = fetchParams.request.currentUrl().scheme();

    // 3. By scheme: HTTP(S) goes on to HTTP fetch.
    spec.let("3", "scheme", scheme);
    if (fetchParams.request.currentUrl().hasHttpScheme())
        return httpFetch(fetchParams);

    Response response;
    response.urlList = fetchParams.request.urlList;
    response.statusMessage = "OK";

    // The empty page.
    const auto& profile = fetchParams.browser.profile;
    const bool blank = scheme == "about" && fetchParams.request.currentUrl().path() == "blank";
    if (blank && decided(profile, spec, [](const Profile& p) { return !p.aboutBlankRefused; })) {
        response.headerList = {{"Content-Type", "text/html;charset=utf-8"}};
        response.body = QByteArray();
        spec.step("3.about");
        return response;
    }
    // Bytes that the address itself carries.
    if (scheme == "data") {
        auto dataUrlStruct = dataUrlProcessor(fetchParams.request.currentUrl(), recorder);
        if (!dataUrlStruct)
            return Response::networkError(dataUrlStruct.error());
        response.headerList = {{"Content-Type", dataUrlStruct->mimeType.serialized()}};
        response.body = dataUrlStruct->body;
        if (decided(profile, spec, [](const Profile& p) { return p.dataResponsesHaveLength; }))
            response.headerList.append("Content-Length", QByteArray::number(response.body->size()));
        spec.let("3.data", "mimeType", [&] { return dataUrlStruct->mimeType.serialized(); });
        return response;
    }
    // SKIPPED: blob:, since no script runs here that could make one, and an address that stands for none cannot be
    // fetched; file:, which the standard leaves to the browser, and browsers refuse.
    // 4. Anything else cannot be fetched.
    return Response::networkError(spec.failure("4", Why::SchemeNotSupported, scheme, {{"scheme", scheme, std::nullopt}}));
}

} // namespace corscope
