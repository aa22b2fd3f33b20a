#pragma once

#include "core/backend/FrameworkDescription.h"

namespace corscope {

/// One line of generated code, and the option it sets (empty where none): so a form and its code can point at each
/// other.
struct CodeLine
{
    QByteArray text;
    QByteArray option;
    bool operator==(const CodeLine&) const = default;
};

/// The settings as a user of the framework writes them: what differs from the defaults, in the description's order.
/// Empty where the description has no code.
std::vector<CodeLine> writtenCode(const FrameworkDescription& description, const QJsonObject& settings);
QByteArray codeText(const std::vector<CodeLine>& lines);

/// The settings in pasted code. Only literals are understood, and variables that were given one further up. Errors
/// name the line ("line 5").
Result<QJsonObject> readCode(const FrameworkDescription& description, const QByteArray& code);

} // namespace corscope
