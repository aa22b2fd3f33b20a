#pragma once

#include "core/scenario/Scenario.h"

/// Changing the pages of a scenario. The requests that a page makes, and the changes that name it by its place, go along
/// with it.
namespace corscope::pageedits {

/// Who a second page is: one like the first, or somebody who wants to read what is not theirs.
enum class Newcomer {
    Plain,          ///< another port
    OtherSite,      ///< the attacker's own site
    HttpTwin,       ///< the same host and port, but plain http, where anybody on the way can write the page
    SandboxedFrame, ///< a frame that the attacker sandboxed, with an origin that is sent as null
};

bool isIdTaken(const Scenario& scenario, const QByteArray& id);
/// \param beside the page that it is made for; not yet part of the scenario.
PageConfig newPage(const Scenario& scenario, const PageConfig& beside, Newcomer newcomer);
/// At the end, with the same request as that send makes, if there is such a send. \returns the new send's place, or -1.
int addPage(Scenario& scenario, const PageConfig& page, int send);
/// The same page again under a name of its own, with all its requests. \returns the first new send's place, or -1.
int duplicatePage(Scenario& scenario, int place);
void removePage(Scenario& scenario, int place);
void renamePage(Scenario& scenario, int place, const QByteArray& id);

} // namespace corscope::pageedits
