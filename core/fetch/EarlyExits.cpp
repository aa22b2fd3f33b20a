#include "core/fetch/EarlyExits.h"

#include "core/fetch/Departure.h"
#include "core/fetch/LocalNetworkAccess.h"
#include "core/url/Site.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace corscope {

// https://fetch.spec.whatwg.org/#bad-port
static bool isBadPort(quint16 port)
{
    static constexpr quint16 ports[] = {
        0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
        109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526,
        530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045,
        4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080};
    return std::binary_search(std::begin(ports), std::end(ports), port);
}

// https://fetch.spec.whatwg.org/#block-bad-port
std::optional<Blocked> blockedDueToBadPort(const Request& request, Recorder& recorder)
{
    auto spec = recorder.enter(Algorithm::BadPort);

    // 1. Where to?
    const Url& url = request.currentUrl();
    spec.let("1", "url", [&] { return url.serialized(); });

    // 2. Ports of other protocols are out of bounds for HTTP.
    if (url.hasHttpScheme() && url.port() && isBadPort(*url.port()))
        return spec.failure("2", Why::BadPort, QByteArray::number(*url.port()), {{"port", *url.port(), std::nullopt}});

    // 3. Fine.
    spec.step("3");
    return std::nullopt;
}

// https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
std::optional<Blocked> blockedAsMixedContent(const Request& request, const Profile& profile, Recorder& recorder)
{
    auto spec = recorder.enter(Algorithm::MixedContent);
    const auto pageScheme = [&] { return Input{"page's scheme"_ba, request.origin.scheme(), "https"_ba}; };

    // 1. Allowed where the page makes no promise of security,
    // DEVIATION: by the letter every potentially trustworthy page restricts, http://localhost included; every engine
    // looks for https only, and so do we.
    const bool restricts = request.client && (request.client->origin.scheme() == "https"
                                              || request.client->topLevelOrigin.scheme() == "https");
    if (!spec.ask("1", restricts, {pageScheme}))
        return std::nullopt;

    // ... or the URL is itself secure: https, or this very machine.
    const auto url = request.currentUrl();
    const bool secure = decided(profile, spec, [&](const Profile& p) {
        return p.loopbackIsMixedContent ? url.scheme() == "https" : isPotentiallyTrustworthy(url.origin());
    });
    if (spec.ask("1.url", secure, {{"URL", url.serialized(), std::nullopt}}))
        return std::nullopt;

    // ... or bound for the local network, for which there is another permission.
    if (mayBeInsecureOnLocalNetwork(request)) {
        spec.ask("1.local-network", true, {{"target IP address space", toBytes(*request.targetAddressSpace), std::nullopt}});
        return std::nullopt;
    }

    // 2. Blocked.
    return spec.failure("2", Why::MixedContent, url.serialized(),
                        {pageScheme, {"URL's scheme", url.scheme(), "https"}});
}

} // namespace corscope
