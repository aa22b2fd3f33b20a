#pragma once

#include "core/advise/Proposal.h"

namespace corscope::advise {

/// Something that could go and the verdict on the send would be the same.
struct Superfluous
{
    enum class Kind { RequestHeader, ResponseHeader, Setting, Stage };
    Kind kind = Kind::Setting;
    QString name;                    ///< "Content-Type", "allow_headers"
    QString where;                   ///< the stage or route it belongs to; empty for a header of the request
    std::vector<ChangeAction> edits; ///< that take it away
    bool operator==(const Superfluous&) const = default;
};

/// Each is superfluous by itself: without two of them at once the verdict may be another.
std::vector<Superfluous> superfluous(const Scenario& scenario, int action);

/// The smallest scenario, found by leaving out what can be left out, in which that send fails for the same reason (or
/// is allowed as it was). It is the last action of the result.
Scenario minimised(const Scenario& scenario, int action);

} // namespace corscope::advise
