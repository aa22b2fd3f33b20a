#pragma once

#include "core/http/HeaderList.h"
#include "core/url/AddressSpace.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <vector>

namespace corscope {

/// One link of a server's pipeline, as the user sets it.
struct StageConfig
{
    QByteArray kind;          ///< "cors", "raw-headers", "auth" ...: a kind known to the stage catalogue
    QByteArray framework;     ///< for "cors": id of a framework description ("fastapi")
    QByteArray version;       ///< of the framework; empty: its default version
    bool enabled = true;
    QJsonObject settings;     ///< by the stage's own option names; what is absent has the option's default
    bool operator==(const StageConfig&) const = default;
};

/// What a server does with a method on a path.
struct RouteConfig
{
    QByteArray method = "GET"; ///< "*" for any
    QByteArray path = "/";     ///< exact, or with a trailing "*"
    int status = 200;
    HeaderList headers;
    QByteArray body;
    QByteArray effect;         ///< a line for the ledger, e.g. "pen saved"; empty where it only reads
    bool raises = false;       ///< the handler runs and then fails with an exception, which the server turns into a 500
    bool operator==(const RouteConfig&) const = default;
};

/// A mock server: an address and a pipeline in front of its routes, outermost stage first.
struct ServerConfig
{
    QByteArray id;
    QByteArray scheme = "http";
    QByteArray host = "localhost";
    quint16 port = 80;
    std::vector<StageConfig> pipeline;
    std::vector<RouteConfig> routes;
    std::optional<AddressSpace> addressSpace = std::nullopt; ///< null: by the host, see effectiveAddressSpace()
    bool operator==(const ServerConfig&) const = default;

    /// What was set; else of an IP address its own, and of a name loopback, where everything really runs.
    AddressSpace effectiveAddressSpace() const;
    QByteArray origin() const; ///< serialised, without a default port
};

} // namespace corscope
