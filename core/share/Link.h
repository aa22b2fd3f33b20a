#pragma once

#include "core/base/Result.h"
#include "core/scenario/Scenario.h"

/// A whole scenario as one word, to be pasted into a chat, an issue or a command line. Only letters, digits, `-`, `_` and
/// `:`, so nothing along the way changes or breaks it:
///
///     corscope:1:<base64url of CRC-32 (four bytes, high first) and raw DEFLATE of the canonical file>
///
/// DEFLATE begins with a dictionary of the format's usual words, which belongs to version 1.
namespace corscope::share {

QByteArray scenarioLink(const Scenario& scenario);

/// Whether the text begins as a link does, blanks aside.
bool looksLikeLink(QByteArrayView text);

/// The scenario in a link. White space in it is passed over, as mail and terminals break long lines. What was cut off,
/// mistyped, or grows beyond a mebibyte is refused.
Result<Scenario> scenarioOfLink(QByteArrayView text);

/// The first link in a text; empty where there is none.
QByteArray findLink(const QByteArray& text);

} // namespace corscope::share
