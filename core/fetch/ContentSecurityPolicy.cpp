#include "core/fetch/ContentSecurityPolicy.h"

#include "core/base/Ascii.h"
#include "core/url/PercentEncoding.h"

#include <algorithm>

namespace corscope {

namespace {

QList<QByteArray> words(const QByteArray& bytes)
{
    QList<QByteArray> result;
    for (const auto& word : bytes.simplified().split(' '))
        if (!word.isEmpty())
            result.append(word);
    return result;
}

/// https://w3c.github.io/webappsec-csp/#grammardef-source-expression , a scheme-source or a host-source.
struct SourceExpression
{
    QByteArray scheme; ///< empty: none written
    QByteArray host;   ///< empty: a scheme-source
    QByteArray port;   ///< empty, digits, or "*"
    QByteArray path;
};

bool isScheme(QByteArrayView bytes)
{
    return !bytes.isEmpty() && ascii::isAlpha(bytes.front()) && std::all_of(bytes.begin(), bytes.end(), [](char c) {
        return ascii::isAlphanumeric(c) || c == '+' || c == '-' || c == '.';
    });
}

bool isHostPart(QByteArrayView bytes)
{
    if (bytes == "*")
        return true;
    if (bytes.startsWith("*."))
        bytes = bytes.sliced(2);
    return !bytes.isEmpty() && !bytes.startsWith('.') && !bytes.contains("..")
        && std::all_of(bytes.begin(), bytes.end(), [](char c) { return ascii::isAlphanumeric(c) || c == '-' || c == '.'; });
}

bool isPortPart(QByteArrayView bytes)
{
    return bytes == "*" || (!bytes.isEmpty() && std::all_of(bytes.begin(), bytes.end(), ascii::isDigit));
}

// Null where it is neither.
std::optional<SourceExpression> parseSource(const QByteArray& text)
{
    SourceExpression source;
    auto rest = text;
    if (const auto end = rest.indexOf("://"); end >= 0) {
        source.scheme = rest.left(end);
        rest = rest.mid(end + 3);
        if (!isScheme(source.scheme))
            return std::nullopt;
    } else if (rest.endsWith(':') && isScheme(QByteArrayView(rest).chopped(1))) {
        source.scheme = rest.chopped(1);
        return source;
    }
    if (const auto slash = rest.indexOf('/'); slash >= 0) {
        source.path = rest.mid(slash);
        rest.truncate(slash);
    }
    if (const auto colon = rest.indexOf(':'); colon >= 0) {
        source.port = rest.mid(colon + 1);
        rest.truncate(colon);
        if (!isPortPart(source.port))
            return std::nullopt;
    }
    source.host = rest;
    return isHostPart(source.host) ? std::optional(source) : std::nullopt;
}

// https://w3c.github.io/webappsec-csp/#match-schemes : a secure scheme stands in for its insecure sister.
bool schemePartMatches(const QByteArray& pattern, const QByteArray& scheme)
{
    const auto a = ascii::lowered(pattern);
    return a == scheme || (a == "http" && scheme == "https") || (a == "wss" && scheme == "https")
        || (a == "ws" && (scheme == "wss" || scheme == "http" || scheme == "https"));
}

// https://w3c.github.io/webappsec-csp/#match-hosts
// DEVIATION: by the letter no IP address but 127.0.0.1 matches; every engine compares addresses as it compares names.
bool hostPartMatches(const QByteArray& pattern, const QByteArray& host)
{
    if (pattern == "*")
        return true;
    if (pattern.startsWith("*."))
        return ascii::lowered(host).endsWith(ascii::lowered(pattern.mid(1)));
    return ascii::equalIgnoringCase(pattern, host);
}

// https://w3c.github.io/webappsec-csp/#match-ports
bool portPartMatches(const QByteArray& pattern, const Url& url)
{
    if (pattern == "*")
        return true;
    return pattern.isEmpty() ? !url.port() : pattern.toUInt() == url.portOrDefault();
}

// https://w3c.github.io/webappsec-csp/#match-paths : a path that ends in a slash stands for all below it.
// NB: what has a host has a path, which is never empty.
bool pathPartMatches(const QByteArray& pattern, const QByteArray& path)
{
    if (pattern.isEmpty())
        return true;
    auto patternPieces = pattern.split('/');
    const auto pathPieces = path.split('/');
    const bool exact = !pattern.endsWith('/');
    if (patternPieces.size() > pathPieces.size() || (exact && patternPieces.size() != pathPieces.size()))
        return false;
    if (!exact)
        patternPieces.removeLast();
    return std::equal(patternPieces.begin(), patternPieces.end(), pathPieces.begin(),
                      [](const auto& a, const auto& b) { return percentDecoded(a) == percentDecoded(b); });
}

// https://w3c.github.io/webappsec-csp/#match-url-to-source-expression , step 4
// SKIPPED: addresses of WebSockets, which nothing here connects to.
bool matchesSelf(const Url& url, const Origin& self)
{
    if (self.isSameOrigin(url.origin()))
        return true;
    const bool samePort = self.portOrDefault() == url.portOrDefault() || (!self.port() && !url.port());
    return self.host() == url.host() && samePort && url.scheme() == "https";
}

// https://w3c.github.io/webappsec-csp/#match-url-to-source-expression
bool matchesSource(const Url& url, const QByteArray& expression, const Origin& self, int redirectCount)
{
    // 1. An asterisk: whatever the network can fetch.
    if (expression == "*")
        return url.hasHttpScheme() || url.scheme() == self.scheme();

    // 4. The page's own address, more secure ways to it included.
    if (ascii::equalIgnoringCase(expression, "'self'"))
        return matchesSelf(url, self);

    const auto source = parseSource(expression);
    if (!source)
        return false;
    // 2. The scheme, where one is written; it may be all there is.
    if (!source->scheme.isEmpty() && !schemePartMatches(source->scheme, url.scheme()))
        return false;
    if (source->host.isEmpty())
        return true;
    // 3. Host, port and, as long as nobody redirected, path.
    return (!source->scheme.isEmpty() || schemePartMatches(self.scheme(), url.scheme()))
        && !url.host().isEmpty() && hostPartMatches(source->host, url.host()) && portPartMatches(source->port, url)
        && (redirectCount > 0 || pathPartMatches(source->path, url.path()));
}

} // namespace

QByteArray ContentSecurityPolicy::Directive::text() const
{
    return value.isEmpty() ? name : QByteArray(name + ' ' + value.join(' '));
}

const ContentSecurityPolicy::Directive* ContentSecurityPolicy::find(QByteArrayView name) const
{
    const auto it = std::find_if(directives.begin(), directives.end(), [&](const auto& d) { return d.name == name; });
    return it == directives.end() ? nullptr : &*it;
}

QList<ContentSecurityPolicy> parseContentSecurityPolicies(const QByteArray& headerValue,
                                                          ContentSecurityPolicy::Disposition disposition,
                                                          const Origin& selfOrigin)
{
    QList<ContentSecurityPolicy> policies;
    for (const auto& serialized : headerValue.split(',')) {
        ContentSecurityPolicy policy{disposition, selfOrigin, {}};
        // https://w3c.github.io/webappsec-csp/#parse-serialized-policy : the first directive of a name counts.
        for (const auto& token : serialized.split(';')) {
            auto value = words(token);
            if (value.isEmpty())
                continue;
            const auto name = ascii::lowered(value.takeFirst());
            if (!policy.find(name))
                policy.directives.append({name, value});
        }
        if (!policy.directives.isEmpty())
            policies.append(policy);
    }
    return policies;
}

bool isSandboxed(const QList<ContentSecurityPolicy>& policies)
{
    return std::any_of(policies.begin(), policies.end(), [](const auto& policy) {
        const auto* sandbox = policy.find("sandbox");
        return policy.disposition == ContentSecurityPolicy::Disposition::Enforce && sandbox
            && std::none_of(sandbox->value.begin(), sandbox->value.end(),
                            [](const auto& flag) { return ascii::equalIgnoringCase(flag, "allow-same-origin"); });
    });
}

bool matchesSourceList(const Url& url, const QList<QByteArray>& sources, const Origin& selfOrigin, int redirectCount)
{
    // 2. and 3. An empty list and 'none' match nothing; 'none' beside others means nothing, which no source says anyway.
    // 4. and 5.
    return std::any_of(sources.begin(), sources.end(), [&](const auto& source) {
        return matchesSource(url, source, selfOrigin, redirectCount);
    });
}

} // namespace corscope
