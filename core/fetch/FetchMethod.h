#pragma once

#include "core/fetch/Browser.h"
#include "core/fetch/Client.h"
#include "core/fetch/FetchCall.h"
#include "core/network/Network.h"
#include "core/trace/Outcome.h"
#include "core/trace/Recorder.h"

namespace corscope {

/// https://fetch.spec.whatwg.org/#fetch-method : what happens when script on a page calls fetch(), from `new Request()`
/// to the promise. Records everything and returns the verdict; what the servers did meanwhile (handlerRuns, effects)
/// is for the caller to add.
/// \param page made for the browser's profile
SendOutcome fetchMethod(const OpenPage& page, const FetchCall& call, Browser& browser, Network& network, Recorder& recorder);
/// The same for a page that calls once.
inline SendOutcome fetchMethod(const PageConfig& page, const FetchCall& call, Browser& browser, Network& network,
                               Recorder& recorder)
{
    return fetchMethod(OpenPage(page, browser.profile), call, browser, network, recorder);
}

} // namespace corscope
