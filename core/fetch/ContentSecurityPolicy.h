#pragma once

#include "core/url/Url.h"

#include <QList>

namespace corscope {

/// https://w3c.github.io/webappsec-csp/#framework-policy , as far as fetch() and XMLHttpRequest meet it: `connect-src`
/// with its fallback `default-src`, `upgrade-insecure-requests` and `sandbox`.
struct ContentSecurityPolicy
{
    enum class Disposition { Enforce, Report };
    struct Directive
    {
        QByteArray name;         ///< lower case
        QList<QByteArray> value; ///< parted by blanks
        QByteArray text() const; ///< as a console shows it: name and value, one blank between
        bool operator==(const Directive&) const = default;
    };
    Disposition disposition = Disposition::Enforce;
    Origin selfOrigin; ///< of the address the policy came with, whatever origin the document has
    QList<Directive> directives;

    /// The directive of that name; null where there is none.
    const Directive* find(QByteArrayView name) const;
    bool operator==(const ContentSecurityPolicy&) const = default;
};

/// https://w3c.github.io/webappsec-csp/#parse-response-csp : one header's value may hold several policies.
QList<ContentSecurityPolicy> parseContentSecurityPolicies(const QByteArray& headerValue,
                                                          ContentSecurityPolicy::Disposition disposition,
                                                          const Origin& selfOrigin);

/// Whether a policy in force takes the document's origin away (`sandbox` without `allow-same-origin`).
bool isSandboxed(const QList<ContentSecurityPolicy>& policies);

/// https://w3c.github.io/webappsec-csp/#match-url-to-source-list
/// \param redirectCount paths count only while it is 0: a redirect must not tell a page where it led
bool matchesSourceList(const Url& url, const QList<QByteArray>& sources, const Origin& selfOrigin, int redirectCount);

} // namespace corscope
