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
    QString note = {};                    ///< why it helps
};

/// Remedies that are tried together; what is not needed is dropped afterwards.
using Bundle = std::vector<Remedy>;

/// A stage of a server, found again: null where the chain is another by now, because a remedy that a later one counts
/// on was dropped.
class StagePlace
{
public:
    StagePlace(const Scenario& scenario, int server, int stage)
        : m_server(size_t(server)), m_stage(size_t(stage)), m_kind(scenario.servers[m_server].pipeline[m_stage].kind),
          m_framework(scenario.servers[m_server].pipeline[m_stage].framework)
    {}
    StageConfig* in(Scenario& scenario) const
    {
        auto& pipeline = scenario.servers[m_server].pipeline;
        const bool same =
            m_stage < pipeline.size() && pipeline[m_stage].kind == m_kind && pipeline[m_stage].framework == m_framework;
        return same ? &pipeline[m_stage] : nullptr;
    }

private:
    size_t m_server;
    size_t m_stage;
    QByteArray m_kind;
    QByteArray m_framework;
};

/// The costs of what grants nothing, of what grants a little, of what opens.
namespace cost {
inline constexpr int correct = 1; ///< puts right what was meant
inline constexpr int grant = 2;   ///< one name more on a list
inline constexpr int reorder = 3;
inline constexpr int credentials = 4;
inline constexpr int ask = 5;   ///< the page asks for less
inline constexpr int add = 6;   ///< a stage, a route
inline constexpr int lose = 8;  ///< something stops working
inline constexpr int relax = 9; ///< a protection is switched off
inline constexpr int everyone = 30;
} // namespace cost

} // namespace corscope::advise
