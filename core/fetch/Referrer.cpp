#include "core/fetch/Referrer.h"

#include "core/base/Ascii.h"

namespace corscope {

static Url stripped(const Url& url)
{
    return url.withoutCredentials().withFragment(std::nullopt);
}

std::optional<Url> determineReferrer(const Request& request)
{
    const Url source = request.referrerIsClient ? (request.client ? request.client->url : Url())
                                                : request.referrer.value_or(Url());
    if (!source.hasHttpScheme())
        return std::nullopt;

    auto url = stripped(source);
    if (url.serialized().size() > 4096)
        url = source.root();

    const bool sameOrigin = source.origin().isSameOrigin(request.currentUrl().origin());
    // DEVIATION: by the letter a downgrade leads from a potentially trustworthy URL to one that is not; every engine
    // compares the schemes only, so http://localhost keeps its referrer and loses it to nobody.
    const bool downgrade = source.scheme() == "https" && request.currentUrl().scheme() != "https";
    switch (request.referrerPolicy) {
    case ReferrerPolicy::NoReferrer:
        return std::nullopt;
    case ReferrerPolicy::Origin:
        return source.root();
    case ReferrerPolicy::UnsafeUrl:
        return url;
    case ReferrerPolicy::StrictOrigin:
        return downgrade ? std::nullopt : std::optional(source.root());
    case ReferrerPolicy::SameOrigin:
        return sameOrigin ? std::optional(url) : std::nullopt;
    case ReferrerPolicy::OriginWhenCrossOrigin:
        return sameOrigin ? url : source.root();
    case ReferrerPolicy::NoReferrerWhenDowngrade:
        return downgrade ? std::nullopt : std::optional(url);
    case ReferrerPolicy::Empty:
    case ReferrerPolicy::StrictOriginWhenCrossOrigin:
        if (sameOrigin)
            return url;
        return downgrade ? std::nullopt : std::optional(source.root());
    }
    return std::nullopt;
}

ReferrerPolicy parseReferrerPolicy(const HeaderList& headers)
{
    auto policy = ReferrerPolicy::Empty;
    for (const auto& token : headers.getDecodeSplit("Referrer-Policy").value_or(QList<QByteArray>()))
        if (const auto known = referrerPolicyFromBytes(ascii::lowered(token)); known && !token.isEmpty())
            policy = *known;
    return policy;
}

} // namespace corscope
