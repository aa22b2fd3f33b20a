#pragma once

#include "core/base/Result.h"
#include "core/scenario/Scenario.h"
#include "core/trace/Trace.h"

#include <QString>

#include <optional>

/// A scenario and what happened in it, in a form that others can read: the one table of what there is.
namespace corscope::share {

enum class Format { Html, Markdown, Mermaid, Svg, Curl, CurlCmd, Har, Fetch, Link, Corscope };

struct FormatInfo
{
    Format format;
    QByteArray id;        ///< of the command line: "curl-cmd"
    QString title;        ///< "curl commands for cmd.exe"
    QString purpose;      ///< one sentence: what it is good for
    QString fileName;     ///< a name to save it under: "corscope-report.html"
    bool ofOneSend;       ///< needs a send; else it is of the whole scenario
};

/// In the order in which they are offered.
const std::vector<FormatInfo>& formats();
const FormatInfo& infoOf(Format format);
std::optional<Format> formatFromId(QByteArrayView id);

/// \param trace of the scenario. \param action index of the send that it is about; -1: sharedAction().
/// The error says what the scenario lacks for that format.
Result<QByteArray> shared(Format format, const Scenario& scenario, const Trace& trace, int action = -1);

} // namespace corscope::share
