#pragma once

#include "core/base/Result.h"
#include "core/explain/Diagnosis.h"
#include "core/paste/Evidence.h"
#include "core/scenario/Scenario.h"
#include "core/trace/Outcome.h"

#include <QIODevice>

namespace corscope::paste {

/// A stretch of the text that looked like something, and could not be read.
struct Unread
{
    QString quote;     ///< its beginning
    TextPlace place;
    QString problem;   ///< one sentence; empty where it is only text
    bool operator==(const Unread&) const = default;
};

/// A bug report, read: the scenario in which it happens again, what in it is certain and what was taken for granted, and
/// the diagnosis.
struct PastedReport
{
    Scenario scenario;
    QList<Finding> certain;
    QList<Finding> guessed;
    QList<Unread> unread;
    explain::Diagnosis diagnosis;
    std::optional<ConsoleReport> console; ///< the line that the diagnosis is about
    std::optional<SendOutcome> outcome;   ///< of the scenario, run once
};

/// Reads what a developer has in the clipboard: console lines of any engine, fetch() calls, curl commands, headers, settings
/// of a framework, a HAR file; or several of these in one text. The error says what was expected where nothing of the kind
/// is there.
Result<PastedReport> readPasted(const QByteArray& text);
/// The same from a file, which may be a HAR file of any size.
Result<PastedReport> readPasted(QIODevice& device);

} // namespace corscope::paste
