#pragma once

#include "core/base/Result.h"
#include "core/scenario/Scenario.h"

namespace corscope {

/// The one place that knows the `.corscope` format (resources/docs/scenario-format.md).
namespace scenariofile {

/// \param name what an error calls the file.
Result<Scenario> parse(const QByteArray& json, const QString& name);
/// Canonical text: parse(serialize(s)) == s, and serialize(parse(text)) == text for text that serialize() wrote.
QByteArray serialize(const Scenario& scenario);

Result<Scenario> load(const QString& path);
/// The bytes of a file that may be a scenario: it can be read, and is of a sensible size.
Result<QByteArray> read(const QString& path);
/// Writes the whole file or nothing.
Result<Done> save(const Scenario& scenario, const QString& path);

/// The scenario with one setting replaced (what a ChangeAction does).
Result<Scenario> changed(const Scenario& scenario, const ChangeAction& change);

/// The scenario with these changes made to the file itself, in this order: pages, servers and actions.
Result<Scenario> edited(const Scenario& scenario, const std::vector<ChangeAction>& edits);
/// The scenario as the paths of changes lead into it: as the file has it, and with empty settings where a stage has none.
QJsonObject completeForm(const Scenario& scenario);

/// A scenario that comes with the program.
struct LibraryEntry
{
    QString id;   ///< file name without its extension
    QString path; ///< ":/scenarios/..."
};
/// The library, in its reading order; the first is what opens first.
QList<LibraryEntry> library();

} // namespace scenariofile
} // namespace corscope
