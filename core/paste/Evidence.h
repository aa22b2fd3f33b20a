#pragma once

#include "core/paste/ConsoleReport.h"
#include "core/paste/FrameworkSnippet.h"
#include "core/paste/NetworkFailure.h"
#include "core/paste/PastedRequest.h"

#include <optional>

namespace corscope::paste {

/// What a pasted text says of one failure, taken together.
struct Evidence
{
    std::optional<ConsoleReport> console;
    std::optional<PastedRequest> request;
    std::optional<PastedAnswer> answer;
    std::optional<PastedAnswer> preflight;
    std::optional<FrameworkSnippet> snippet;
    std::vector<PastedAnswer> further; ///< to other requests, which they name: of a redirect, or where one leads
    bool unanswered = false; ///< a recording says that no answer came
    std::optional<NetworkFailure> failure; ///< and why
    bool isEmpty() const { return !console && !request && !answer && !preflight && !snippet; }
};

/// Something that was read, or taken for granted, and what it rests on.
struct Finding
{
    QString what;
    QString reason;
    std::optional<TextPlace> place; ///< where it stands; null where it stands nowhere
    bool operator==(const Finding&) const = default;
};

/// Bytes as a finding shows them.
inline QString shown(const QByteArray& bytes) { return QString::fromUtf8(bytes); }

struct Findings
{
    QList<Finding> certain;
    QList<Finding> guessed;
};

} // namespace corscope::paste
