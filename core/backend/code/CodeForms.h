#pragma once

#include "core/backend/code/CodeTokens.h"
#include "core/backend/code/FrameworkCode.h"

namespace corscope::code {

/// Settings that are not written as one call with an argument for each option: how else, and how they are read back.
struct CodeForm
{
    const char* name; ///< as descriptions call it
    std::vector<CodeLine> (*write)(const FrameworkDescription& description, const QJsonObject& settings);
    Result<std::vector<Argument>> (*read)(const FrameworkDescription& description, const QByteArray& code);
};

/// Null where a description names none.
const CodeForm* findCodeForm(const QByteArray& name);

// One file for each.

extern const CodeForm djangoSettings;
extern const CodeForm aiohttpSetup;
extern const CodeForm rackBlock;
extern const CodeForm phpHeader;

/// What was written for an option; undefined where it is its default.
QJsonValue writtenValue(const FrameworkDescription& description, const QJsonObject& settings, const char* option);
/// The lines as they are, of no option.
void append(std::vector<CodeLine>& lines, std::initializer_list<const char*> texts, const char* option = "");

} // namespace corscope::code
