#pragma once

#include "core/fetch/Profile.h"
#include "core/fetch/Request.h"
#include "core/trace/Blocked.h"
#include "core/trace/Recorder.h"

/// Local Network Access: as of November 2026 a draft of the WICG, not part of the Fetch standard. Chromium and Firefox
/// do it, each in its own way. It took the place of Private Network Access and its preflight header, which no engine
/// sends any more.
namespace corscope {

/// https://wicg.github.io/local-network-access/#fetching , the steps added to "fetch": an address that is known to be
/// local by its looks counts as if script had said so.
void setTargetAddressSpaceByHost(Request& request, const Profile& profile);

/// https://wicg.github.io/local-network-access/#integration-with-mixed-content : a request that is bound for the local
/// network need not be secure; it needs permission instead.
bool mayBeInsecureOnLocalNetwork(const Request& request);

/// https://wicg.github.io/local-network-access/#local-network-access-check
/// Before the first byte is sent: may this page reach so private an address?
/// \param connection the address space of the server that would answer
std::optional<Blocked> localNetworkAccessCheck(const Request& request, AddressSpace connection, const Profile& profile,
                                               Recorder& recorder);

} // namespace corscope
