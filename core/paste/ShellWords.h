#pragma once

#include "core/base/Result.h"

#include <QStringList>

namespace corscope::paste {

/// One command of a shell, cut into its words.
struct ShellCommand
{
    QStringList words;
    qsizetype end = 0; ///< where the command ends in the text
};

/// A command as sh, bash and zsh read it: '..', "..", $'..', a backslash before the end of a line.
Result<ShellCommand> posixCommand(const QString& text, qsizetype from);
/// A command as cmd.exe and then the program itself read it: ^ before a sign or the end of a line, "..", \".
Result<ShellCommand> windowsCommand(const QString& text, qsizetype from);
/// Whether the command that begins there is written for cmd.exe.
bool looksLikeWindows(const QString& text, qsizetype from);

} // namespace corscope::paste
