#include "core/backend/stages/Routes.h"

#include "core/backend/stages/RoutePath.h"
#include "core/base/Ascii.h"

#include <QCoreApplication>

namespace corscope {

QString Routes::title() const { return QCoreApplication::translate("Routes", "Route handler"); }

StageAnswer Routes::handle(const RequestMessage& request, StageContext& context) const
{
    auto& spec = context.spec();
    const auto path = request.path();
    const RouteConfig* route = nullptr;
    const RouteConfig* otherMethod = nullptr; // the first with that path: its method is what `allow` names
    for (const auto& candidate : m_routes) {
        if (!routeTakesPath(candidate, path))
            continue;
        if (!otherMethod)
            otherMethod = &candidate;
        if (candidate.method == "*" || candidate.method == request.method) {
            route = &candidate;
            break;
        }
    }

    // 1. Is there a route with this path?
    if (!spec.ask("1", otherMethod != nullptr, {{"path", path, std::nullopt}})) {
        ResponseMessage answer{
            404, reasonPhrase(404), {{"content-type", "application/json"}}, R"({"detail":"Not Found"})"};
        context.decide("1.1", Verdict::Failure, {{"path", path, std::nullopt}}, answer);
        return {answer};
    }

    // 2. Does it take this method?
    const auto methods = [&] {
        QList<QByteArray> found;
        for (const auto& candidate : m_routes) {
            if (routeTakesPath(candidate, path))
                found.append(candidate.method);
            if (&candidate == route)
                break;
        }
        return ascii::join(found, ", ");
    };
    if (!spec.ask("2", route != nullptr, {{"method", request.method, methods}})) {
        ResponseMessage answer{405,
                               reasonPhrase(405),
                               {{"allow", otherMethod->method}, {"content-type", "application/json"}},
                               R"({"detail":"Method Not Allowed"})"};
        context.decide("2.1", Verdict::Failure, {{"method", request.method, otherMethod->method}}, answer, "allow");
        return {answer};
    }

    // 3. The handler runs, whatever the browser will do with its answer.
    context.handlerRuns(request, route->effect);
    spec.effect("3",
                [&] { return route->effect.isEmpty() ? QByteArray("handler runs") : QByteArray("handler runs: " + route->effect); });

    // 4. Does it fail with an exception?
    if (route->raises) {
        spec.ask("4", true);
        return {{}, true};
    }

    // 5. Its answer.
    spec.let("5", "status", route->status);
    return {{route->status, reasonPhrase(route->status), route->headers, route->body}};
}

} // namespace corscope
