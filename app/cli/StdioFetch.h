#pragma once

#include "app/cli/StdioMessage.h"
#include "app/cli/StdioNetwork.h"

namespace corscope::cli {

/// The page that a message names, as fetching and cookies see it.
Client readClient(const StdioFields& fields);

/// The request of a `fetch` message.
Request readRequest(const StdioFields& fields);

/// The `result` of a fetch that ran to its end.
QJsonObject toJson(const Response& response, const Request& request);
/// The `result` of a fetch that somebody aborted.
QJsonObject abortedResult();
/// `result.trace`, with what became of the fetch written to the exchange that decided it.
QJsonArray traceOf(const Response& response, StdioNetwork& network);

} // namespace corscope::cli
