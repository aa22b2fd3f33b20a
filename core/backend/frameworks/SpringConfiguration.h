#pragma once

#include "core/backend/StageCatalogue.h"
#include "core/backend/frameworks/SpringOrigin.h"

namespace corscope::spring {

/// Spring's CorsConfiguration after all its setters, and the path it was registered under.
struct Configuration
{
    bool before5 = false; ///< a version without patterns, without a check of `*` and with one line of Vary at most
    PathPattern path{"/**"};
    QByteArray pathText;
    bool anyOrigin = false;
    QList<QByteArray> origins;
    QList<QByteArray> patternTexts;
    std::vector<OriginPattern> patterns;
    bool anyMethod = false;
    QList<QByteArray> methods;
    bool anyHeader = false;
    QList<QByteArray> headers;
    QList<QByteArray> exposed;
    bool credentials = false;
    bool privateNetwork = false;
    std::optional<qint64> maxAge;
};
Result<Configuration> configurationOf(const StageSettings& settings);

/// A method that Spring 4 knows by name; others it takes for none at all.
bool isKnownMethod(const QByteArray& method);

} // namespace corscope::spring
