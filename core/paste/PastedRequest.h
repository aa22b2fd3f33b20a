#pragma once

#include "core/fetch/FetchCall.h"
#include "core/paste/LevelledText.h"

#include <QStringList>

namespace corscope::paste {

/// A request found in pasted text: a call of fetch(), a curl command, a message as it crossed the wire.
struct PastedRequest
{
    FetchCall call;
    QByteArray pageOrigin;  ///< serialised; empty where nothing says it
    QByteArray pageUrl;     ///< the referrer; empty where nothing says it
    bool isPreflight = false; ///< an OPTIONS that asks for permission
    bool hasCredentials = false; ///< a cookie went along
    QList<QByteArray> addedByBrowser; ///< names of headers that a page does not set
    QStringList guesses;    ///< what had to be taken for granted, each a sentence
    TextRange range;
};

/// An answer found in pasted text, as far as its header.
struct PastedAnswer
{
    int status = 200;
    bool statusSaid = false;
    HeaderList headers;
    QByteArray method;      ///< of the request it belongs to; empty where not known
    QByteArray url;
    TextRange range;
};

/// Sorts the headers of a recorded request into those that a page sets, which stay in the call, and what the browser adds:
/// origin and referrer name the page, a cookie stands for credentials, the rest is only named.
void takeOverBrowserHeaders(PastedRequest& request);

} // namespace corscope::paste
