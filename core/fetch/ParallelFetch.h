#pragma once

#include "core/fetch/Browser.h"
#include "core/fetch/FetchCall.h"
#include "core/network/Network.h"
#include "core/trace/Outcome.h"

namespace corscope {

struct PageCall
{
    PageConfig page;
    FetchCall call;
};

/// Fetches that script starts at once, without waiting for one before the next: they share the browser's state, and their
/// messages interleave, one of each in turn, in the same order every time. So two equal requests both need a preflight,
/// since neither was answered when the other asked the cache.
///
/// Nobody watches: the steps of several fetches at once cannot be walked one after the other.
/// \returns one outcome per call, in order.
std::vector<SendOutcome> parallelFetch(const std::vector<PageCall>& calls, Browser& browser, Network& network);

} // namespace corscope
