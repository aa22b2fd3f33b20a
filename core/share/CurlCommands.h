#pragma once

#include "core/share/Exchanges.h"

namespace corscope::share {

enum class Shell { Posix, Windows };

/// One word as the shell hands it on unchanged. Bytes no shell takes in a word (NUL) are left out; of cmd.exe also line
/// breaks.
QByteArray shellWord(const QByteArray& word, Shell shell);

/// One request as a curl command, with every header that the browser sent but those of the connection. Gives up when
/// the page does.
QByteArray curlCommand(const Exchange& exchange, const FetchCall& call, Shell shell);

/// Preflight and request of one send as commands that can be run as they stand, the simulated answers beside them in
/// comments, as curl -i would print them, and what the console says.
QByteArray curlCommands(const SharedSend& send, Shell shell);

} // namespace corscope::share
