#pragma once

#include "core/backend/StageCatalogue.h"
#include "core/backend/frameworks/PythonSequence.h"

#include <QRegularExpression>

namespace corscope::django {

/// The two parts of an address that django-cors-headers compares.
struct Site
{
    QByteArray scheme; ///< lower case
    QByteArray host;   ///< with the port, as written
    QByteArray rest;   ///< path, query and fragment
    bool operator==(const Site& other) const { return scheme == other.scheme && host == other.host; }
};
/// urllib.parse.urlsplit(); none where it raises (brackets that do not pair).
std::optional<Site> urlSplit(const QByteArray& url);

/// A pattern, or none where re.match would raise.
struct Pattern
{
    QByteArray text;
    std::optional<QRegularExpression> regex;

    explicit Pattern(const QString& written);
    bool fits(const QByteArray& value) const;
};

struct Settings
{
    PythonSequence allowedOrigins;
    QList<Site> sites; ///< of allowedOrigins
    std::vector<Pattern> patterns;
    bool allowAll = false;
    bool allowCredentials = false;
    QByteArray methods;       ///< as sent
    QByteArray headers;       ///< as sent
    QByteArray exposeHeaders; ///< as sent
    QByteArray maxAge;        ///< empty: not sent
    bool allowPrivateNetwork = false;
    Pattern urls;
    QList<QByteArray> signalPaths; ///< how the paths begin for which the signal's receiver says yes

    // what versions differ in
    bool credentialsToAll = false; ///< Access-Control-Allow-Credentials also for an origin that is not allowed
    bool lowerCase = false;        ///< header names
};

/// The settings, or what the system checks have against them.
Result<Settings> settings(const StageSettings& settings);

} // namespace corscope::django
