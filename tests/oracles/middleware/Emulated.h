#pragma once

#include "core/backend/ServerConfig.h"
#include "tests/oracles/middleware/MiddlewareRecording.h"

#include <functional>

namespace corscope::oracles {

/// A configuration as servers of ours.
struct Wiring
{
    std::vector<StageConfig> pipeline;
    /// Where the middleware was put on some routes only: which requests pass through `pipeline`; empty: all.
    std::function<bool(const RequestMessage&)> covered;
    std::vector<StageConfig> elsewhere; ///< what the others pass through
    std::vector<RouteConfig> application = {}; ///< in place of the row's; empty: that one
    /// An application that computes its answers: its routes for one request, in place of `application`.
    std::function<std::vector<RouteConfig>(const RequestMessage&)> applicationFor = {};
};

/// One row per framework and version that we emulate: how its recordings become servers of ours.
struct Emulated
{
    const char* recorded;  ///< the recording's framework
    const char* release;   ///< what the recording's version starts with
    const char* framework; ///< id of our description
    const char* version;   ///< of our emulation
    /// The application that stood behind the middleware, as routes.
    std::vector<RouteConfig> (*application)();
    /// The stages around it. \param cors the middleware with the recorded settings. An error says what is not emulated.
    Result<Wiring> (*wired)(const RecordedConfig& config, const StageConfig& cors);
    /// Whether the middleware wrote that body; only such are compared.
    bool (*isOwnBody)(const ResponseMessage& recorded);
    /// Why an answer differs on purpose; empty where it must not.
    QString (*onPurpose)(const RecordedConfig& config, const RecordedRequest& request);
    bool keepsTrailingSpace = false; ///< the server below the middleware hands header values on untrimmed
    Order lists = Order::Counts;     ///< of what the middleware lists
};

const std::vector<Emulated>& emulated();
/// Null where the framework is not emulated.
const Emulated* findEmulated(const MiddlewareRecording& recording);

// What rows share.

/// "app" of the recording says something that no row knows.
InputError unknownWiring(const RecordedConfig& config);
StageConfig errorHandlerStage();
StageConfig authStage();
StageConfig rawHeadersStage(const HeaderList& headers);
bool noOwnBody(const ResponseMessage& recorded);
QString nothingOnPurpose(const RecordedConfig& config, const RecordedRequest& request);

std::vector<RouteConfig> starletteApplication();
std::vector<RouteConfig> fastApiApplication();
Result<Wiring> starletteWiring(const RecordedConfig& config, const StageConfig& cors);
bool isStarletteBody(const ResponseMessage& recorded);

std::vector<RouteConfig> expressApplication();
Result<Wiring> expressWiring(const RecordedConfig& config, const StageConfig& cors);
QString expressOnPurpose(const RecordedConfig& config, const RecordedRequest& request);

// The other frameworks of Node.js; most of them differ in the application only.
std::vector<RouteConfig> fastifyApplication();
std::vector<RouteConfig> koaApplication();
std::vector<RouteConfig> honoApplication();
std::vector<RouteConfig> hapiApplication();
std::vector<RouteConfig> h3Application();
std::vector<RouteConfig> middyApplication();
std::vector<RouteConfig> microApplication();
Result<Wiring> fastifyWiring(const RecordedConfig& config, const StageConfig& cors);
Result<Wiring> nodeWiring(const RecordedConfig& config, const StageConfig& cors);
Result<Wiring> hapiWiring(const RecordedConfig& config, const StageConfig& cors);
QString fastifyOnPurpose(const RecordedConfig& config, const RecordedRequest& request);
QString koaOnPurpose(const RecordedConfig& config, const RecordedRequest& request);
QString hapiOnPurpose(const RecordedConfig& config, const RecordedRequest& request);
bool isFastifyBody(const ResponseMessage& recorded);
bool isHapiBody(const ResponseMessage& recorded);

std::vector<RouteConfig> flaskApplication();
Result<Wiring> flaskWiring(const RecordedConfig& config, const StageConfig& cors);
QString flaskOnPurpose(const RecordedConfig& config, const RecordedRequest& request);

std::vector<RouteConfig> djangoApplication();
Result<Wiring> djangoWiring(const RecordedConfig& config, const StageConfig& cors);
std::vector<RouteConfig> aiohttpApplication();
Result<Wiring> aiohttpWiring(const RecordedConfig& config, const StageConfig& cors);
bool isAiohttpBody(const ResponseMessage& recorded);
std::vector<RouteConfig> falconApplication();
Result<Wiring> falconWiring(const RecordedConfig& config, const StageConfig& cors);
std::vector<RouteConfig> rackApplication();
Result<Wiring> rackWiring(const RecordedConfig& config, const StageConfig& cors);
std::vector<RouteConfig> phpApplication();
Result<Wiring> laravelWiring(const RecordedConfig& config, const StageConfig& cors);
Result<Wiring> phpWiring(const RecordedConfig& config, const StageConfig& cors);

std::vector<RouteConfig> goApplication();
std::vector<RouteConfig> ginApplication();
std::vector<RouteConfig> echoApplication();
/// For go-chi/cors, too.
Result<Wiring> rsCorsWiring(const RecordedConfig& config, const StageConfig& cors);
Result<Wiring> ginWiring(const RecordedConfig& config, const StageConfig& cors);
Result<Wiring> echoWiring(const RecordedConfig& config, const StageConfig& cors);
Result<Wiring> gorillaWiring(const RecordedConfig& config, const StageConfig& cors);
Result<Wiring> jub0bsWiring(const RecordedConfig& config, const StageConfig& cors);

std::vector<RouteConfig> jettyApplication();
Result<Wiring> jettyWiring(const RecordedConfig& config, const StageConfig& cors);
/// As Jetty's, and it fails with an exception where that one answers 500.
std::vector<RouteConfig> tomcatApplication();
Result<Wiring> springWiring(const RecordedConfig& config, const StageConfig& cors);
bool isSpringBody(const ResponseMessage& recorded);
Result<Wiring> tomcatWiring(const RecordedConfig& config, const StageConfig& cors);

Result<Wiring> nginxWiring(const RecordedConfig& config, const StageConfig& cors);
Result<Wiring> apacheWiring(const RecordedConfig& config, const StageConfig& cors);
Result<Wiring> caddyWiring(const RecordedConfig& config, const StageConfig& cors);
Result<Wiring> haproxyWiring(const RecordedConfig& config, const StageConfig& cors);

} // namespace corscope::oracles
