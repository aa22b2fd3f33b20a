#include "tests/fuzz/Target.h"

#include "core/http/CookieJar.h"

namespace corscope::fuzz {

/// The first line is the address of a server, every other line a cookie that it sets.
void cookies(const QByteArray& input, Claims& claim)
{
    auto rest = input;
    const auto url = Url::parse(takeLine(rest));
    if (!url)
        return;
    CookieJar jar;
    const CookieRequest request{*url};
    auto now = Clock::start;
    while (!rest.isEmpty()) {
        const auto line = takeLine(rest);
        now += std::chrono::seconds(1);
        parseCookieDate(line);
        const auto said = parseSetCookie(line, now);
        const auto stored = jar.store(line, request, now);
        claim(said || !stored, "what cannot be read is not stored", line);
        if (said)
            claim(!said->expires || *said->expires <= now + std::chrono::hours(24 * 400), "no cookie lives longer than 400 days", line);
        if (!stored)
            continue;
        claim(cookieDomainMatches(url->host(), stored->domain), "a cookie belongs to a host that its server may speak for", line);
        CookieJar other; // where nothing is in its way
        const auto written = setCookieHeader(*stored);
        const auto again = other.store(written, request, now);
        claim(again.ok(), "a cookie that was written can be stored", written);
        if (again)
            claim(again->name == stored->name && again->value == stored->value && again->domain == stored->domain
                      && again->path == stored->path && again->hostOnly == stored->hostOnly && again->secure == stored->secure
                      && again->httpOnly == stored->httpOnly && again->sameSite == stored->sameSite,
                  "and is the same", line + " / " + written);
    }
    for (const auto& cookie : jar.matching(request, now))
        claim(!cookie.isExpired(now) && cookieDomainMatches(url->host(), cookie.domain)
                  && cookiePathMatches(url->path(), cookie.path),
              "only cookies of this address that live are sent", cookie.name);
    claim(jar.size(now + std::chrono::hours(24 * 401)) <= jar.size(now), "time makes no cookies");
    claim(jar.size(now) <= 180 || url->host().isEmpty(), "a domain has no more than 180 cookies");
    jar.table(now);
}

} // namespace corscope::fuzz
