#include "core/fetch/Client.h"

#include "core/url/Site.h"

namespace corscope {

using OriginKind = PageConfig::OriginKind;
using Context = PageConfig::Context;

static Origin addressOrigin(const PageConfig& page)
{
    const auto port = page.port == defaultPort(page.scheme) ? std::nullopt : std::optional(page.port);
    return Origin::tuple(page.scheme, page.host, port);
}

static QList<ContentSecurityPolicy> policiesOf(const PageConfig& page, const Origin& selfOrigin)
{
    QList<ContentSecurityPolicy> policies;
    for (const auto& value : page.contentSecurityPolicy)
        policies += parseContentSecurityPolicies(value, ContentSecurityPolicy::Disposition::Enforce, selfOrigin);
    for (const auto& value : page.contentSecurityPolicyReportOnly)
        policies += parseContentSecurityPolicies(value, ContentSecurityPolicy::Disposition::Report, selfOrigin);
    return policies;
}

/// Of the page that it is a frame of; invalid where it stands at the top.
static Url topLevelUrl(const PageConfig& page)
{
    const auto url = Url::parse(page.embeddedIn);
    return url ? *url : Url();
}

// https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer : opaque origins give nothing away, and
// neither do blob: URLs. A srcdoc document names its maker.
static Url referrerSource(const PageConfig& page, const Client& client, const Url& address, const Profile& profile)
{
    if (page.originKind == OriginKind::Data || page.originKind == OriginKind::File)
        return {};
    if (profile.referrerIsOwnAddress)
        return page.context == Context::Srcdoc || page.context == Context::Blob ? Url() : address;
    if (client.origin.isOpaque())
        return {};
    if (page.context != Context::Blob)
        return address;
    return profile.blobDocumentsNameOrigin ? address.root() : Url();
}

std::shared_ptr<const Client> clientOf(const PageConfig& page, const Profile& profile)
{
    auto client = std::make_shared<Client>();
    const auto address = addressOrigin(page);
    const auto addressUrl = Url::parse(QByteArray(address.serialized() + page.path));
    client->contentSecurityPolicies = policiesOf(page, address);

    // https://html.spec.whatwg.org/multipage/browsers.html#determining-the-origin
    const bool tuple = page.originKind == OriginKind::Tuple && !isSandboxed(client->contentSecurityPolicies);
    client->origin = tuple ? address : Origin::opaque(page.id);

    // https://html.spec.whatwg.org/multipage/urls-and-fetching.html#fallback-base-url : a srcdoc document's is its maker's;
    // nothing can be resolved against data: and blob: URLs.
    const bool hasAddress = page.originKind == OriginKind::Tuple || page.originKind == OriginKind::Sandboxed;
    if (addressUrl && hasAddress && page.context != Context::Blob)
        client->baseUrl = *addressUrl;
    if (addressUrl)
        client->url = referrerSource(page, *client, *addressUrl, profile);

    // https://html.spec.whatwg.org/multipage/webappapis.html#concept-environment-top-level-origin
    const auto top = topLevelUrl(page);
    client->topLevelOrigin = top.isValid() ? top.origin() : client->origin;
    client->networkPartitionKey = siteOf(client->topLevelOrigin);

    // https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#section-5.2.1 : a frame of another site has
    // none to speak for.
    client->siteForCookies = isSameSite(client->origin, client->topLevelOrigin) ? client->topLevelOrigin : Origin::opaque(page.id);

    // https://html.spec.whatwg.org/multipage/webappapis.html#secure-contexts : as the top-level page came; files and data:
    // URLs come from nowhere.
    client->secureContext = top.isValid() ? isPotentiallyTrustworthy(top.origin())
        : !hasAddress           ? true
                                : isPotentiallyTrustworthy(address);

    client->referrerPolicy = referrerPolicyFromBytes(page.referrerPolicy).value_or(ReferrerPolicy::Empty);
    // A page that did not come securely cannot promise anything.
    if (client->secureContext && isPotentiallyTrustworthy(address))
        client->embedderPolicy = embedderPolicyFromBytes(page.embedderPolicy).value_or(EmbedderPolicy::UnsafeNone);
    client->addressSpace = addressSpaceFromBytes(page.addressSpace).value_or(AddressSpace::Loopback);
    client->localNetworkAccess = permissionStateFromBytes(page.localNetworkAccess).value_or(PermissionState::Prompt);
    return client;
}

} // namespace corscope
