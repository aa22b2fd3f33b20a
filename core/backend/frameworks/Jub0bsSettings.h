#pragma once

#include "core/backend/StageCatalogue.h"
#include "core/backend/frameworks/Jub0bsOrigins.h"

namespace corscope {

/// cors.Config of jub0bs/cors, as cors.NewMiddleware() prepares it.
struct Jub0bsSettings
{
    bool anyOrigin = false;
    std::vector<jub0bs::OriginPattern> origins;
    QList<QByteArray> originTexts;
    bool credentialed = false;
    bool anyMethod = false;
    QList<QByteArray> methods; ///< beside those that need no permission
    bool anyRequestHeader = false;
    QList<QByteArray> requestHeaders; ///< lower case, sorted
    QByteArray requestHeadersValue;   ///< as sent where the names are not just handed back
    QByteArray responseHeaders;
    QByteArray maxAge; ///< empty: not sent
    bool debug = false;

    bool allowsAnyPreflight() const
    {
        return anyMethod || anyRequestHeader || !methods.isEmpty() || !requestHeaders.isEmpty();
    }

    /// What NewMiddleware() refuses is refused in its words, everything at once.
    static Result<Jub0bsSettings> parse(const StageSettings& settings);
};

} // namespace corscope
