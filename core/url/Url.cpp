#include "core/url/Url.h"

#include "core/url/Host.h"
#include "core/url/PercentEncoding.h"
#include "core/url/UrlParser.h"
#include "core/url/UrlParts.h"

using namespace Qt::StringLiterals;

namespace corscope {

std::optional<quint16> defaultPort(QByteArrayView scheme)
{
    if (scheme == "http" || scheme == "ws")
        return 80;
    if (scheme == "https" || scheme == "wss")
        return 443;
    if (scheme == "ftp")
        return 21;
    return std::nullopt;
}

Result<Url> Url::parse(QByteArrayView input, const Url* base)
{
    return UrlParser(input, base).run();
}

const Url::Record& Url::none()
{
    static const Record record{Parts()};
    return record;
}

bool Url::hostIsIpAddress() const
{
    return isIpAddress(host());
}

bool Url::hostIsLoopback() const
{
    return isLoopbackHost(host());
}

// https://url.spec.whatwg.org/#url-serializing , without the fragment
template<typename Parts>
static QByteArray serializedParts(const Parts& url)
{
    const bool credentials = url.hasHost && (!url.username.isEmpty() || !url.password.isEmpty());
    const auto colonPassword = [&] { return url.password.isEmpty() ? QByteArray() : QByteArray(':' + url.password); };
    const auto userInfo = credentials ? QByteArray(url.username + colonPassword() + '@') : QByteArray();
    const PortText port(url.hasHost ? url.port : std::nullopt);
    // Without "/." the path would be read back as a host.
    const QByteArrayView slashes = url.hasHost ? "//" : !url.opaquePath && url.path.startsWith("//") ? "/." : "";
    return concatenated({url.scheme, ":", slashes, userInfo, url.hasHost ? QByteArrayView(url.host) : QByteArrayView(), port,
                         url.path, url.query ? "?" : "", url.query ? QByteArrayView(*url.query) : QByteArrayView()});
}

// https://url.spec.whatwg.org/#concept-url-origin
template<typename Parts>
static Origin originOf(const Parts& url, const QByteArray& serialized)
{
    if (defaultPort(url.scheme))
        return Origin::tuple(url.scheme, url.host, url.port);
    if (url.scheme == "blob") {
        const auto inner = Url::parse(url.path);
        if (inner && inner->hasHttpScheme())
            return inner->origin();
    }
    // NB: the standard makes a new opaque origin at every question. Without global state the URL itself tells them
    // apart, so only the same URL gives the same opaque origin.
    return Origin::opaque(url.fragment ? QByteArray(serialized + '#' + *url.fragment) : serialized);
}

Url::Record::Record(Parts parsed) : Record(std::move(parsed), Origin())
{
    origin = originOf(parts, serialized);
}

Url::Record::Record(Parts parsed, const Origin& origin)
    : parts(std::move(parsed)), serialized(serializedParts(parts)), origin(origin),
      portOrDefault(parts.port ? *parts.port : defaultPort(parts.scheme).value_or(0)),
      hasHttpScheme(parts.scheme == "http" || parts.scheme == "https")
{
}

QByteArray Url::serialized() const
{
    return fragment() ? QByteArray(serializedWithoutFragment() + '#' + *fragment()) : serializedWithoutFragment();
}

QByteArray Url::requestTarget() const
{
    return query() ? QByteArray(path() + '?' + *query()) : path();
}

QByteArray Url::hostAndPort() const
{
    return port() ? concatenated({host(), PortText(port())}) : host();
}

Url Url::withScheme(QByteArrayView scheme) const
{
    auto changed = parts();
    changed.scheme = scheme.toByteArray();
    if (changed.port == defaultPort(scheme))
        changed.port.reset();
    return Url(std::move(changed));
}

Url Url::withFragment(const std::optional<QByteArray>& fragment) const
{
    if (fragment == this->fragment())
        return *this;
    auto changed = parts();
    changed.fragment = fragment;
    return Url(std::move(changed));
}

Url Url::withoutCredentials() const
{
    if (!includesCredentials())
        return *this;
    auto changed = parts();
    changed.username.clear();
    changed.password.clear();
    return Url(std::move(changed));
}

Url Url::root() const
{
    if (path() == "/" && !query() && !fragment() && !includesCredentials())
        return *this;
    Parts root;
    root.scheme = scheme();
    root.host = host();
    root.port = port();
    root.path = "/"_ba;
    root.hasHost = true;
    return Url(std::move(root), origin());
}

Url Url::withCredentials(const std::optional<QByteArray>& username, const std::optional<QByteArray>& password) const
{
    if (!username && !password)
        return *this;
    auto changed = parts();
    if (username)
        changed.username = percentEncoded(*username, PercentEncodeSet::Userinfo);
    if (password)
        changed.password = percentEncoded(*password, PercentEncodeSet::Userinfo);
    return Url(std::move(changed));
}

} // namespace corscope
