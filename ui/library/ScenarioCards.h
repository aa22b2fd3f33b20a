#pragma once

#include "core/scenario/ScenarioFile.h"

#include <QStringList>

#include <vector>

namespace corscope {

/// What a reader looks a scenario up by.
struct ScenarioCard
{
    QString id;
    QString path;
    QString title;
    QString story;
    QString source;          ///< an address; empty where there is none
    QStringList topics;      ///< without the frameworks
    QStringList frameworks;  ///< as people call them
    QString symptom;         ///< what is seen first: why the first refused request is refused
    bool operator==(const ScenarioCard&) const = default;
};

namespace scenariocards {

/// Entries that cannot be read are left out.
std::vector<ScenarioCard> read(const QList<scenariofile::LibraryEntry>& entries);
/// Beginnings for a scenario of one's own, which come with the program.
QList<scenariofile::LibraryEntry> templates();

struct Filter
{
    QString words;     ///< looked for at the beginning of words, in any order
    QString topic;     ///< empty: any
    QString framework;
    QString symptom;
};
struct Found
{
    std::vector<int> cards;  ///< the best first; in the order of the library where nothing tells them apart
    bool everyWord = true;   ///< false: no scenario has all the words, these have most of them
};
Found search(const std::vector<ScenarioCard>& cards, const Filter& filter);

} // namespace scenariocards
} // namespace corscope
