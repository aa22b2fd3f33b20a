#pragma once

#include "core/callcode/CallCode.h"

#include <vector>

namespace corscope::callcode {

/// A word of JavaScript with its place, so that a mistake can be pointed at.
struct CallToken
{
    enum class Kind { Name, String, Number, Sign, End };
    Kind kind = Kind::End;
    QString text; ///< as written; of a string: its value
    qsizetype at = 0;
    qsizetype length = 0;
};

/// The words of the code, the last one End. Comments and layout are left out.
Result<std::vector<CallToken>, CodeMistake> callTokens(const QString& code);

/// Characters that an editor shows nothing of, though JavaScript takes them in a string as they are.
enum class Unseen { AsTheyAre, AsNumbers };
/// The text as a string of JavaScript. JSON.stringify() leaves unseen characters as they are.
QString inQuotes(const QString& text, QChar quote, Unseen unseen);

/// The mistake at that place of the code.
CodeMistake mistakeAt(const QString& code, qsizetype at, qsizetype length, const QString& sentence);

} // namespace corscope::callcode
