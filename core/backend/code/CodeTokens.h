#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QJsonValue>
#include <vector>

namespace corscope::code {

/// A word of source code, as far as calls and literals need it.
struct Token
{
    enum class Kind { Name, String, Pattern, Number, Punctuation, End };
    Kind kind = Kind::End;
    QByteArray text;              ///< as written; of a string: its opening, for messages
    QString value;                ///< of a string or a pattern: what it stands for
    QByteArray flags;             ///< of a pattern
    int line = 0;                 ///< from 1
    bool startsStatement = false; ///< first on its line, outside of brackets
};

/// An option of a call and the literal it is given.
struct Argument
{
    QByteArray name;
    QJsonValue value;
    int line = 0; ///< from 1
    bool setter = false; ///< a call of its own behind the settings: `mw.SetDebug(true)`
};

/// "line 5"
QString linePlace(int line);

/// A string literal in double quotes, with the escapes that Python and JavaScript share.
QByteArray quoted(const QString& text);

/// Appends the character of that hexadecimal number; false where it is none.
bool appendCharacter(QString& text, const QString& hexadecimal);

} // namespace corscope::code
