#pragma once

#include <algorithm>
#include <sys/resource.h>

namespace corscope::testing {

/// Lets this process have a descriptor for each of a thousand clients and more, as far as the system allows.
inline void allowManyDescriptors()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 8192);
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace corscope::testing
