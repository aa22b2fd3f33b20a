#include "core/fetch/PreflightHeaders.h"

#include "core/fetch/CorsSafelist.h"

namespace corscope {

QList<QByteArray> preflightHeaderNames(const Request& request, const Profile& profile)
{
    if (!profile.removedHeadersAskedFor)
        return corsUnsafeRequestHeaderNames(request.headerList, profile);
    auto headers = request.headerList;
    for (const auto& [name, value] : request.removedHeaders)
        headers.append(name, value);
    return corsUnsafeRequestHeaderNames(headers, profile);
}

bool earlierHopNeedsPreflight(const Request& request, const Profile& profile)
{
    return (profile.preflightedOnceAlways && request.preflightedBefore)
        || (profile.removedHeadersNeedPreflight
            && !corsUnsafeRequestHeaderNames(request.removedHeaders, profile).isEmpty());
}

Request asPreflightSeesIt(const Request& request, const Profile& profile)
{
    auto seen = request;
    if (profile.realOriginInTaintedPreflight)
        seen.urlList = {request.currentUrl()};
    return seen;
}

} // namespace corscope
