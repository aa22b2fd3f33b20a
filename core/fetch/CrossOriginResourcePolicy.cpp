#include "core/fetch/CrossOriginResourcePolicy.h"

#include "core/url/Site.h"

namespace corscope {

// https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check
static std::optional<Blocked> internalCheck(const Origin& origin, EmbedderPolicy embedderPolicyValue,
                                            const Response& response, Recorder& recorder)
{
    auto spec = recorder.enter(Algorithm::CrossOriginResourcePolicyCheck);
    constexpr auto name = "Cross-Origin-Resource-Policy";

    // 1. Nothing here is a navigation.
    // 2. What does the server say? Two headers are as good as none, since their joined value means nothing.
    auto policy = response.headerList.get(name);
    spec.let("2", "policy", policy);

    // 3. Anything else but three words means nothing.
    if (policy != "same-origin" && policy != "same-site" && policy != "cross-origin")
        policy.reset();

    // 4. Where it says nothing, the page may have promised to embed nothing that did not agree.
    if (!policy && (embedderPolicyValue == EmbedderPolicy::RequireCorp
                    || (embedderPolicyValue == EmbedderPolicy::Credentialless && response.requestIncludesCredentials)))
        policy = "same-origin";
    spec.let("4", "policy", policy);

    // 5. Does it cover the page?
    const auto url = response.urlList.last().origin();
    const bool allowed = !policy || policy == "cross-origin"
        || (policy == "same-origin" && origin.isSameOrigin(url))
        || (policy == "same-site" && isSchemelesslySameSite(origin, url)
            && (origin.scheme() == "https" || url.scheme() != "https"));
    if (!allowed)
        return spec.failure("5", Why::CrossOriginResourcePolicy, *policy,
                            {{"policy", policy, std::nullopt}, {"origin", origin.serialized(), url.serialized()}}, name,
                            response.wire);
    spec.ask("5", true, {{"policy", policy, std::nullopt}});
    return std::nullopt;
}

std::optional<Blocked> crossOriginResourcePolicyCheck(const Request& request, const Response& response,
                                                      Recorder& recorder)
{
    // NB: step 3 checks once without the embedder policy, so that reports can tell the two apart; nobody reads them
    // here, and a policy only ever makes the answer stricter.
    return internalCheck(request.origin, request.client ? request.client->embedderPolicy : EmbedderPolicy::UnsafeNone,
                         response, recorder);
}

bool embedderPolicyAllowsCredentials(const Request& request)
{
    // 1. to 4. Only pages that promised so, and only where nobody is asked.
    if (request.mode != RequestMode::NoCors || !request.client
        || request.client->embedderPolicy != EmbedderPolicy::Credentialless)
        return true;
    // 5. and 6. DEVIATION: by the letter the way here has to be tainted; what is meant, and what engines do, is that the
    // page's own origin keeps its credentials while it is not.
    return request.origin.isSameOrigin(request.currentUrl().origin())
        && redirectTaint(request) == RedirectTaint::SameOrigin;
}

} // namespace corscope
