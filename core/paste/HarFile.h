#pragma once

#include "core/base/Result.h"
#include "core/paste/PastedRequest.h"

#include <QIODevice>

#include <optional>

namespace corscope::paste {

/// A request in a HAR file, with the preflight that went before it.
struct HarExchange
{
    PastedRequest request;
    std::optional<PastedAnswer> answer;    ///< null where none came, or the browser did not note it
    std::optional<PastedAnswer> preflight;
    QByteArray error;                      ///< "net::ERR_FAILED", as Chromium notes it
    QByteArray preflightError;
    QString comment;                       ///< of whoever wrote the file: perhaps what the console said
    Milliseconds duration{0};
};

/// The requests in a HAR file that went to another origin, in order, each joined with its preflight. Streams: a file of
/// any size needs memory for these alone.
Result<std::vector<HarExchange>> readHarFile(QIODevice& device);

/// The one that a bug report is about: of that address; else the first that failed; else the last.
/// Null where there is none. \param url may be empty
const HarExchange* chosenExchange(const std::vector<HarExchange>& exchanges, const QByteArray& url);

/// Whether this text can only be a HAR file.
bool looksLikeHarFile(const QByteArray& beginning);

} // namespace corscope::paste
