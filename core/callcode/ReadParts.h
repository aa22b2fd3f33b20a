#pragma once

#include "core/callcode/CallWords.h"
#include "core/fetch/FetchCall.h"

/// The parts of a call, each read into it: every function returns whether it could.
namespace corscope::callcode {

/// The address that is called, as a text.
bool readAddress(CallWords& words, FetchCall& call);

/// `.abort(), 3000)` of the thing with that name (empty: there is none), behind `setTimeout(() => `.
bool readTimer(CallWords& words, const QString& name, std::optional<Milliseconds>& after);

/// A name and its value, behind each other.
bool readHeader(CallWords& words, HeaderList& headers);
/// All of them: an object, a list of pairs, or `new Headers` of one of them.
bool readHeaders(CallWords& words, HeaderList& headers);

/// The body, and by its kind its Content-Type.
bool readBody(CallWords& words, FetchCall& call);

/// What JSON.stringify() makes of the literal.
bool readJson(CallWords& words, QString& json);

/// What was written about an AbortController in front of the call.
struct AbortControl
{
    QString name; ///< empty where there is none
    std::optional<Milliseconds> aborts;
};
/// A call of fetch(), behind its name, up to the end of the code.
bool readFetch(CallWords& words, FetchCall& call, const AbortControl& control);

/// What is done with the XMLHttpRequest of that name, up to the end of the code.
bool readXhr(CallWords& words, FetchCall& call, const QString& name);

} // namespace corscope::callcode
