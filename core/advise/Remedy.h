#pragma once

#include "core/advise/Proposal.h"

#include <functional>

namespace corscope::advise {

/// One small change that may help. It is a guess until the scenario was run with it.
struct Remedy
{
    QString title;
    int cost = 1; ///< how much it grants, takes away or moves; the search tries what is cheap first
    Who who = Who::Server;
    std::function<void(Scenario&)> apply; ///< pure but for its argument
    QString note = {}; ///< why it helps
};

/// Remedies that are tried together; what is not needed is dropped afterwards.
using Bundle = std::vector<Remedy>;

/// The costs of what grants nothing, of what grants a little, of what opens.
namespace cost {
inline constexpr int correct = 1;  ///< puts right what was meant
inline constexpr int grant = 2;    ///< one name more on a list
inline constexpr int reorder = 3;
inline constexpr int credentials = 4;
inline constexpr int ask = 5;      ///< the page asks for less
inline constexpr int add = 6;      ///< a stage, a route
inline constexpr int lose = 8;     ///< something stops working
inline constexpr int relax = 9;    ///< a protection is switched off
inline constexpr int everyone = 30;
} // namespace cost

} // namespace corscope::advise
