#include "core/network/ByteStream.h"

#include "core/network/PlainStream.h"
#include "core/network/QtStream.h"

namespace corscope {

std::unique_ptr<ByteStream> ByteStream::open(const Endpoint& endpoint, const Url& url, const TlsTrust& trust)
{
#ifdef Q_OS_UNIX
    if (url.scheme() != "https")
        return std::make_unique<PlainStream>(endpoint.address, endpoint.port);
#endif
    return std::make_unique<QtStream>(endpoint, url, trust);
}

} // namespace corscope
