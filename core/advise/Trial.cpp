#include "core/advise/Trial.h"

#include "core/backend/FrameworkDescription.h"
#include "core/backend/Server.h"
#include "core/base/Ascii.h"
#include "core/fetch/CorsSafelist.h"
#include "core/fetch/FetchMethod.h"
#include "core/http/Method.h"
#include "core/network/DirectNetwork.h"
#include "core/scenario/ScenarioFile.h"

#include <algorithm>

namespace corscope::advise {

/// A fresh browser in front of a fresh backend.
class World
{
public:
    explicit World(const Scenario& scenario)
    {
        browser.profile = Profile::named(scenario.profile);
        if (auto made = Backend::create(scenario.servers); made.ok()) {
            m_backend = *std::move(made);
            m_network.emplace(*m_backend, [this] { return browser.clock.now(); });
        }
    }
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    bool exists() const { return m_backend != nullptr; }

    std::optional<SendOutcome> send(const Scenario& scenario, const SendAction& send, Recorder& recorder)
    {
        const auto& pages = scenario.pages;
        const auto page = std::find_if(pages.begin(), pages.end(), [&](const auto& p) { return p.id == send.page; });
        if (page == pages.end())
            return std::nullopt;
        return fetchMethod(*page, send.call, browser, *m_network, recorder);
    }
    /// Everything before that action.
    bool runUpTo(Scenario& scenario, int action)
    {
        for (int i = 0; i < action; ++i) {
            const auto& step = scenario.actions[size_t(i)];
            if (const auto* before = std::get_if<SendAction>(&step))
                send(scenario, *before, Recorder::silent());
            else if (const auto* wait = std::get_if<WaitAction>(&step))
                browser.clock.advance(Milliseconds(wait->milliseconds));
            else if (const auto* change = std::get_if<ChangeAction>(&step))
                if (!make(scenario, ChangeAction(*change)))
                    return false;
        }
        return true;
    }
    std::optional<SendOutcome> sendAlone(const OpenPage& page, const FetchCall& call)
    {
        return fetchMethod(page, call, browser, *m_network, Recorder::silent());
    }

    Browser browser;

private:
    bool make(Scenario& scenario, const ChangeAction& change)
    {
        auto next = scenariofile::changed(scenario, change);
        if (!next.ok())
            return false;
        scenario = *std::move(next);
        for (const auto& config : scenario.servers) {
            const auto server = m_backend->find(config.id);
            if (!server || (!(*server->sharedConfig() == config) && !server->configure(config).ok()))
                return false;
        }
        return true;
    }

    std::shared_ptr<Backend> m_backend;
    std::optional<DirectNetwork> m_network;
};

namespace {

const SendAction* sendOf(const Scenario& scenario, int action)
{
    if (action < 0 || size_t(action) >= scenario.actions.size())
        return nullptr;
    return std::get_if<SendAction>(&scenario.actions[size_t(action)]);
}

/// Names as the page writes them; those the browser brings along are in lower case.
QList<QByteArray> asWritten(const QList<QByteArray>& names, const HeaderList& headers)
{
    QList<QByteArray> result;
    for (const auto& name : names) {
        const auto it = std::find_if(headers.begin(), headers.end(),
                                     [&](const Header& h) { return ascii::equalIgnoringCase(h.name, name); });
        result.append(it == headers.end() ? name : it->name);
    }
    return result;
}

int indexOfServer(const Scenario& state, const Url& url)
{
    for (size_t i = 0; i < state.servers.size(); ++i) {
        const auto& server = state.servers[i];
        if (server.scheme == url.scheme() && ascii::equalIgnoringCase(server.host, url.host())
            && server.port == url.portOrDefault())
            return int(i);
    }
    return -1;
}

} // namespace

std::optional<Scenario> stateAt(const Scenario& scenario, int action)
{
    Scenario state = scenario;
    state.expectations.clear();
    for (int i = 0; i < action; ++i) {
        const auto* change = std::get_if<ChangeAction>(&scenario.actions[size_t(i)]);
        if (!change)
            continue;
        auto next = scenariofile::changed(state, *change);
        if (!next.ok())
            return std::nullopt;
        state = *std::move(next);
    }
    for (int i = 0; i < action; ++i)
        if (std::holds_alternative<ChangeAction>(state.actions[size_t(i)]))
            state.actions[size_t(i)] = WaitAction();
    state.actions.resize(size_t(action) + 1);
    return state;
}

std::optional<SendOutcome> verdict(const Scenario& scenario, int action)
{
    const auto* send = sendOf(scenario, action);
    World world(scenario);
    if (!send || !world.exists())
        return std::nullopt;
    Scenario current = scenario;
    if (!world.runUpTo(current, action))
        return std::nullopt;
    return world.send(current, *send, Recorder::silent());
}

std::optional<Situation> situationOf(const Scenario& state, int action)
{
    const auto* send = sendOf(state, action);
    World world(state);
    if (!send || !world.exists())
        return std::nullopt;
    Scenario current = state;
    if (!world.runUpTo(current, action))
        return std::nullopt;
    Recorder recorder;
    recorder.setAction(action);
    auto outcome = world.send(current, *send, recorder);
    if (!outcome || !outcome->blocked)
        return std::nullopt;

    Situation found{state, action, recorder.take(), *outcome, *outcome->blocked};
    found.page =
        &*std::find_if(state.pages.begin(), state.pages.end(), [&](const auto& p) { return p.id == send->page; });
    found.call = &send->call;
    found.url = outcome->finalUrl.isEmpty() ? outcome->url : outcome->finalUrl;
    if (const auto url = Url::parse(found.url); url.ok())
        found.server = indexOfServer(state, *url);
    found.origin = outcome->finalOrigin.isEmpty() ? found.page->origin() : outcome->finalOrigin;
    found.method = outcome->method.isEmpty() ? normalizedMethod(send->call.method) : outcome->method;
    const auto& headers = outcome->finalHeaders.isEmpty() ? send->call.headers : outcome->finalHeaders;
    found.headers = asWritten(corsUnsafeRequestHeaderNames(headers), send->call.headers);
    found.credentialed = send->call.credentials == "include";
    found.preflighted =
        send->call.useCorsPreflight || !isCorsSafelistedMethod(found.method) || !found.headers.isEmpty();
    return found;
}

bool Situation::reached(int stage) const
{
    const QByteArray id = serverConfig().id + '/' + QByteArray::number(stage);
    for (const auto& step : trace.steps)
        if (step->kind == StepKind::Enter && step->lane >= 0 && size_t(step->lane) < trace.lanes.size()
            && trace.lanes[size_t(step->lane)].id == id)
            return true;
    return false;
}

std::optional<QByteArray> Situation::lastAnswerHeader(QByteArrayView name) const
{
    for (auto it = trace.steps.rbegin(); it != trace.steps.rend(); ++it)
        if ((*it)->message && !(*it)->message->isRequest())
            if (auto value = (*it)->message->headers().get(name))
                return value;
    return std::nullopt;
}

Strangers::Strangers(const Scenario& scenario, const CookieJar& cookies) : m_scenario(scenario), m_cookies(cookies) {}
Strangers::~Strangers() = default;

std::optional<SendOutcome> Strangers::send(const OpenPage& page, const FetchCall& call)
{
    // A cache between the servers and everybody would give the one what was made for the other.
    const bool remembers =
        std::any_of(m_scenario.servers.begin(), m_scenario.servers.end(), [](const ServerConfig& server) {
            return std::any_of(server.pipeline.begin(), server.pipeline.end(), [](const StageConfig& stage) {
                const auto* description = findFrameworkDescription(stage.kind);
                return description && description->option(OptionRole::CacheVary);
            });
        });
    if (!m_world || remembers)
        m_world = std::make_unique<World>(m_scenario);
    if (!m_world->exists())
        return std::nullopt;
    m_world->browser = Browser();
    m_world->browser.profile = Profile::named(m_scenario.profile);
    m_world->browser.cookieJar = m_cookies;
    return m_world->sendAlone(page, call);
}

CookieJar cookiesBefore(const Scenario& state, int action)
{
    World world(state);
    Scenario current = state;
    if (world.exists())
        world.runUpTo(current, action);
    return world.browser.cookieJar;
}

} // namespace corscope::advise
