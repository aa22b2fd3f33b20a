#include "core/fetch/Response.h"

using namespace Qt::StringLiterals;

namespace corscope {

Response Response::networkError(Blocked blocked)
{
    Response response;
    response.type = Type::Error;
    response.status = 0;
    response.blocked = std::move(blocked);
    return response;
}

QByteArray toBytes(Response::Type type)
{
    switch (type) {
    case Response::Type::Basic: return "basic"_ba;
    case Response::Type::Cors: return "cors"_ba;
    case Response::Type::Default: return "default"_ba;
    case Response::Type::Error: return "error"_ba;
    case Response::Type::Opaque: return "opaque"_ba;
    case Response::Type::OpaqueRedirect: return "opaqueredirect"_ba;
    }
    return {};
}

Why whyOf(BodyError error)
{
    switch (error) {
    case BodyError::Reset: return Why::ConnectionReset;
    case BodyError::Malformed: return Why::MalformedResponse;
    case BodyError::TimedOut: return Why::TimedOut;
    case BodyError::Closed:
    case BodyError::None: break;
    }
    return Why::ConnectionClosed;
}

} // namespace corscope
