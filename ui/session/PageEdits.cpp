#include "ui/session/PageEdits.h"

#include "ui/session/ActionEdits.h"
#include "ui/session/ListPlaces.h"
#include "ui/session/ScenarioAccess.h"

#include <algorithm>

namespace corscope::pageedits {

static QByteArray freeId(const Scenario& scenario, const QByteArray& stem)
{
    if (!isIdTaken(scenario, stem))
        return stem;
    for (int i = 2;; ++i)
        if (const QByteArray id = stem + '-' + QByteArray::number(i); !isIdTaken(scenario, id))
            return id;
}

bool isIdTaken(const Scenario& scenario, const QByteArray& id)
{
    return std::any_of(scenario.pages.begin(), scenario.pages.end(), [&](const PageConfig& page) { return page.id == id; });
}

PageConfig newPage(const Scenario& scenario, const PageConfig& beside, Newcomer newcomer)
{
    PageConfig page;
    page.addressSpace = beside.addressSpace;
    page.scheme = beside.scheme;
    switch (newcomer) {
    case Newcomer::Plain:
        page.id = freeId(scenario, "page");
        page.host = beside.host;
        page.port = beside.port == 65535 ? quint16(8000) : quint16(beside.port + 1);
        break;
    case Newcomer::OtherSite:
    case Newcomer::SandboxedFrame:
        page.id = freeId(scenario, "attacker");
        page.host = "evil.example";
        page.port = page.scheme == "https" ? 443 : 80;
        if (newcomer == Newcomer::SandboxedFrame) {
            page.embeddedIn = page.origin();
            page.originKind = PageConfig::OriginKind::Sandboxed;
        }
        break;
    case Newcomer::HttpTwin:
        page.id = freeId(scenario, "http-twin");
        page.scheme = "http";
        page.host = beside.host;
        page.port = beside.port == 443 ? quint16(80) : beside.port;
        break;
    }
    return page;
}

int addPage(Scenario& scenario, const PageConfig& page, int send)
{
    scenario.pages.push_back(page);
    const auto* original = scenarioaccess::send(std::as_const(scenario), send);
    if (!original)
        return -1;
    SendAction copy{page.id, original->call};
    scenario.actions.push_back(copy);
    return int(scenario.actions.size()) - 1;
}

int duplicatePage(Scenario& scenario, int place)
{
    if (place < 0 || place >= int(scenario.pages.size()))
        return -1;
    auto copy = scenario.pages[size_t(place)];
    const auto original = copy.id;
    copy.id = freeId(scenario, original);
    scenario.pages.push_back(copy);
    int first = -1;
    for (size_t i = 0, count = scenario.actions.size(); i < count; ++i) {
        const auto* send = std::get_if<SendAction>(&scenario.actions[i]);
        if (!send || send->page != original)
            continue;
        SendAction again{copy.id, send->call};
        if (first < 0)
            first = int(scenario.actions.size());
        scenario.actions.push_back(again);
    }
    return first;
}

void removePage(Scenario& scenario, int place)
{
    if (place < 0 || place >= int(scenario.pages.size()))
        return;
    const auto id = scenario.pages[size_t(place)].id;
    scenario.pages.erase(scenario.pages.begin() + place);
    for (int i = int(scenario.actions.size()); i-- > 0;)
        if (const auto* send = std::get_if<SendAction>(&scenario.actions[size_t(i)]); send && send->page == id)
            actionedits::removeAction(scenario, i);
    followPaths(scenario, QStringLiteral("pages["), removed(place));
}

void renamePage(Scenario& scenario, int place, const QByteArray& id)
{
    if (place < 0 || place >= int(scenario.pages.size()) || isIdTaken(scenario, id))
        return;
    const auto before = std::exchange(scenario.pages[size_t(place)].id, id);
    for (auto& action : scenario.actions)
        if (auto* send = std::get_if<SendAction>(&action); send && send->page == before)
            send->page = id;
}

} // namespace corscope::pageedits
