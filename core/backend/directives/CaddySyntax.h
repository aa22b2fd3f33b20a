#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QList>
#include <vector>

namespace corscope {

/// One line of a Caddyfile with the block behind it.
struct CaddyLine
{
    QList<QByteArray> words; ///< without their quotes; empty for a block without a name
    bool hasBlock = false;
    std::vector<CaddyLine> block;
    int number = 1; ///< of the line, counted from 1

    QByteArray word(qsizetype i) const { return words.value(i); }
};

/// Reads a text; errors name the line.
Result<std::vector<CaddyLine>> parseCaddyfile(const QByteArray& text);

} // namespace corscope
