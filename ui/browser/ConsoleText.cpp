#include "ui/browser/ConsoleText.h"

#include "core/explain/Console.h"

namespace corscope {

QString consoleText(const Trace& trace, int action, const QByteArray& profile)
{
    if (action < 0 || size_t(action) >= trace.outcomes.size())
        return {};
    const auto* send = std::get_if<SendOutcome>(&trace.outcomes[size_t(action)]);
    if (!send)
        return {};
    // The standard has no console: the most common one speaks for it.
    const bool known = explain::consoleBrowsers().contains(profile);
    return explain::consoleText(*send, known ? profile : QByteArrayLiteral("chromium"));
}

} // namespace corscope
