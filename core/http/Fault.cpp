#include "core/http/Fault.h"

#include "core/http/Codec.h"

#include <algorithm>

namespace corscope {

namespace {

/// How many bytes more are announced than come.
constexpr qsizetype missingBytes = 500;

constexpr std::pair<Fault::Kind, const char*> ids[] = {
    {Fault::Kind::None, "none"},         {Fault::Kind::Reset, "reset"},
    {Fault::Kind::Close, "close"},       {Fault::Kind::Hang, "hang"},
    {Fault::Kind::Garbage, "garbage"},   {Fault::Kind::Truncate, "truncate"},
    {Fault::Kind::ResetBody, "reset-body"}, {Fault::Kind::BadChunk, "bad-chunk"},
};

bool hasBody(const RequestMessage& request, int status)
{
    return request.method != "HEAD" && status >= 200 && status != 204 && status != 304;
}

} // namespace

QByteArray faultId(Fault::Kind kind)
{
    const auto it = std::find_if(std::begin(ids), std::end(ids), [&](const auto& id) { return id.first == kind; });
    Q_ASSERT(it != std::end(ids));
    return it->second;
}

std::optional<Fault::Kind> faultFromId(QByteArrayView id)
{
    const auto it = std::find_if(std::begin(ids), std::end(ids), [&](const auto& each) { return id == each.second; });
    return it == std::end(ids) ? std::nullopt : std::optional(it->first);
}

void announceBrokenBody(Fault::Kind kind, const RequestMessage& request, ResponseMessage& response)
{
    if (!Fault{kind}.breaksBody() || !hasBody(request, response.status))
        return;
    if (kind == Fault::Kind::BadChunk) {
        response.headers.remove("content-length");
        response.headers.append("transfer-encoding", "chunked");
        response.bodyError = BodyError::Malformed;
        return;
    }
    response.headers.set("content-length", QByteArray::number(response.body.size() + missingBytes));
    response.bodyError = kind == Fault::Kind::Truncate ? BodyError::Closed : BodyError::Reset;
}

QByteArray faultyBytes(Fault::Kind kind, const ResponseMessage& response)
{
    if (kind == Fault::Kind::Garbage)
        return "what a printer says\r\n";
    if (kind == Fault::Kind::Reset || kind == Fault::Kind::Close || kind == Fault::Kind::Hang)
        return {};
    if (response.bodyError != BodyError::Malformed)
        return serialize(response);
    auto head = response;
    head.body.clear();
    auto bytes = serialize(head);
    if (!response.body.isEmpty()) // an empty chunk would be the end
        bytes += QByteArray::number(response.body.size(), 16) + "\r\n" + response.body + "\r\n";
    return bytes + "none\r\n";
}

} // namespace corscope
