#pragma once

#include "core/advise/Proposal.h"
#include "core/http/CookieJar.h"

namespace corscope::advise {

/// A page that must not be let in.
struct HostilePage
{
    Opening::Kind kind = Opening::Kind::OtherSite;
    PageConfig page;
};

/// Strangers of this page: another site, a sandboxed one, its http: twin, look-alikes, another port, a subdomain.
std::vector<HostilePage> hostilePages(const PageConfig& honest);

/// Which of them can read what the scenario's servers answer to this call, with and without credentials.
std::vector<Opening> readers(const Scenario& scenario, const PageConfig& honest, const FetchCall& call,
                             const CookieJar& cookies);

/// One opening as half a sentence: "any other site (https://evil.example), with the visitor's cookies".
QString openingText(const Opening& opening);

} // namespace corscope::advise
