#pragma once

#include "core/base/Result.h"
#include "core/fetch/FetchCall.h"

namespace corscope {

/// What cannot be read in a call written as code, and where: line and column from 1, length in characters.
struct CodeMistake
{
    int line = 1;
    int column = 1;
    int length = 1;
    QString sentence;
    bool operator==(const CodeMistake&) const = default;
};

/// The call as a page's author writes it, options that have their default left out: fetch(), with an AbortController
/// where it is given up, or an XMLHttpRequest.
QString callCode(const FetchCall& call);
/// The same as a call of fetch(), whatever makes it.
QString fetchCode(const FetchCall& call);

/// Reads such code exactly: what it does not understand is a mistake, never guessed. What that kind of call cannot say
/// (`timeout` of fetch(), `mode` of an XMLHttpRequest) is taken over from `before`.
Result<FetchCall, CodeMistake> readCallCode(const QString& code, const FetchCall& before);

} // namespace corscope
