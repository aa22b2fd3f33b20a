#pragma once

#include "core/trace/Place.h"

#include <QHash>
#include <QString>

namespace corscope {

/// The wording of every numbered rule, read from resources/spec/steps.json and from the "steps" of the descriptions in
/// resources/frameworks. Loaded once, then only read.
class Catalogue
{
public:
    struct Rule
    {
        QString text;
        QString title; ///< where the step is worth one of its own; else the algorithm's
        QString yes;   ///< what follows from a yes; empty where the step does not ask
        QString no;
    };
    struct Chapter
    {
        QString title;
        QString standard; ///< "Fetch"; empty for rules of a stage
        QString section;  ///< "4.10"
        QString url;      ///< of the algorithm
        QHash<QByteArray, Rule> rules;
    };

    static const Catalogue& instance();

    const Chapter* chapter(Algorithm algorithm) const;
    const Rule* rule(const Place& place) const;
    QByteArray commit() const { return m_commit; } ///< of the standard the numbers were taken from
    const QHash<QByteArray, Chapter>& chapters() const { return m_chapters; }

private:
    Catalogue();
    QHash<QByteArray, Chapter> m_chapters;
    QByteArray m_commit;
};

} // namespace corscope
