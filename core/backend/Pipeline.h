#pragma once

#include "core/backend/Ledger.h"
#include "core/backend/Server.h"
#include "core/backend/Stage.h"

#include <functional>

namespace corscope {

/// A server's settings, made ready: its stages outermost first, its routes last. Immutable, so requests that run
/// while the settings change keep the one they started with.
class Pipeline
{
public:
    /// Errors carry a JSON path relative to the server ("pipeline[0].settings.allow_origins").
    static Result<std::shared_ptr<const Pipeline>> compile(const ServerConfig& config);

    const ServerConfig& config() const { return m_config; }

    using LedgerWriter = std::function<void(const LedgerEntry&)>;
    /// Sends a request through. The answer is the application's: what belongs to the connection (date, length, no body
    /// for HEAD) is added further out. Calls and answers between stages are recorded here, not by the stages.
    ServerAnswer run(const RequestMessage& request, Instant now, Recorder& recorder, const LedgerWriter& ledger) const;

    /// Declares the lanes of all stages and of the handler. \returns the one where requests arrive.
    int entryLane(Recorder& recorder) const;

private:
    struct Link
    {
        std::shared_ptr<const Stage> stage;
        Lane lane;
    };
    class Run;
    class Context;

    explicit Pipeline(const ServerConfig& config) : m_config(config), m_origin(config.origin()) {}
    ServerConfig m_config;
    QByteArray m_origin; ///< of the settings
    std::vector<Link> m_links; ///< enabled stages, then the routes
};

} // namespace corscope
