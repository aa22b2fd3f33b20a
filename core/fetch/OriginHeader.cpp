#include "core/fetch/OriginHeader.h"

#include "core/fetch/Departure.h"

using namespace Qt::StringLiterals;

namespace corscope {

// What a referrer policy leaves of the origin in step 4.1.
static bool policyHidesOrigin(const Request& request)
{
    switch (request.referrerPolicy) {
    case ReferrerPolicy::NoReferrer:
        return true;
    case ReferrerPolicy::NoReferrerWhenDowngrade:
    case ReferrerPolicy::StrictOrigin:
    case ReferrerPolicy::StrictOriginWhenCrossOrigin:
        return request.origin.scheme() == "https" && request.currentUrl().scheme() != "https";
    case ReferrerPolicy::SameOrigin:
        return !request.origin.isSameOrigin(request.currentUrl().origin());
    default:
        return false;
    }
}

// https://fetch.spec.whatwg.org/#append-a-request-origin-header
void appendOriginHeader(Request& request, const Profile& profile, Recorder& recorder)
{
    auto spec = recorder.enter(Algorithm::AppendOriginHeader);

    // 1. and 2. The page's origin as text; `null` where it is opaque or a redirect tainted it.
    auto serializedOrigin = byteSerializedOrigin(request);
    spec.let("2", "serializedOrigin", serializedOrigin);

    // 3. Every request that needs permission says where it comes from.
    if (spec.ask("3", request.responseTainting == ResponseTainting::Cors)) {
        request.headerList.append("Origin"_ba, serializedOrigin);
        return;
    }

    // 4. So does every request that may change something,
    const bool says = decided(profile, spec, [&](const Profile& p) {
        return (request.method != "GET" && request.method != "HEAD")
            || (p.originKeptAfterBecomingGet && request.keepsOriginHeader);
    });
    if (spec.ask("4", says, {{"method", request.method, std::nullopt}})) {
        // 4.1. though outside mode "cors" the referrer policy can hide it.
        if (spec.ask("4.1", request.mode != RequestMode::Cors && policyHidesOrigin(request),
                     {{"referrer policy", toBytes(request.referrerPolicy), std::nullopt}}))
            serializedOrigin = "null"_ba;
        // 4.2.
        request.headerList.append("Origin"_ba, serializedOrigin);
        spec.let("4.2", "Origin", serializedOrigin);
    }
}

} // namespace corscope
