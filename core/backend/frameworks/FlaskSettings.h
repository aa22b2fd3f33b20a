#pragma once

#include "core/backend/StageCatalogue.h"

#include <QRegularExpression>

namespace corscope::flask {

/// A string that Flask-CORS holds something against. What looks like a regular expression is one; the rest is compared
/// as a whole. Letters in any case, except in paths since 6.0.
struct Matcher
{
    QByteArray text;
    bool isRegex = false;
    std::optional<QRegularExpression> regex; ///< none where Python would refuse it: it then fits nothing

    explicit Matcher(const QByteArray& written);
    bool fits(const QByteArray& value) const;
};

/// The options that hold for some paths.
struct Resource
{
    Matcher path;
    std::vector<Matcher> origins;
    bool anyOrigin = false; ///< "*" is among them
    QByteArray methods;     ///< as sent
    std::vector<Matcher> allowHeaders;
    QByteArray exposeHeaders;
    bool supportsCredentials = false;
    bool sendWildcard = false;
    QByteArray maxAge; ///< empty: not sent
    bool varyHeader = true;
    bool alwaysSend = true;
    bool allowPrivateNetwork = false;
    bool knowsPrivateNetwork = false; ///< whether the version answers the question at all
};

/// In the order in which they are tried.
Result<std::vector<Resource>> resources(const StageSettings& settings);

} // namespace corscope::flask
