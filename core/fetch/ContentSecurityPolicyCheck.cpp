#include "core/fetch/ContentSecurityPolicyCheck.h"

namespace corscope {

namespace {

using Policy = ContentSecurityPolicy;

// https://w3c.github.io/webappsec-csp/#does-request-violate-policy
// The directive that is violated; null where none is. What script fetches is for connect-src
// (https://w3c.github.io/webappsec-csp/#connect-src-pre-request), or for default-src where that is not there.
const Policy::Directive* violatedDirective(const Request& request, const Policy& policy)
{
    const auto* directive = policy.find("connect-src");
    if (!directive)
        directive = policy.find("default-src");
    if (!directive
        || matchesSourceList(request.currentUrl(), directive->value, policy.selfOrigin, request.redirectCount))
        return nullptr;
    return directive;
}

std::vector<Input> seen(const Request& request, const Policy::Directive& directive, const Policy& policy)
{
    return {{"URL", request.currentUrl().serialized(), std::nullopt},
            {"directive", directive.text(), std::nullopt},
            {"'self'", policy.selfOrigin.serialized(), std::nullopt}};
}

} // namespace

QList<PolicyReport> reportContentSecurityPolicyViolations(const Request& request, Recorder& recorder)
{
    QList<PolicyReport> reported;
    if (!request.client || request.client->contentSecurityPolicies.isEmpty())
        return reported;
    auto spec = recorder.enter(Algorithm::ContentSecurityPolicyReport);

    // 1. and 2. Every policy that only watches; those in force come later.
    for (const auto& policy : request.client->contentSecurityPolicies) {
        if (policy.disposition == Policy::Disposition::Enforce)
            continue;
        // 2.2. and 2.3. What it would refuse is reported, and goes on.
        if (const auto* directive = violatedDirective(request, policy)) {
            reported.append({directive->text(), request.currentUrl().serialized()});
            spec.effect("2.3", directive->text(), seen(request, *directive, policy));
        }
    }
    spec.ask("2", !reported.isEmpty());
    return reported;
}

std::optional<Blocked> blockedByContentSecurityPolicy(const Request& request, Recorder& recorder)
{
    if (!request.client || request.client->contentSecurityPolicies.isEmpty())
        return std::nullopt;
    auto spec = recorder.enter(Algorithm::ContentSecurityPolicyCheck);

    // 1. The page's policies.
    const auto& policies = request.client->contentSecurityPolicies;
    spec.let("1", "CSP list", policies.size());

    // 2. and 3. Each of them has to agree; those that only watch have no say.
    for (const auto& policy : policies) {
        if (policy.disposition == Policy::Disposition::Report)
            continue;
        if (const auto* directive = violatedDirective(request, policy))
            return spec.failure("3.3", Why::ContentSecurityPolicy, directive->text(), seen(request, *directive, policy));
    }

    // 4. Allowed.
    spec.ask("3.2", false, {{"URL", request.currentUrl().serialized(), std::nullopt}});
    return std::nullopt;
}

} // namespace corscope
