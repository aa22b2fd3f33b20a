#include "core/scenario/Scenario.h"

#include "core/url/Url.h"

namespace corscope {

QByteArray PageConfig::origin() const
{
    if (originKind != OriginKind::Tuple)
        return "null";
    const auto port = defaultPort(scheme) == this->port ? std::nullopt : std::optional(this->port);
    return Origin::tuple(scheme, host, port).serialized();
}

} // namespace corscope
