#pragma once

#include "core/advise/Proposal.h"

namespace corscope::advise {

/// What changes from one scenario to the other, place by place: stages with their settings and code, servers, pages,
/// calls. Both have the same actions, servers and pages.
std::vector<Difference> differencesBetween(const Scenario& before, const Scenario& after);

/// One line of a comparison: '-' was, '+' is, ' ' stays.
struct DiffLine
{
    char mark = ' ';
    QByteArray text;
    bool operator==(const DiffLine&) const = default;
};
/// The smallest change from one text to the other, line by line.
std::vector<DiffLine> lineDiff(const QByteArray& before, const QByteArray& after);

} // namespace corscope::advise
