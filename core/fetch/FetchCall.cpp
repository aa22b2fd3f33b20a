#include "core/fetch/FetchCall.h"

#include "core/url/Url.h"

namespace corscope {

QByteArray PageConfig::origin() const
{
    if (originKind != OriginKind::Tuple)
        return "null";
    // NB: a policy that sandboxes the document takes this away again; see clientOf().
    const auto port = defaultPort(scheme) == this->port ? std::nullopt : std::optional(this->port);
    return Origin::tuple(scheme, host, port).serialized();
}

} // namespace corscope
