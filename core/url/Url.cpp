#include "core/url/Url.h"

#include "core/url/Host.h"
#include "core/url/PercentEncoding.h"
#include "core/url/UrlParser.h"
#include "core/url/UrlParts.h"

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

quint16 Url::portOrDefault() const
{
    return m_port.value_or(defaultPort(m_scheme).value_or(0));
}

bool Url::hasHttpScheme() const
{
    return m_scheme == "http" || m_scheme == "https";
}

bool Url::hostIsIpAddress() const
{
    return isIpAddress(m_host);
}

bool Url::hostIsLoopback() const
{
    return isLoopbackHost(m_host);
}

// https://url.spec.whatwg.org/#concept-url-origin
Origin Url::origin() const
{
    if (defaultPort(m_scheme))
        return Origin::tuple(m_scheme, m_host, m_port);
    if (m_scheme == "blob") {
        const auto inner = parse(m_path);
        if (inner && inner->hasHttpScheme())
            return inner->origin();
    }
    // NB: the standard makes a new opaque origin at every question. Without global state the URL itself tells them
    // apart, so only the same URL gives the same opaque origin.
    return Origin::opaque(serialized());
}

QByteArray Url::serialized() const
{
    auto result = serializedWithoutFragment();
    if (m_fragment)
        result += '#' + *m_fragment;
    return result;
}

QByteArray Url::serializedWithoutFragment() const
{
    QByteArray result;
    result.reserve(m_scheme.size() + m_username.size() + m_password.size() + m_host.size() + m_path.size()
                   + (m_query ? m_query->size() : 0) + (m_fragment ? m_fragment->size() : 0) + 14); // and what stands between
    result.append(m_scheme).append(':');
    if (m_hasHost) {
        result += "//";
        if (includesCredentials()) {
            result += m_username;
            if (!m_password.isEmpty())
                result += ':' + m_password;
            result += '@';
        }
        result += m_host;
        if (m_port)
            appendPort(result, *m_port);
    } else if (!m_opaquePath && m_path.startsWith("//")) {
        // Otherwise the path would be read back as a host.
        result += "/.";
    }
    result += m_path;
    if (m_query)
        result += '?' + *m_query;
    return result;
}

QByteArray Url::requestTarget() const
{
    return m_query ? m_path + '?' + *m_query : m_path;
}

QByteArray Url::hostAndPort() const
{
    if (!m_port)
        return m_host;
    QByteArray result;
    result.reserve(m_host.size() + 6);
    result += m_host;
    appendPort(result, *m_port);
    return result;
}

Url Url::withScheme(QByteArrayView scheme) const
{
    auto url = *this;
    url.m_scheme = scheme.toByteArray();
    if (url.m_port == defaultPort(scheme))
        url.m_port.reset();
    return url;
}

Url Url::withFragment(const std::optional<QByteArray>& fragment) const
{
    auto url = *this;
    url.m_fragment = fragment;
    return url;
}

Url Url::withoutCredentials() const
{
    auto url = *this;
    url.m_username.clear();
    url.m_password.clear();
    return url;
}

Url Url::withCredentials(const std::optional<QByteArray>& username, const std::optional<QByteArray>& password) const
{
    auto url = *this;
    if (username)
        url.m_username = percentEncoded(*username, PercentEncodeSet::Userinfo);
    if (password)
        url.m_password = percentEncoded(*password, PercentEncodeSet::Userinfo);
    return url;
}

} // namespace corscope
