#include "core/fetch/FetchMetadata.h"

#include "core/url/Site.h"

using namespace Qt::StringLiterals;

namespace corscope {

// The most distant relation between the page and any URL on the way.
static QByteArray fetchSite(const Request& request)
{
    QByteArray site = "same-origin"_ba;
    for (const Url& url : request.urlList) {
        const auto& origin = url.origin();
        if (request.origin.isSameOrigin(origin))
            continue;
        if (!isSameSite(request.origin, origin))
            return "cross-site"_ba;
        site = "same-site"_ba;
    }
    return site;
}

void appendFetchMetadataHeaders(Request& request)
{
    if (!isPotentiallyTrustworthy(request.currentUrl().origin()))
        return;
    request.headerList.set("Sec-Fetch-Dest"_ba, toBytes(request.destination));
    request.headerList.set("Sec-Fetch-Mode"_ba, toBytes(request.mode));
    request.headerList.set("Sec-Fetch-Site"_ba, fetchSite(request));
}

} // namespace corscope
