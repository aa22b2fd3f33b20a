#pragma once

#include "core/trace/Step.h"

#include <memory>

namespace corscope {

/// The steps of a trace in their order, and what keeps the memory alive in which they stand. A copy is cheap: it shares
/// the steps.
class Steps
{
public:
    size_t size() const { return m_steps.size(); }
    bool empty() const { return m_steps.empty(); }
    const Step* operator[](size_t i) const { return m_steps[i]; }
    const Step* front() const { return m_steps.front(); }
    const Step* back() const { return m_steps.back(); }
    auto begin() const { return m_steps.begin(); }
    auto end() const { return m_steps.end(); }
    auto rbegin() const { return m_steps.rbegin(); }
    auto rend() const { return m_steps.rend(); }

    /// A step that outlives this trace, for who wants to keep it.
    std::shared_ptr<const Step> shared(size_t i) const { return {m_memory, m_steps[i]}; }
    /// A trace that ends earlier.
    Steps first(size_t count) const;
    /// Of this trace or of another one.
    void push_back(const std::shared_ptr<const Step>& step);

private:
    friend class Recorder;

    std::vector<const Step*> m_steps;
    std::shared_ptr<const void> m_memory; ///< of all of them
    std::shared_ptr<const void> m_newest; ///< of the last one that was added
};

} // namespace corscope
