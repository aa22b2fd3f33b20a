#pragma once

#include "core/backend/Ledger.h"
#include "core/trace/Trace.h"

#include <QList>

namespace corscope {

/// For every line of a server's access log the step of the run in which that request left the browser; -1 where it
/// belongs to an earlier run or to another program.
QList<int> stepsOfLog(const QList<AccessLogEntry>& log, const Trace& trace, const QByteArray& server);
/// The same for the lines of its ledger: the step in which the request went into the handler.
QList<int> stepsOfLedger(const QList<LedgerEntry>& ledger, const Trace& trace, const QByteArray& server);

} // namespace corscope
