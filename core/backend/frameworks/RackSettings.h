#pragma once

#include "core/backend/StageCatalogue.h"

#include <QRegularExpression>

namespace corscope::rack {

/// An origin of an `allow` block: a text that is compared, or a pattern.
struct Origin
{
    QByteArray text;
    std::optional<QRegularExpression> regex;
    bool fits(const QByteArray& origin) const;
};

/// One `resource` line.
struct Resource
{
    QByteArray path; ///< as written
    QRegularExpression pattern;
    QList<QByteArray> methods; ///< lower case
    bool anyHeaders = false;
    QList<QByteArray> headers; ///< lower case
    QByteArray expose;         ///< as sent
    QByteArray maxAge;
    bool credentials = false;
    QList<QByteArray> vary;

    bool fits(const QByteArray& requestPath) const;
};

/// One `allow` block.
struct Block
{
    std::vector<Origin> origins;
    bool isPublic = false; ///< "*" is among them
    std::vector<Resource> resources;
};

/// The blocks in their order.
Result<std::vector<Block>> blocks(const StageSettings& settings);

} // namespace corscope::rack
