#include "core/url/Site.h"

#include "core/url/Host.h"

#include <libpsl.h>

namespace corscope {

QByteArray registrableDomain(QByteArrayView host)
{
    if (!host.contains('.') || isIpAddress(host))
        return {};
    // The list knows no trailing dots, but "a.example." is as much a name as "a.example" is.
    const bool hasTrailingDot = host.endsWith('.');
    const auto name = (hasTrailingDot ? host.chopped(1) : host).toByteArray();
    if (!name.contains('.') || name.startsWith('.') || name.contains(".."))
        return {};
    const char* const domain = psl_registrable_domain(psl_builtin(), name.constData());
    if (!domain)
        return {};
    QByteArray result(domain);
    if (hasTrailingDot)
        result += '.';
    return result;
}

bool isPublicSuffix(QByteArrayView host)
{
    if (host.isEmpty() || isIpAddress(host))
        return false;
    const auto name = (host.endsWith('.') ? host.chopped(1) : host).toByteArray();
    return psl_is_public_suffix(psl_builtin(), name.constData());
}

bool hasListedSuffix(QByteArrayView host)
{
    for (auto dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1))
        if (psl_is_public_suffix2(psl_builtin(), host.sliced(dot + 1).toByteArray().constData(),
                                  PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE))
            return true;
    return false;
}

bool isSchemelesslySameSite(const Origin& a, const Origin& b)
{
    if (a.isOpaque() || b.isOpaque())
        return a.isSameOrigin(b);
    if (a.host() == b.host())
        return true;
    const auto domain = registrableDomain(a.host());
    return !domain.isEmpty() && domain == registrableDomain(b.host());
}

bool isSameSite(const Origin& a, const Origin& b)
{
    return a.scheme() == b.scheme() && isSchemelesslySameSite(a, b);
}

bool isPotentiallyTrustworthy(const Origin& origin)
{
    // NB: file: URLs have opaque origins here, which keep their URL as their id.
    if (origin.isOpaque())
        return origin.opaqueId().startsWith("file:");
    return origin.scheme() == "https" || origin.scheme() == "wss" || isLoopbackHost(origin.host());
}

} // namespace corscope
