#pragma once

#include <chrono>

namespace corscope {

/// A moment of a scenario's virtual time: milliseconds since 1970-01-01T00:00:00Z.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Milliseconds = std::chrono::milliseconds;

/// Where a run reads the time. It never moves by itself: a wait in the scenario, or the user, moves it, so the same
/// scenario leaves the same trace every time.
class Clock
{
public:
    /// Scenarios start at 2026-01-01T12:00:00Z unless they say otherwise.
    static constexpr Instant start{std::chrono::seconds(1767268800)};

    explicit Clock(Instant now = start) : m_now(now) {}
    Instant now() const { return m_now; }
    void advance(Milliseconds by) { m_now += by; }

private:
    Instant m_now;
};

} // namespace corscope
