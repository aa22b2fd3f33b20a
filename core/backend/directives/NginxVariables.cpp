#include "core/backend/directives/NginxVariables.h"

#include "core/backend/ServerConfig.h"
#include "core/base/Ascii.h"

#include <algorithm>

namespace corscope {

namespace {

/// The first header of that name, `-` written as `_`.
QByteArray header(const HeaderList& headers, QByteArray name)
{
    return headers.values(name.replace('_', '-')).value(0);
}

/// key=value pairs of a query or a cookie.
QByteArray pairValue(const QByteArray& pairs, char separator, const QByteArray& name)
{
    for (const auto& pair : pairs.split(separator)) {
        const auto trimmed = pair.trimmed();
        if (trimmed.startsWith(QByteArray(name + '=')))
            return trimmed.mid(name.size() + 1);
    }
    return {};
}

QByteArray query(const RequestMessage& request)
{
    const auto at = request.target.indexOf('?');
    return at < 0 ? QByteArray() : request.target.mid(at + 1);
}

} // namespace

QByteArray NginxVariables::operator()(const QByteArray& name) const
{
    if (name.size() == 1 && ascii::isDigit(name[0]))
        return m_captures.value(name.toInt()).toUtf8();
    if (const auto found = m_set.constFind(name); found != m_set.constEnd())
        return *found;
    for (const auto& map : m_config.maps)
        if (map.variable == name)
            return mapped(map);
    if (name == "http_cookie")
        return m_request.headers.get("Cookie").value_or(QByteArray());
    if (name.startsWith("http_"))
        return header(m_request.headers, name.mid(5));
    if (name.startsWith("upstream_http_"))
        return m_answer ? header(m_answer->headers, name.mid(14)) : QByteArray();
    if (name.startsWith("sent_http_"))
        return m_answer ? header(m_answer->headers, name.mid(10)) : QByteArray();
    if (name.startsWith("arg_"))
        return pairValue(query(m_request), '&', name.mid(4));
    if (name.startsWith("cookie_"))
        return pairValue(m_request.headers.get("Cookie").value_or(QByteArray()), ';', name.mid(7));
    if (name == "request_method")
        return m_request.method;
    if (name == "request_uri")
        return m_request.target;
    if (name == "request")
        return m_request.method + ' ' + m_request.target + " HTTP/1.1";
    if (name == "server_protocol")
        return "HTTP/1.1";
    if (name == "uri" || name == "document_uri")
        return m_request.path();
    if (name == "args" || name == "query_string")
        return query(m_request);
    if (name == "is_args")
        return query(m_request).isEmpty() ? "" : "?";
    if (name == "scheme")
        return m_server.scheme;
    if (name == "https")
        return m_server.scheme == "https" ? "on" : "";
    if (name == "server_port")
        return QByteArray::number(m_server.port);
    if (name == "server_name" || name == "hostname")
        return m_server.host;
    if (name == "host" || name == "proxy_host") {
        const auto host = m_request.headers.values("Host").value(0);
        const auto colon = host.lastIndexOf(':');
        return ascii::lowered(colon > host.lastIndexOf(']') ? host.left(colon) : host);
    }
    if (name == "remote_addr")
        return "127.0.0.1";
    if (name == "proxy_add_x_forwarded_for") {
        const auto before = header(m_request.headers, "x_forwarded_for");
        return before.isEmpty() ? QByteArray("127.0.0.1") : QByteArray(before + ", 127.0.0.1");
    }
    if (name == "status")
        return m_answer ? QByteArray::number(m_answer->status) : QByteArray();
    if (name == "content_type" || name == "content_length")
        return header(m_request.headers, name);
    return {};
}

QByteArray NginxVariables::mapped(const NginxMap& map) const
{
    if (m_depth > 16)
        return {};
    ++m_depth;
    const auto source = value(map.source);
    const auto key = ascii::lowered(source);
    const NginxText* chosen = nullptr;
    for (const auto& [text, result] : map.exact)
        if (text == key)
            chosen = &result;
    // With `hostnames` a name may begin, or end, with an asterisk; the longest that fits wins.
    qsizetype longest = -1;
    for (const auto& [text, result] : map.exact) {
        if (chosen || !map.hostnames || text.size() <= longest)
            continue;
        const bool fits = (text.startsWith("*.") && key.endsWith(QByteArrayView(text).sliced(1)))
            || (text.startsWith('.') && (key.endsWith(text) || key == QByteArrayView(text).sliced(1)))
            || (text.endsWith(".*") && key.startsWith(QByteArrayView(text).chopped(1)));
        if (fits)
            longest = text.size();
    }
    for (const auto& [text, result] : map.exact)
        if (!chosen && longest >= 0 && text.size() == longest)
            chosen = &result;
    for (const auto& [pattern, result] : map.patterns)
        if (!chosen && pattern.match(QString::fromUtf8(source)).hasMatch())
            chosen = &result;
    const auto result = value(chosen ? *chosen : map.fallback);
    --m_depth;
    return result;
}

} // namespace corscope
