#pragma once

#include "core/backend/StageCatalogue.h"

#include <optional>

namespace corscope::aiohttp {

/// A list of names, or "*" for all of them.
struct Names
{
    bool all = false;
    QList<QByteArray> list;
    bool contains(const QByteArray& name) const { return all || list.contains(name); }
    QByteArray text() const;
};

/// aiohttp_cors.ResourceOptions
struct ResourceOptions
{
    bool allowCredentials = false;
    Names exposeHeaders;
    Names allowHeaders;                ///< upper case
    std::optional<Names> allowMethods; ///< upper case; none: those of the routes that were added
    QByteArray maxAge;                 ///< empty: not sent
};

/// A route that cors.add() was called with.
struct AddedRoute
{
    QByteArray method; ///< "*": every method of the path
    QByteArray path;   ///< "*": every path
};

struct Settings
{
    std::vector<std::pair<QByteArray, ResourceOptions>> origins; ///< "*" is everyone
    std::vector<AddedRoute> added;
    bool onRoutes = false; ///< the origins were given with each route, not as defaults
    QByteArray originList; ///< for people

    const ResourceOptions* optionsFor(const QByteArray& origin) const;
};

Result<Settings> settings(const StageSettings& settings);

} // namespace corscope::aiohttp
