#pragma once

#include "core/backend/Stage.h"

namespace corscope {

/// The last link: routes and their handlers, chosen as FastAPI chooses. The first route whose path and method fit
/// runs; a known path with another method is 405, an unknown path 404. HEAD is a method like any other.
class Routes final : public Stage
{
public:
    explicit Routes(const std::vector<RouteConfig>& routes) : m_routes(routes) {}
    QString title() const override;
    Algorithm algorithm() const override { return Algorithm::Route; }
    StageAnswer handle(const RequestMessage& request, StageContext& context) const override;

private:
    std::vector<RouteConfig> m_routes;
};

} // namespace corscope
