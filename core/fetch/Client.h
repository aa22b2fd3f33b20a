#pragma once

#include "core/fetch/FetchCall.h"
#include "core/fetch/Profile.h"
#include "core/fetch/Request.h"

namespace corscope {

/// The environment settings object of script on that page: which origin it has, where relative URLs lead, what it lets on
/// about its address, in whose name cookies go, and which policies bind it.
std::shared_ptr<const Client> clientOf(const PageConfig& page, const Profile& profile = {});

} // namespace corscope
