#include "core/fetch/UpgradeInsecureRequests.h"

#include "core/fetch/Departure.h"
#include "core/url/Site.h"

#include <algorithm>

namespace corscope {

// https://w3c.github.io/webappsec-upgrade-insecure-requests/#should-upgrade-for-client
// NB: a policy that only watches upgrades nothing.
static bool upgrades(const Client& client)
{
    return std::any_of(client.contentSecurityPolicies.begin(), client.contentSecurityPolicies.end(), [](const auto& policy) {
        return policy.disposition == ContentSecurityPolicy::Disposition::Enforce
            && policy.find("upgrade-insecure-requests");
    });
}

std::optional<Url> upgradeToPotentiallyTrustworthyUrl(Request& request, const Profile& profile, Recorder& recorder)
{
    if (!request.client || request.client->contentSecurityPolicies.isEmpty())
        return std::nullopt;
    auto spec = recorder.enter(Algorithm::UpgradeInsecureRequests);

    // 1. and 2. SKIPPED: nothing here is a navigation.
    // 3. and 4. Does the page want it?
    if (!spec.ask("4", upgrades(*request.client)))
        return std::nullopt;

    // 5. http becomes https, and the default port the other default port; any other port stays as it is.
    const Url url = request.currentUrl();
    const bool insecure = decided(profile, spec, [&](const Profile& p) {
        return url.scheme() == "http" && !(p.trustworthyHostsNotUpgraded && isPotentiallyTrustworthy(url.origin()));
    });
    if (!spec.ask("5", insecure, {{"URL", url.serialized(), std::nullopt}}))
        return std::nullopt;
    request.currentUrl() = url.withScheme("https");
    spec.let("5.upgraded", "URL", [&] { return request.currentUrl().serialized(); });
    return url;
}

} // namespace corscope
