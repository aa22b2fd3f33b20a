#include "tests/fuzz/Target.h"

#include "core/fetch/ContentSecurityPolicy.h"
#include "core/url/AddressSpace.h"
#include "core/url/Site.h"
#include "core/url/Url.h"

namespace corscope::fuzz {

static void comesBack(const Url& url, Claims& claim)
{
    const auto text = url.serialized();
    const auto again = Url::parse(text);
    claim(again.ok(), "a URL that was written can be read", text);
    if (again) {
        claim(again->serialized() == text, "and is written the same", text + " / " + again->serialized());
        claim(again->origin() == url.origin() || url.origin().isOpaque(), "and has the same origin", text);
        claim(again->host() == url.host() && again->port() == url.port() && again->path() == url.path(), "and the same parts", text);
    }
    const auto origin = url.origin();
    if (origin.isOpaque())
        return;
    const auto read = Url::parse(origin.serialized());
    claim(read.ok() && read->origin() == origin, "an origin that was written is the same when read", origin.serialized());
    claim(isSameSite(origin, origin) && isSchemelesslySameSite(origin, origin), "an origin is of its own site", origin.serialized());
    claim(url.withoutCredentials().origin() == origin, "credentials are no part of an origin", text);
    const auto domain = registrableDomain(url.host());
    claim(domain.isEmpty() || url.host().endsWith(domain), "a registrable domain ends its host", url.host() + " / " + domain);
    addressSpaceOfHost(url.host());
}

/// The first line is a base, the second a URL as script gives it, the third a policy.
void url(const QByteArray& input, Claims& claim)
{
    auto rest = input;
    const auto base = Url::parse(takeLine(rest));
    const auto text = takeLine(rest);
    if (base)
        comesBack(*base, claim);
    const auto url = Url::parse(text, base ? &*base : nullptr);
    if (!url)
        return;
    comesBack(*url, claim);
    for (const auto& policy : parseContentSecurityPolicies(rest, ContentSecurityPolicy::Disposition::Enforce, url->origin()))
        for (const auto& directive : policy.directives)
            matchesSourceList(*url, directive.value, url->origin(), 0);
    comesBack(url->withFragment(std::nullopt), claim);
    if (url->hasHttpScheme()) // others may have no host that credentials could stand in front of
        comesBack(url->withCredentials(rest, rest), claim);
}

} // namespace corscope::fuzz
