#include "core/scenario/ScenarioWriter.h"

#include "core/scenario/ScenarioWords.h"

namespace corscope {

using namespace scenariowords;

template<typename List, typename Write>
static JsonTree listTree(const List& list, Write write)
{
    auto tree = JsonTree::array();
    for (const auto& item : list)
        tree.append(write(item));
    return tree;
}

static JsonTree pageTree(const PageConfig& page)
{
    const PageConfig standard;
    auto tree = JsonTree::object();
    tree.add("id", page.id);
    auto address = page;
    address.originKind = PageConfig::OriginKind::Tuple;
    if (page.originKind == PageConfig::OriginKind::Tuple) {
        tree.add("origin", page.origin());
    } else {
        auto origin = JsonTree::object();
        origin.add("opaque", opaqueKinds().at(int(page.originKind) - 1));
        origin.addUnless(address.origin() == standard.origin(), "at", address.origin());
        tree.add("origin", std::move(origin));
    }
    tree.addUnless(page.path == standard.path, "path", page.path);
    tree.addUnless(page.context == standard.context, "context", contexts().at(int(page.context)));
    tree.addUnless(page.embeddedIn.isEmpty(), "embeddedIn", page.embeddedIn);
    tree.addUnless(page.referrerPolicy.isEmpty(), "referrerPolicy", page.referrerPolicy);
    tree.addUnless(page.embedderPolicy == standard.embedderPolicy, "embedderPolicy", page.embedderPolicy);
    tree.addUnless(page.contentSecurityPolicy.isEmpty(), "contentSecurityPolicy",
                   listTree(page.contentSecurityPolicy, isomorphicTree));
    tree.addUnless(page.contentSecurityPolicyReportOnly.isEmpty(), "contentSecurityPolicyReportOnly",
                   listTree(page.contentSecurityPolicyReportOnly, isomorphicTree));
    tree.addUnless(page.addressSpace == standard.addressSpace, "addressSpace", page.addressSpace);
    tree.addUnless(page.localNetworkAccess == standard.localNetworkAccess, "localNetworkAccess", page.localNetworkAccess);
    return tree;
}

static JsonTree stageTree(const StageConfig& stage)
{
    auto tree = JsonTree::object();
    tree.add("kind", stage.kind);
    tree.addUnless(stage.framework.isEmpty(), "framework", stage.framework);
    tree.addUnless(stage.version.isEmpty(), "version", stage.version);
    tree.addUnless(stage.enabled, "enabled", false);
    tree.addUnless(stage.settings.isEmpty(), "settings", QJsonValue(stage.settings));
    return tree;
}

static JsonTree routeTree(const RouteConfig& route)
{
    const RouteConfig standard;
    auto tree = JsonTree::object();
    tree.addUnless(route.method == standard.method, "method", route.method);
    tree.add("path", route.path);
    tree.addUnless(route.status == standard.status, "status", route.status);
    tree.addUnless(route.headers.isEmpty(), "headers", headersTree(route.headers));
    if (!route.body.isEmpty())
        addBody(tree, route.body);
    tree.addUnless(route.effect.isEmpty(), "effect", route.effect);
    tree.addUnless(!route.raises, "raises", true);
    return tree;
}

static JsonTree serverTree(const ServerConfig& server)
{
    PageConfig address; // written as a page's origin is
    address.scheme = server.scheme;
    address.host = server.host;
    address.port = server.port;
    auto pipeline = JsonTree::array();
    for (const auto& stage : server.pipeline)
        pipeline.append(stageTree(stage));
    auto routes = JsonTree::array();
    for (const auto& route : server.routes)
        routes.append(routeTree(route));
    auto tree = JsonTree::object();
    tree.add("id", server.id);
    tree.add("origin", address.origin());
    if (server.addressSpace)
        tree.add("addressSpace", toBytes(*server.addressSpace));
    tree.addUnless(pipeline.isEmpty(), "pipeline", pipeline);
    tree.addUnless(routes.isEmpty(), "routes", routes);
    return tree;
}

static void addAction(JsonTree& tree, const SendAction& send)
{
    const FetchCall standard;
    const auto& call = send.call;
    tree.add("page", send.page);
    tree.addUnless(call.initiator == standard.initiator, "initiator", initiators().at(int(call.initiator)));
    tree.add("url", call.url);
    tree.addUnless(call.method == standard.method, "method", call.method);
    tree.addUnless(call.headers.isEmpty(), "headers", headersTree(call.headers));
    if (call.body)
        addBody(tree, *call.body);
    tree.addUnless(call.bodyType == standard.bodyType, "bodyType", isomorphicTree(call.bodyType));
    tree.addUnless(call.mode == standard.mode, "mode", call.mode);
    tree.addUnless(call.credentials == standard.credentials, "credentials", call.credentials);
    tree.addUnless(call.redirect == standard.redirect, "redirect", call.redirect);
    tree.addUnless(call.cache == standard.cache, "cache", call.cache);
    if (call.referrer)
        tree.add("referrer", *call.referrer);
    tree.addUnless(call.referrerPolicy == standard.referrerPolicy, "referrerPolicy", call.referrerPolicy);
    tree.addUnless(call.targetAddressSpace.isEmpty(), "targetAddressSpace", call.targetAddressSpace);
    tree.addUnless(!call.keepalive, "keepalive", true);
    tree.addUnless(!call.useCorsPreflight, "useCorsPreflight", true);
    if (call.abortAfter)
        tree.add("abortAfter", qint64(call.abortAfter->count()));
    if (call.timeout)
        tree.add("timeout", qint64(call.timeout->count()));
}

static void addAction(JsonTree& tree, const WaitAction& wait)
{
    tree.add("milliseconds", wait.milliseconds);
}

static void addAction(JsonTree& tree, const ChangeAction& change)
{
    tree.add("path", change.path);
    tree.add("value", change.value);
}

static void addAction(JsonTree& tree, const CompareAction& compare)
{
    auto urls = JsonTree::array();
    for (const auto& url : compare.urls)
        urls.append(url);
    tree.add("urls", urls);
}

static JsonTree actionTree(const Action& action)
{
    auto tree = JsonTree::object();
    tree.add("do", actions().at(int(action.index())));
    std::visit([&](const auto& a) { addAction(tree, a); }, action);
    return tree;
}

static JsonTree namesTree(const QList<QByteArray>& names)
{
    auto tree = JsonTree::array();
    for (const auto& name : names)
        tree.append(QString::fromLatin1(name));
    return tree;
}

static JsonTree expectationTree(const Expectation& expectation)
{
    auto tree = JsonTree::object();
    tree.add("action", expectation.action);
    if (expectation.allowed)
        tree.add("allowed", *expectation.allowed);
    if (expectation.blockedWhy)
        tree.add("blocked", *expectation.blockedWhy);
    if (expectation.preflight)
        tree.add("preflight", preflights().at(int(*expectation.preflight)));
    if (expectation.requestSent)
        tree.add("requestSent", *expectation.requestSent);
    if (expectation.visible)
        tree.add("visible", visibilities().at(int(*expectation.visible)));
    if (expectation.status)
        tree.add("status", *expectation.status);
    if (expectation.handlerRuns)
        tree.add("handlerRuns", *expectation.handlerRuns);
    if (expectation.bodyError)
        tree.add("bodyError", bodyErrors().at(int(*expectation.bodyError)));
    tree.addUnless(expectation.visibleHeaders.isEmpty(), "visibleHeaders", namesTree(expectation.visibleHeaders));
    tree.addUnless(expectation.hiddenHeaders.isEmpty(), "hiddenHeaders", namesTree(expectation.hiddenHeaders));
    if (expectation.sameOrigin) {
        auto pairs = JsonTree::array();
        for (const bool same : *expectation.sameOrigin)
            pairs.append(same);
        tree.add("sameOrigin", pairs);
    }
    return tree;
}

static JsonTree noteTree(const SpeakerNote& note)
{
    auto tree = JsonTree::object();
    if (note.action)
        tree.add("action", *note.action);
    tree.add("text", note.text);
    return tree;
}

static JsonTree cookieTree(const InitialCookie& cookie)
{
    auto tree = JsonTree::object();
    tree.add("url", cookie.url);
    tree.add("set", isomorphicTree(cookie.setCookie));
    return tree;
}

JsonTree scenarioTree(const Scenario& scenario)
{
    auto tree = JsonTree::object();
    tree.add("corscope", formatVersion);
    tree.addUnless(scenario.title.isEmpty(), "title", scenario.title);
    tree.addUnless(scenario.story.isEmpty(), "story", scenario.story);
    tree.addUnless(scenario.source.isEmpty(), "source", scenario.source);
    tree.addUnless(scenario.topics.isEmpty(), "topics", listTree(scenario.topics, [](const QString& t) { return JsonTree(t); }));
    tree.addUnless(scenario.profile == Scenario().profile, "profile", scenario.profile);
    tree.addUnless(scenario.pages.empty(), "pages", listTree(scenario.pages, pageTree));
    tree.addUnless(scenario.servers.empty(), "servers", listTree(scenario.servers, serverTree));
    tree.addUnless(scenario.cookies.empty(), "cookies", listTree(scenario.cookies, cookieTree));
    tree.addUnless(scenario.actions.empty(), "actions", listTree(scenario.actions, actionTree));
    tree.addUnless(scenario.expectations.empty(), "expectations", listTree(scenario.expectations, expectationTree));
    tree.addUnless(scenario.notes.empty(), "notes", listTree(scenario.notes, noteTree));
    return tree;
}

} // namespace corscope
