#include "core/fetch/FetchMetadata.h"

#include "core/url/Site.h"

namespace corscope {

// The most distant relation between the page and any URL on the way.
static QByteArray fetchSite(const Request& request)
{
    QByteArray site = "same-origin";
    for (const Url& url : request.urlList) {
        const auto origin = url.origin();
        if (request.origin.isSameOrigin(origin))
            continue;
        if (!isSameSite(request.origin, origin))
            return "cross-site";
        site = "same-site";
    }
    return site;
}

void appendFetchMetadataHeaders(Request& request)
{
    if (!isPotentiallyTrustworthy(request.currentUrl().origin()))
        return;
    request.headerList.set("Sec-Fetch-Dest", toBytes(request.destination));
    request.headerList.set("Sec-Fetch-Mode", toBytes(request.mode));
    request.headerList.set("Sec-Fetch-Site", fetchSite(request));
}

} // namespace corscope
