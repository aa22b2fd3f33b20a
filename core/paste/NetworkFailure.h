#pragma once

#include "core/paste/LevelledText.h"
#include "core/trace/Blocked.h"

#include <optional>
#include <vector>

namespace corscope::paste {

/// A report that no answer came, and why.
struct NetworkFailure
{
    Why why = Why::ConnectionRefused;
    bool onPreflight = false;
    TextRange range;
};

/// What Chromium calls it: "net::ERR_CONNECTION_RESET". Null for what is no failure of the network.
std::optional<Why> whyOfNetError(QByteArrayView code);

/// Every line in which curl itself reports a failure ("curl: (7) Failed to connect ..."), behind the mark of a comment as
/// well. Whose it is, the text around it tells.
std::vector<NetworkFailure> readCurlFailures(const QString& text);

} // namespace corscope::paste
