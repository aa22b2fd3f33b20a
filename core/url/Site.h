#pragma once

#include "core/url/Origin.h"

namespace corscope {

/// The registrable domain of a host by the public suffix list ("example.co.uk" of "api.example.co.uk"); empty where
/// the host is an IP address, a public suffix itself, or has no dot.
QByteArray registrableDomain(QByteArrayView host);

/// Whether anybody may register names right below this host ("com", "co.uk", "github.io", any unlisted last label). Never
/// true of IP addresses.
bool isPublicSuffix(QByteArrayView host);

/// Whether the public suffix list says where the host's registrable domain begins; else that is a guess.
bool hasListedSuffix(QByteArrayView host);

/// https://html.spec.whatwg.org/multipage/browsers.html#same-site : same scheme and same registrable domain (or same
/// host where there is none).
bool isSameSite(const Origin& a, const Origin& b);
/// https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site
bool isSchemelesslySameSite(const Origin& a, const Origin& b);

/// https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy
bool isPotentiallyTrustworthy(const Origin& origin);

} // namespace corscope
