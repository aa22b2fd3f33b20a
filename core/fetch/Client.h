#pragma once

#include "core/fetch/FetchCall.h"
#include "core/fetch/Profile.h"
#include "core/fetch/Request.h"

namespace corscope {

/// The environment settings object of script on that page: which origin it has, where relative URLs lead, what it lets on
/// about its address, in whose name cookies go, and which policies bind it.
std::shared_ptr<const Client> clientOf(const PageConfig& page, const Profile& profile = {});

/// A page that stands in a browser of that profile, with what all of its calls have in common. Who lets script on it call
/// more than once makes it once.
struct OpenPage
{
    explicit OpenPage(const PageConfig& config, const Profile& profile = {}) : config(config), client(clientOf(config, profile)) {}
    PageConfig config;
    std::shared_ptr<const Client> client;
};

} // namespace corscope
