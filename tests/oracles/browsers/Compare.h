#pragma once

#include "tests/oracles/browsers/Recording.h"

#include <QMap>

namespace corscope::oracles::browsers {

/// An observation, field by field in order of name, so that two can be held beside each other.
using Fields = QMap<QByteArray, QByteArray>;
Fields fieldsOf(const Observation& seen);

/// A field in which the simulated browser did not do what was expected of it.
struct Difference
{
    QByteArray field;
    QByteArray expected; ///< where engines differ from each other: all of them
    QByteArray found;
};

struct Comparison
{
    std::vector<Difference> differences;
    bool enginesDiffer = false; ///< in some field that was compared
};

/// \param profile the name of an engine: what that engine did. "standard": what all engines agree on; where they do
/// not, what at least one of them did.
Comparison compare(const RecordedCase& recorded, const Observation& ours, const QByteArray& profile);

} // namespace corscope::oracles::browsers
