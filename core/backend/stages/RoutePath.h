#pragma once

#include "core/backend/ServerConfig.h"

namespace corscope {

/// Whether the route's path takes that path: the same, or begun by what stands before its `*`.
inline bool routeTakesPath(const RouteConfig& route, const QByteArray& path)
{
    return route.path.endsWith('*') ? path.startsWith(QByteArrayView(route.path).chopped(1)) : path == route.path;
}

} // namespace corscope
