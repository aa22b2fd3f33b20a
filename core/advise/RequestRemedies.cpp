#include "core/advise/OptionList.h"
#include "core/advise/Remedies.h"

#include "core/backend/FrameworkDescription.h"
#include "core/base/Ascii.h"
#include "core/http/Method.h"
#include "core/url/Url.h"

#include <QCoreApplication>

namespace corscope::advise {

static QString tr(const char* text) { return QCoreApplication::translate("RequestRemedies", text); }

namespace {

Remedy onCall(const Situation& at, const QString& title, int cost, const std::function<void(FetchCall&)>& change,
              const QString& note = {})
{
    return {title, cost, Who::Page,
            [action = size_t(at.action), change](Scenario& s) { change(std::get<SendAction>(s.actions[action]).call); },
            note};
}

Remedy calling(const Situation& at, const QByteArray& url, int cost, const QString& note)
{
    return onCall(
        at, tr("Call %1").arg(QString::fromUtf8(url)), cost, [url](FetchCall& call) { call.url = url; }, note);
}

QByteArray urlAt(const Url& url, const ServerConfig& server) { return server.origin() + url.requestTarget(); }

void addresses(const Situation& at, std::vector<Bundle>& bundles)
{
    const auto url = Url::parse(at.url);
    if (!url.ok())
        return;
    const auto why = at.blocked.why;
    // The server may speak https already, at the same name.
    if (why == Why::MixedContent || why == Why::TlsFailure || why == Why::ConnectionClosed
        || why == Why::ConnectionRefused || why == Why::NameNotResolved || why == Why::BadPort) {
        for (const auto& server : at.state.servers) {
            const auto address = urlAt(*url, server);
            if (address == at.url)
                continue;
            const bool sameHost = ascii::equalIgnoringCase(server.host, url->host());
            bundles.push_back({calling(at, address, sameHost ? cost::correct : cost::add,
                                       why == Why::MixedContent ? tr("A page that came over https may only call https.")
                                                                : tr("That is where the server listens."))});
        }
    }
    if (why == Why::MixedContent && at.server >= 0) {
        const auto& server = at.serverConfig();
        auto secure = server;
        secure.scheme = "https";
        if (server.port == 80)
            secure.port = 443;
        Remedy remedy{tr("Serve %1 over https, and call it there").arg(QString::fromUtf8(server.origin())), cost::add,
                      Who::Both,
                      [index = size_t(at.server), secure, before = server.origin()](Scenario& s) {
                          s.servers[index].scheme = secure.scheme;
                          s.servers[index].port = secure.port;
                          for (auto& action : s.actions)
                              if (auto* send = std::get_if<SendAction>(&action)) {
                                  const auto old = Url::parse(send->call.url);
                                  if (old.ok() && old->origin().serialized() == before)
                                      send->call.url = urlAt(*old, secure);
                              }
                      },
                      tr("No header can allow mixed content: the browser refuses before anything is sent.")};
        bundles.push_back({remedy});
    }
    // Where a redirect would have led.
    if (const auto location = at.lastAnswerHeader("location"))
        if (const auto target = Url::parse(*location, &*url); target.ok() && target->serialized() != at.call->url)
            bundles.push_back({calling(at, target->serialized(), cost::correct,
                                       tr("A preflight may not be redirected, and a redirect to another origin can "
                                          "cost the request its own."))});
    if (!at.outcome.finalUrl.isEmpty() && at.outcome.finalUrl != at.outcome.url)
        bundles.push_back({calling(at, at.outcome.finalUrl, cost::correct, tr("There is no need to be sent on."))});
    // Where the page itself comes from.
    if (at.page->originKind == PageConfig::OriginKind::Sandboxed) {
        Remedy remedy{tr("Give the frame its own origin: sandbox=\"allow-same-origin\""), cost::reorder, Who::Page,
                      [id = at.page->id](Scenario& s) {
                          for (auto& page : s.pages)
                              if (page.id == id)
                                  page.originKind = PageConfig::OriginKind::Tuple;
                      },
                      tr("An opaque origin is sent as null, which says nothing about who asks.")};
        bundles.push_back({remedy});
    } else if (at.page->originKind != PageConfig::OriginKind::Tuple) {
        Remedy remedy{tr("Serve the page over http from %1").arg(QStringLiteral("http://localhost")), cost::ask,
                      Who::Page,
                      [id = at.page->id](Scenario& s) {
                          for (auto& page : s.pages)
                              if (page.id == id)
                                  page.originKind = PageConfig::OriginKind::Tuple;
                      },
                      tr("Pages from files and data: URLs have an opaque origin, which is sent as null.")};
        bundles.push_back({remedy});
    }
}

Remedy onPage(const Situation& at, const QString& title, int cost, const std::function<void(PageConfig&)>& change,
              const QString& note)
{
    return {title, cost, Who::Page,
            [id = at.page->id, change](Scenario& s) {
                for (auto& page : s.pages)
                    if (page.id == id)
                        change(page);
            },
            note};
}

/// A page without an origin to name is served from one that a server knows already.
void knownOrigins(const Situation& at, std::vector<Bundle>& bundles)
{
    QStringList origins;
    for (const auto& server : at.state.servers)
        for (const auto& stage : server.pipeline) {
            const auto* description = stage.kind == "cors" ? findFrameworkDescription(stage.framework) : nullptr;
            const auto* option = description ? description->option(OptionRole::Origins, stage.version) : nullptr;
            if (option)
                origins += OptionList(*option, settingOf(*option, stage.settings)).names();
        }
    origins.removeDuplicates();
    int tried = 0;
    for (const auto& origin : origins) {
        const auto url = Url::parse(origin.toUtf8());
        if (!url.ok() || !url->hasHttpScheme() || QString::fromUtf8(url->origin().serialized()) != origin || ++tried > 3)
            continue;
        bundles.push_back({onPage(
            at, tr("Serve the page from %1").arg(origin), cost::credentials,
            [scheme = url->scheme(), host = url->host(), port = url->portOrDefault()](PageConfig& page) {
                page.originKind = PageConfig::OriginKind::Tuple;
                page.scheme = scheme;
                page.host = host;
                page.port = port;
            },
            tr("The server lets that origin in already. Pages from files and data: URLs are sent as null, which says nothing "
               "about who asks."))});
    }
}

/// Nobody listens there: a server that listens elsewhere on that machine is started where it is called.
void listening(const Situation& at, std::vector<Bundle>& bundles)
{
    const auto url = Url::parse(at.url);
    if (!url.ok() || !url->hasHttpScheme() || at.blocked.why != Why::ConnectionRefused)
        return;
    for (size_t i = 0; i < at.state.servers.size(); ++i) {
        if (!ascii::equalIgnoringCase(at.state.servers[i].host, url->host()))
            continue;
        bundles.push_back({{tr("Let the server listen on %1").arg(QString::fromUtf8(url->origin().serialized())), cost::grant,
                            Who::Server,
                            [i, scheme = url->scheme(), port = url->portOrDefault()](Scenario& s) {
                                s.servers[i].scheme = scheme;
                                s.servers[i].port = port;
                            },
                            tr("Nothing listens at the address that is called.")}});
    }
}

/// The page's own policy names the address. \param directive as it stands there: "connect-src 'self'"
QByteArray policyWith(const QByteArray& policy, const QByteArray& directive, const QByteArray& origin)
{
    auto sources = directive.split(' ');
    const auto name = sources.takeFirst();
    sources.removeAll(QByteArray("'none'"));
    sources.append(origin);
    const QByteArray connect = "connect-src " + sources.join(' ');
    auto result = policy;
    if (ascii::equalIgnoringCase(name, "connect-src"))
        return result.replace(directive, connect);
    return policy + "; " + connect; // what everything else falls back to stays as it is
}

void pageRemedies(const Situation& at, std::vector<Bundle>& bundles)
{
    const auto url = Url::parse(at.url);
    const auto offender = at.blocked.offender;
    if (at.blocked.why == Why::ContentSecurityPolicy && url.ok()) {
        const auto origin = url->origin().serialized();
        bundles.push_back({onPage(
            at, tr("Name %1 in the page's connect-src").arg(QString::fromUtf8(origin)), cost::reorder,
            [offender, origin](PageConfig& page) {
                for (auto& policy : page.contentSecurityPolicy)
                    if (policy.contains(offender))
                        policy = policyWith(policy, offender, origin);
            },
            tr("It is the page's own Content-Security-Policy that forbids the address; no server is asked."))});
    }
    if (at.blocked.why == Why::LocalNetworkPermission || at.blocked.why == Why::LocalNetworkPrompt)
        bundles.push_back({onPage(
            at, tr("Let the person allow the page to reach the local network"), cost::credentials,
            [](PageConfig& page) { page.localNetworkAccess = "granted"; },
            tr("The browser asks the person in front of it; no header of the server can answer for them."))});
    if (at.blocked.why == Why::TargetAddressSpace)
        bundles.push_back({onCall(at, tr("Set targetAddressSpace to %1").arg(QString::fromUtf8(offender)),
                                  cost::correct, [offender](FetchCall& call) { call.targetAddressSpace = offender; })});
}

} // namespace

std::vector<Bundle> requestRemedies(const Situation& at)
{
    std::vector<Bundle> bundles;
    const auto one = [&](const QString& title, int cost, const std::function<void(FetchCall&)>& change,
                         const QString& note = {}) { bundles.push_back({onCall(at, title, cost, change, note)}); };
    switch (at.blocked.why) {
    case Why::WildcardWithCredentials:
    case Why::AllowCredentialsNotTrue:
        one(
            tr("Send without credentials"), cost::ask, [](FetchCall& call) { call.credentials = "same-origin"; },
            tr("Where the answer is the same for everyone, the cookies are not needed."));
        break;
    case Why::HeaderNotAllowed: {
        const auto name = at.blocked.offender;
        if (at.call->headers.contains(name))
            one(tr("Send no header %1").arg(QString::fromUtf8(name)), cost::lose,
                [name](FetchCall& call) { call.headers.remove(name); });
        break;
    }
    case Why::SameOriginModeCrossOrigin:
        one(tr("Set mode to cors"), cost::correct, [](FetchCall& call) { call.mode = "cors"; });
        break;
    case Why::RedirectModeError:
    case Why::NoCorsWithRedirectMode:
        one(tr("Set redirect to follow"), cost::correct, [](FetchCall& call) { call.redirect = "follow"; });
        break;
    case Why::NotInCache:
    case Why::InvalidRequest:
        one(tr("Set cache to default"), cost::correct, [](FetchCall& call) { call.cache = "default"; });
        if (at.call->body && (at.method == "GET" || at.method == "HEAD"))
            one(tr("Send no body"), cost::correct, [](FetchCall& call) { call.body.reset(); });
        break;
    case Why::CrossOriginResourcePolicy:
        one(tr("Set mode to cors"), cost::ask, [](FetchCall& call) { call.mode = "cors"; });
        break;
    default: break;
    }
    if (const auto upper = ascii::uppered(at.call->method);
        upper != at.method && at.blocked.on == Blocked::On::Preflight)
        one(
            tr("Write the method as %1").arg(QString::fromUtf8(upper)), cost::correct,
            [upper](FetchCall& call) { call.method = upper; },
            tr("Methods are compared letter by letter, and the browser only puts the oldest ones into capitals."));
    if (at.outcome.fromCache)
        one(
            tr("Set cache to reload"), cost::ask, [](FetchCall& call) { call.cache = "reload"; },
            tr("The answer is the browser's own copy, stored for a request that needed no permission."));
    pageRemedies(at, bundles);
    addresses(at, bundles);
    listening(at, bundles);
    if (at.page->originKind != PageConfig::OriginKind::Tuple && at.page->originKind != PageConfig::OriginKind::Sandboxed)
        knownOrigins(at, bundles);
    return bundles;
}

/// Whether the browser refused without asking, so that nothing the server says can matter.
static bool isBeforeTheServer(Why why)
{
    switch (why) {
    case Why::MixedContent:
    case Why::ContentSecurityPolicy:
    case Why::BadPort:
    case Why::InvalidRequest:
    case Why::InsecureLocalNetwork:
    case Why::LocalNetworkPermission:
    case Why::LocalNetworkPrompt:
    case Why::TargetAddressSpace:
    case Why::SameOriginModeCrossOrigin: return true;
    default: return false;
    }
}

std::vector<Bundle> remedies(const Situation& at, const QByteArray& framework)
{
    auto bundles = requestRemedies(at);
    const auto take = [&](std::vector<Bundle> more) {
        bundles.insert(bundles.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    };
    take(redirectRemedies(at));
    take(connectionRemedies(at));
    if (at.server < 0 || isBeforeTheServer(at.blocked.why))
        return bundles;
    take(pipelineRemedies(at, framework));
    const auto& pipeline = at.serverConfig().pipeline;
    for (int i = 0; i < int(pipeline.size()); ++i)
        if (pipeline[size_t(i)].enabled && pipeline[size_t(i)].kind == "cors") {
            take(settingRemedies(at, i));
            take(directiveRemedies(at, i));
        }
    take(headerRemedies(at));
    bundles.erase(std::remove_if(bundles.begin(), bundles.end(), [](const Bundle& bundle) { return bundle.empty(); }),
                  bundles.end());
    return bundles;
}

QString withoutRemedy(const Blocked& blocked)
{
    switch (blocked.why) {
    case Why::MixedContent:
        return tr("No setting of CORS can allow mixed content. The server has to be reached over https, or the page "
                  "served over http.");
    case Why::ContentSecurityPolicy:
        return tr("The page's own Content-Security-Policy forbids it. Who writes the page has to name the server in "
                  "connect-src.");
    case Why::InsecureLocalNetwork:
        return tr(
            "A page that did not come over https may not reach the local network. It has to be served over https.");
    case Why::LocalNetworkPermission:
    case Why::LocalNetworkPrompt:
        return tr("The person in front of the browser has to allow the page to reach the local network.");
    case Why::BadPort: return tr("Browsers never call that port. The server has to listen on another.");
    case Why::NameNotResolved:
    case Why::ConnectionRefused:
        return tr("Nobody answers at that address. The server has to be started, or the address put right.");
    case Why::ConnectionReset:
    case Why::ConnectionClosed:
    case Why::TimedOut:
    case Why::MalformedResponse:
        return tr("The connection failed before CORS could be asked. The server's own log says more.");
    case Why::TlsFailure:
        return tr("The certificate or the handshake is at fault, not CORS. The server needs a certificate that the "
                  "browser trusts.");
    case Why::TooManyRedirects:
    case Why::InvalidLocation:
    case Why::RedirectSchemeNotHttp:
        return tr("The server sends the request on to nowhere. Its redirect has to be put right.");
    case Why::InvalidRequest:
        return tr("The browser does not build such a request at all. The page has to ask for something else.");
    default:
        return tr("No change of these settings was found that helps. A server of one's own in front of that one, or at "
                  "the page's own origin, can ask in the page's stead.");
    }
}

} // namespace corscope::advise
