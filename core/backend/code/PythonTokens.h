#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <vector>

namespace corscope::python {

/// A word of Python source, as far as calls and literals need it.
struct Token
{
    enum class Kind { Name, String, Number, Punctuation, End };
    Kind kind = Kind::End;
    QByteArray text;              ///< as written; of a string: its opening, for messages
    QString value;                ///< of a string: what it stands for
    int line = 0;                 ///< from 1
    bool startsStatement = false; ///< first on its line, outside of brackets
};

/// The words of the source, the last one End; comments and layout are left out.
Result<std::vector<Token>> tokens(const QByteArray& code);

} // namespace corscope::python
