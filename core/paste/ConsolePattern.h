#pragma once

#include "core/paste/LevelledText.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <optional>
#include <vector>

namespace corscope::paste {

/// One wording of an engine's console, to be read: literal parts and named gaps between them.
struct ConsolePattern
{
    struct Part
    {
        bool gap = false;
        QString text; ///< levelled; of a gap its name
    };
    QByteArray engine;
    QByteArray key;        ///< id of what it says; empty of a line that only goes with another
    QByteArray code;       ///< the engine's own class
    QByteArray initiator;  ///< where the wording implies it
    bool preflight = false;
    bool isError = false;  ///< stands behind method and address, or behind "Failed to load resource:"
    std::vector<Part> parts;

    const QString& anchor() const { return parts.front().text; } ///< the literal it begins with
};

struct ConsoleMatch
{
    const ConsolePattern* pattern = nullptr;
    qsizetype from = 0; ///< in the levelled text
    qsizetype to = 0;
    qsizetype literal = 0; ///< characters that were matched as they are: how sure it is
    QHash<QString, QString> gaps; ///< as pasted
};

/// All wordings: those of resources/spec/console.json, and what resources/spec/console-reading.json adds to be read.
/// Frames may be cut off in front.
const std::vector<ConsolePattern>& consolePatterns();

/// The pattern at this place, if it fits. \param limit the levelled text counts up to here
std::optional<ConsoleMatch> matched(const ConsolePattern& pattern, const LevelledText& text, qsizetype at, qsizetype limit);

} // namespace corscope::paste
