#pragma once

#include "core/paste/ConsoleReport.h"
#include "core/paste/FrameworkSnippet.h"
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
    bool unanswered = false; ///< a recording says that no answer came
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

struct Findings
{
    QList<Finding> certain;
    QList<Finding> guessed;
};

} // namespace corscope::paste
