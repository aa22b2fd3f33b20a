#pragma once

#include "core/paste/LevelledText.h"
#include "core/trace/Blocked.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace corscope::paste {

/// What a browser's console said of one failed request, read back from its text.
struct ConsoleReport
{
    QByteArray engine;        ///< "chromium", "firefox", "webkit"
    QByteArray key;           ///< id of an Explanation: "missing-allow-origin", "content-security-policy"
    QByteArray code;          ///< the engine's own class: "PreflightInvalidStatus", "CORSMissingAllowOrigin"; WebKit has none
    std::optional<Why> why;   ///< null where the sandbox has no such reason
    bool preflight = false;
    bool echoed = false;      ///< Firefox said afterwards that the request did not succeed: it had two parts
    bool ambiguous = false;   ///< the engine uses the same words for other reasons as well
    QByteArray initiator;     ///< "fetch", "XMLHttpRequest", "script"; empty where not said
    QByteArray method;        ///< where the line says it
    QByteArray url;
    QByteArray firstUrl;      ///< where it was redirected from
    QByteArray target;        ///< where a redirect would have led
    QByteArray origin;
    QByteArray page;
    QByteArray announced;     ///< the address space that the call said
    QByteArray value;         ///< the offending value, as bytes
    int status = 0;
    TextRange range;          ///< in the pasted text
};

/// Every message of a console in the text, in order, those that belong together as one. Reads the first mebibyte.
QList<ConsoleReport> readConsole(const QString& pasted);

} // namespace corscope::paste
