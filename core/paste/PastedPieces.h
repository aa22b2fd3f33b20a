#pragma once

#include "core/paste/Evidence.h"
#include "core/paste/PastedReport.h"

namespace corscope::paste {

/// Everything in a text that could be read, piece by piece.
struct PastedPieces
{
    QList<ConsoleReport> console;
    std::vector<PastedRequest> requests;
    std::vector<PastedAnswer> answers;
    std::optional<FrameworkSnippet> snippet;
    std::vector<NetworkFailure> failures;
    QList<Unread> unread;
    bool isEmpty() const { return console.isEmpty() && requests.empty() && answers.empty() && !snippet; }
};

/// Splits a text into what it consists of.
PastedPieces readPieces(const QString& pasted);

/// The pieces that speak of one failure, taken together.
Evidence combined(const PastedPieces& pieces);

} // namespace corscope::paste
