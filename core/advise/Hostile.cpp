#include "core/advise/Hostile.h"

#include "core/advise/Trial.h"

#include <QCoreApplication>

namespace corscope::advise {

static QString tr(const char* text) { return QCoreApplication::translate("Hostile", text); }

std::vector<HostilePage> hostilePages(const PageConfig& honest)
{
    PageConfig page = honest;
    page.originKind = PageConfig::OriginKind::Tuple;
    page.path = "/";
    std::vector<HostilePage> pages;
    const auto add = [&](Opening::Kind kind, const std::function<void(PageConfig&)>& change) {
        auto hostile = page;
        hostile.id = "hostile";
        change(hostile);
        if (hostile.origin() != honest.origin() || kind == Opening::Kind::Null)
            pages.push_back({kind, hostile});
    };
    add(Opening::Kind::OtherSite, [](PageConfig& p) {
        p.host = "evil.example";
        p.port = p.scheme == "https" ? 443 : 80;
    });
    // One's own frame is no more to the server than everybody's.
    add(Opening::Kind::Null, [](PageConfig& p) {
        p.originKind = PageConfig::OriginKind::Sandboxed;
        p.host = "evil.example";
    });
    if (page.scheme == "https")
        add(Opening::Kind::HttpTwin, [](PageConfig& p) {
            p.scheme = "http";
            if (p.port == 443)
                p.port = 80;
        });
    add(Opening::Kind::SuffixLookAlike, [](PageConfig& p) { p.host += ".evil.test"; });
    const bool isAddress =
        page.host.startsWith('[') || (!page.host.isEmpty() && page.host.back() >= '0' && page.host.back() <= '9');
    if (!isAddress) {
        add(Opening::Kind::PrefixLookAlike, [](PageConfig& p) { p.host.prepend("evil"); });
        add(Opening::Kind::Subdomain, [](PageConfig& p) { p.host.prepend("sub."); });
    }
    add(Opening::Kind::OtherPort, [](PageConfig& p) { p.port = p.port == 4444 ? 4445 : 4444; });
    return pages;
}

std::vector<Opening> readers(const Scenario& scenario, const PageConfig& honest, const FetchCall& call,
                             const CookieJar& cookies)
{
    std::vector<Opening> result;
    Strangers strangers(scenario, cookies);
    FetchCall simple; // what a stranger would try first
    simple.url = call.url;
    // A page knows its own address, a stranger's page would not resolve it the same way.
    auto asked = call;
    if (!Url::parse(call.url).ok()) {
        const auto base = Url::parse(QByteArray(honest.origin() + honest.path));
        if (base.ok())
            if (const auto url = Url::parse(call.url, &*base); url.ok())
                asked.url = simple.url = url->serialized();
    }
    const auto profile = Profile::named(scenario.profile);
    for (const auto& hostile : hostilePages(honest)) {
        const OpenPage page(hostile.page, profile);
        for (const bool credentials : {false, true}) {
            const auto reads = [&](FetchCall attempt) {
                attempt.credentials = credentials ? "include" : "omit";
                const auto outcome = strangers.send(page, attempt);
                return outcome && outcome->visible == SendOutcome::Visible::Yes;
            };
            if (reads(asked) || reads(simple))
                result.push_back({hostile.kind, hostile.page.origin(), credentials});
        }
    }
    return result;
}

QString openingText(const Opening& opening)
{
    const auto who = [&] {
        switch (opening.kind) {
        case Opening::Kind::OtherSite: return tr("any other site");
        case Opening::Kind::Null: return tr("any sandboxed page");
        case Opening::Kind::HttpTwin: return tr("the same name over http, where anyone on the way can write the page");
        case Opening::Kind::SuffixLookAlike: return tr("a name that only begins like it");
        case Opening::Kind::PrefixLookAlike: return tr("a name that only ends like it");
        case Opening::Kind::OtherPort: return tr("another port of that host");
        case Opening::Kind::Subdomain: return tr("a subdomain");
        }
        return QString();
    }();
    const auto origin = QString::fromUtf8(opening.origin);
    return opening.withCredentials ? tr("%1 (%2), with the visitor's credentials").arg(who, origin)
                                   : tr("%1 (%2)").arg(who, origin);
}

} // namespace corscope::advise
