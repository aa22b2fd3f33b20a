#include "core/trace/Steps.h"

#include <algorithm>
#include <utility>

namespace corscope {

Steps Steps::first(size_t count) const
{
    Steps result;
    result.m_steps.assign(begin(), begin() + qsizetype(std::min(count, size())));
    result.m_memory = m_memory;
    result.m_newest = m_newest;
    return result;
}

static bool haveOneOwner(const std::shared_ptr<const void>& a, const std::shared_ptr<const void>& b)
{
    return !a.owner_before(b) && !b.owner_before(a);
}

void Steps::push_back(const std::shared_ptr<const Step>& step)
{
    if (!m_memory)
        m_memory = step;
    else if (!haveOneOwner(m_newest, step)) // who keeps a step of this trace, keeps both
        m_memory = std::make_shared<const std::pair<std::shared_ptr<const void>, std::shared_ptr<const void>>>(m_memory, step);
    m_newest = step;
    m_steps.push_back(step.get());
}

} // namespace corscope
