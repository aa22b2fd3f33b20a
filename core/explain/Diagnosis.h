#pragma once

#include "core/explain/Explanations.h"
#include "core/trace/Trace.h"

namespace corscope::explain {

/// What a person wants to know of a failure, each a sentence or a few. The same words in window, command line and
/// reports.
struct Diagnosis
{
    QByteArray id;        ///< of the Explanation
    QString title;
    QString happened;     ///< stands alone
    QString detail;       ///< the reason with its values, as far as a run shows it
    QString more;
    QString blockedBy;
    QString serverDid;
    QString fixedBy;
    QString fix;
    QString otherTools;
    std::vector<Misconception> misconceptions;
};

/// Which explanation an outcome asks for: the one of its reason, or of a finer kind where status or answer tell (a 413
/// of a proxy, a preflight that met authentication).
QByteArray explanationId(const SendOutcome& outcome);

/// The diagnosis of one send.
Diagnosis diagnose(const SendOutcome& outcome);
/// The same, with the texts of a kind that is known otherwise; the reason with its values only where they are known too.
Diagnosis diagnose(const SendOutcome& outcome, const Explanation& explanation);
/// The diagnosis of a kind of failure that was not run.
Diagnosis diagnose(const Explanation& explanation);

} // namespace corscope::explain
