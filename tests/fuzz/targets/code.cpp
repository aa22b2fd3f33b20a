#include "tests/fuzz/Target.h"

#include "core/backend/FrameworkDescription.h"
#include "core/backend/code/FrameworkCode.h"
#include "core/paste/FrameworkSnippet.h"

#include <QJsonDocument>

namespace corscope::fuzz {

/// The first line is the id of a framework, the rest the code in which it is set up.
void code(const QByteArray& input, Claims& claim)
{
    auto source = input;
    const auto* description = findFrameworkDescription(takeLine(source));
    if (!description) {
        static_cast<void>(paste::readFrameworkSnippet(QString::fromUtf8(input)));
        return;
    }
    const auto settings = readCode(*description, source);
    if (!settings)
        return;
    const auto whole = description->completed(*settings);
    if (!whole) // read as it stands there, and refused as the framework refuses it
        return;
    const auto written = codeText(writtenCode(*description, *whole));
    const auto again = readCode(*description, written);
    claim(again.ok(), "settings that were written as code can be read",
          written + (again ? QByteArray() : again.error().sentence().toUtf8()));
    if (!again)
        return;
    const auto both = description->completed(*again);
    claim(both.ok() && *both == *whole, "and are the same",
          QJsonDocument(*whole).toJson(QJsonDocument::Compact) + '\n' + written + '\n'
              + (both ? QJsonDocument(*both).toJson(QJsonDocument::Compact) : both.error().sentence().toUtf8()));
}

} // namespace corscope::fuzz
