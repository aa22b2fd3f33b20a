#pragma once

#include "core/backend/StageCatalogue.h"
#include "core/backend/frameworks/GoPackage.h"

#include <QRegularExpression>

namespace corscope {

/// cors.Config of gin-contrib/cors, as cors.New() prepares it.
struct GinSettings
{
    bool allOrigins = false;
    QList<QByteArray> origins; ///< lower case, each once
    std::vector<QRegularExpression> patterns;
    struct Wildcard
    {
        QByteArray prefix, suffix;
    };
    std::vector<Wildcard> wildcards;
    go::OriginFunction function = go::OriginFunction::None;
    go::OriginFunction contextFunction = go::OriginFunction::None;
    QByteArray methods;
    QByteArray headers;
    QByteArray exposed;
    QByteArray maxAge; ///< empty: not sent
    bool credentials = false;
    bool privateNetwork = false;
    int status = 204;

    /// What cors.New() panics about is refused in its words.
    static Result<GinSettings> parse(const StageSettings& settings);
};

} // namespace corscope
