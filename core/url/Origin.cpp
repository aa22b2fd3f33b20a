#include "core/url/Origin.h"

#include "core/url/Url.h"
#include "core/url/UrlParts.h"

namespace corscope {

Origin Origin::opaque(const QByteArray& id)
{
    Origin origin;
    origin.m_opaqueId = id;
    return origin;
}

Origin Origin::tuple(const QByteArray& scheme, const QByteArray& host, std::optional<quint16> port)
{
    Origin origin;
    origin.m_scheme = scheme;
    origin.m_host = host;
    // The default port is kept as null, so that equal origins are equal values.
    if (port != defaultPort(scheme))
        origin.m_port = port;
    return origin;
}

quint16 Origin::portOrDefault() const
{
    return m_port.value_or(defaultPort(m_scheme).value_or(0));
}

bool Origin::isSameOrigin(const Origin& other) const
{
    return *this == other;
}

QByteArray Origin::serialized() const
{
    if (isOpaque())
        return "null";
    QByteArray result;
    result.reserve(m_scheme.size() + m_host.size() + 9); // "://", ":" and five digits
    result.append(m_scheme).append("://").append(m_host);
    if (m_port)
        appendPort(result, *m_port);
    return result;
}

} // namespace corscope
