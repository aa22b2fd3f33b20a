#include "core/backend/frameworks/ServletRequest.h"

namespace corscope::servlet {

int defaultPort(QByteArrayView scheme)
{
    if (scheme == "http" || scheme == "ws")
        return 80;
    return scheme == "https" || scheme == "wss" ? 443 : -1;
}

Address addressOf(const RequestMessage& request, const ServerConfig& server)
{
    const auto header = firstLine(request, "Host");
    if (!header)
        return {server.scheme, server.host, server.port};
    // The colon of a port comes behind the brackets of an IPv6 address.
    const auto colon = header->indexOf(':', header->lastIndexOf(']') + 1);
    if (colon < 0)
        return {server.scheme, *header, defaultPort(server.scheme)};
    return {server.scheme, header->left(colon), header->mid(colon + 1).toInt()};
}

std::optional<QByteArray> firstLine(const RequestMessage& request, const char* name)
{
    const auto lines = request.headers.values(name);
    return lines.isEmpty() ? std::nullopt : std::optional(lines.first());
}

QByteArray trimmed(const QByteArray& text)
{
    qsizetype start = 0;
    auto end = text.size();
    while (start < end && uchar(text[start]) <= ' ')
        ++start;
    while (end > start && uchar(text[end - 1]) <= ' ')
        --end;
    return text.mid(start, end - start);
}

} // namespace corscope::servlet
