#pragma once

#include "core/trace/Trace.h"

#include <QString>

namespace corscope::explain {

/// The engines whose wording is known: "chromium", "firefox", "webkit".
QList<QByteArray> consoleBrowsers();

/// What the developer's console says about one send, in the words of that engine (resources/spec/console.json, as
/// recorded); empty where it says nothing.
QString consoleText(const SendOutcome& outcome, const QByteArray& browser);

/// What the promise rejects with: all that script itself learns.
QString exceptionText(const SendOutcome& outcome, const QByteArray& browser);

} // namespace corscope::explain
