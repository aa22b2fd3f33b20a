#include "core/fetch/LocalNetworkAccess.h"

#include "core/fetch/Departure.h"
#include "core/url/Site.h"

namespace corscope {

void setTargetAddressSpaceByHost(Request& request, const Profile& profile)
{
    const Url& url = request.currentUrl();
    const auto& host = url.host();
    if (request.targetAddressSpace || profile.targetAddressSpaceUnknown)
        return;
    if (addressSpaceOfHost(host) == AddressSpace::Local || host.endsWith(".local") || host.endsWith(".local."))
        request.targetAddressSpace = AddressSpace::Local;
}

bool mayBeInsecureOnLocalNetwork(const Request& request)
{
    return request.targetAddressSpace == AddressSpace::Local || request.targetAddressSpace == AddressSpace::Loopback;
}

// The whole decision, for a browser of that kind.
static std::optional<Why> refusalOf(const Request& request, AddressSpace connection, const Profile& profile)
{
    using Way = Profile::LocalNetworkAccess;
    const Client& client = *request.client;
    if (profile.localNetworkAccess == Way::None)
        return std::nullopt;
    if (isPotentiallyTrustworthy(request.origin) && request.currentUrl().origin().isSameOrigin(request.origin))
        return std::nullopt;
    if (request.targetAddressSpace && *request.targetAddressSpace != connection)
        return Why::TargetAddressSpace;
    if (connection >= client.addressSpace)
        return std::nullopt;
    if (profile.localNetworkAccess == Way::Draft && !client.secureContext)
        return Why::InsecureLocalNetwork;
    if (client.localNetworkAccess == PermissionState::Granted)
        return std::nullopt;
    const bool waits = profile.localNetworkAccess == Way::Asked && client.localNetworkAccess == PermissionState::Prompt;
    return waits ? Why::LocalNetworkPrompt : Why::LocalNetworkPermission;
}

std::optional<Blocked> localNetworkAccessCheck(const Request& request, AddressSpace connection, const Profile& profile,
                                               Recorder& recorder)
{
    // NB: where everything is on this machine there is nothing to ask, and nothing to show.
    if (!request.client || (connection >= request.client->addressSpace && !request.targetAddressSpace))
        return std::nullopt;
    auto spec = recorder.enter(Algorithm::LocalNetworkAccess);
    const Client& client = *request.client;
    const auto space = toBytes(connection);
    const auto why = decided(profile, spec, [&](const Profile& p) { return refusalOf(request, connection, p); });
    if (profile.localNetworkAccess == Profile::LocalNetworkAccess::None)
        return std::nullopt;

    // 1. A secure page may always reach its own origin.
    const auto origin = request.currentUrl().origin();
    if (spec.ask("1", isPotentiallyTrustworthy(request.origin) && origin.isSameOrigin(request.origin),
                 {{"origin", origin.serialized(), request.origin.serialized()}}))
        return std::nullopt;

    // 2. The page is known.
    // 3. Script may have said how private an address it means; it has to be right.
    // DEVIATION: by the letter this answers for the permission as well; what is meant, and done, is that it is asked for.
    if (request.targetAddressSpace) {
        const auto target = toBytes(*request.targetAddressSpace);
        if (why == Why::TargetAddressSpace)
            return spec.failure("3.2", *why, space, {{"target IP address space", target, space}});
        spec.ask("3.2", false, {{"target IP address space", target, space}});
    }

    // 4. Is the address more private than the page's own?
    if (!spec.ask("4", connection < client.addressSpace, {{"IP address space", space, toBytes(client.addressSpace)}}))
        return std::nullopt;

    // 4.2. Only secure pages may ask for permission.
    if (why == Why::InsecureLocalNetwork)
        return spec.failure("4.2", *why, space, {{"page", client.origin.serialized(), std::nullopt}});
    spec.ask("4.2", false);

    // 4.4. What did the person say? Who is asked and does not answer has not allowed it.
    const auto permission = toBytes(client.localNetworkAccess);
    if (why)
        return spec.failure("4.4", *why, space, {{"permission", permission, "granted"}});
    spec.success("4.4", {{"permission", permission, "granted"}});
    return std::nullopt;
}

} // namespace corscope
