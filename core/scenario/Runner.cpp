#include "core/scenario/Runner.h"

#include "core/fetch/FetchMethod.h"
#include "core/network/DirectNetwork.h"
#include "core/scenario/JsonWriter.h"
#include "core/scenario/ScenarioFile.h"

#include <QCoreApplication>
#include <algorithm>

namespace corscope {

static QString tr(const char* text)
{
    return QCoreApplication::translate("Runner", text);
}

/// The scenario as it stands before the first action and after each change.
static std::vector<Scenario> states(const Scenario& scenario)
{
    std::vector<Scenario> result{scenario};
    for (const auto& action : scenario.actions)
        if (const auto* change = std::get_if<ChangeAction>(&action))
            if (auto next = scenariofile::changed(result.back(), *change); next.ok())
                result.push_back(*std::move(next));
    return result;
}

/// Declares a server's lanes, those of stages that a change switches on later included: a lane keeps its place.
static void declareLanes(const Server& server, const std::vector<Scenario>& states, Recorder& recorder)
{
    if (states.size() == 1 || recorder.isSilent()) {
        server.entryLane(recorder);
        return;
    }
    auto config = server.config();
    for (const auto& state : states)
        for (const auto& other : state.servers)
            if (other.id == config.id && other.pipeline.size() == config.pipeline.size())
                for (size_t i = 0; i < config.pipeline.size(); ++i)
                    config.pipeline[i].enabled |= other.pipeline[i].enabled;
    if (const auto widest = Server::create(config); widest.ok())
        (*widest)->entryLane(recorder);
    server.entryLane(recorder);
}

static QByteArray shownValue(const QJsonValue& value)
{
    return JsonTree(value).compact();
}

namespace {

/// One run of one scenario: what Runner::run() does, action by action.
class Run
{
public:
    Run(const Scenario& scenario, Browser& browser, Backend& backend, Network& network, Recorder& recorder)
        : m_scenario(scenario), m_browser(browser), m_backend(backend), m_network(network), m_recorder(recorder)
    {}

    void declareAllLanes()
    {
        for (const auto& page : m_scenario.pages)
            m_recorder.lane({Lane::Kind::Page, "page:" + page.id, {}, tr("Page %1").arg(QString::fromUtf8(page.id))});
        m_browserLane = m_recorder.lane({Lane::Kind::Browser, "browser", {}, tr("Browser")});
        const auto all = states(m_scenario);
        for (const auto& server : m_backend.servers())
            declareLanes(*server, all, m_recorder);
    }

    Outcome perform(const SendAction& send)
    {
        const auto& pages = m_scenario.pages;
        const auto page = std::find_if(pages.begin(), pages.end(), [&](const PageConfig& p) { return p.id == send.page; });
        if (page == pages.end()) {
            SendOutcome outcome;
            outcome.blocked = Blocked{Why::InvalidRequest, send.page, {}, Blocked::On::Request};
            return outcome;
        }
        const auto before = ledgerCounts();
        auto outcome = fetchMethod(*page, send.call, m_browser, m_network, m_recorder);
        for (size_t i = 0; i < before.size(); ++i) {
            const auto& server = *m_backend.servers()[i];
            outcome.handlerRuns += int(server.ledgerCount() - before[i]);
            for (const auto& entry : server.ledgerSince(before[i]))
                if (!entry.effect.isEmpty())
                    outcome.effects.append(entry.effect);
        }
        return outcome;
    }

    Outcome perform(const WaitAction& wait)
    {
        m_browser.clock.advance(Milliseconds(wait.milliseconds));
        m_recorder.setTime(m_browser.clock.now());
        m_recorder.setState("preflight-cache", m_browser.preflightCache, m_browser.clock.now());
        if (!m_browser.httpCache.stored().empty())
            m_recorder.setState("http-cache", m_browser.httpCache, m_browser.clock.now());
        m_recorder.record({.kind = StepKind::Effect, .landmark = true, .lane = m_browserLane,
                           .label = "+" + QByteArray::number(double(wait.milliseconds) / 1000, 'g', 15) + " s"});
        return {};
    }

    Outcome perform(const ChangeAction& change)
    {
        const QByteArray label = change.path.toUtf8() + " = " + shownValue(change.value);
        int lane = m_browserLane;
        std::optional<InputError> error;
        auto next = scenariofile::changed(m_scenario, change);
        if (next.ok()) {
            error = reconfigure(next->servers, lane);
            if (!error) {
                m_scenario = *std::move(next);
                m_browser.profile = Profile::named(m_scenario.profile);
            }
        } else {
            error = next.error();
        }
        // NB: checkScenario() says what is wrong before a run; here the run goes on with the settings as they were
        std::vector<Input> inputs;
        if (error)
            inputs.push_back({"error", error->sentence().toUtf8(), std::nullopt});
        m_recorder.record({.kind = StepKind::Effect, .verdict = error ? Verdict::Failure : Verdict::None, .landmark = true,
                           .lane = lane, .label = label, .inputs = inputs});
        return {};
    }

    Outcome perform(const CompareAction& compare)
    {
        CompareOutcome outcome;
        for (qsizetype i = 0; i < compare.urls.size(); ++i)
            for (qsizetype k = i + 1; k < compare.urls.size(); ++k)
                outcome.pairs.push_back(comparePair(compare.urls[i], compare.urls[k]));
        return outcome;
    }

private:
    std::vector<quint64> ledgerCounts() const
    {
        std::vector<quint64> counts;
        for (const auto& server : m_backend.servers())
            counts.push_back(server->ledgerCount());
        return counts;
    }

    std::optional<InputError> reconfigure(const std::vector<ServerConfig>& servers, int& lane)
    {
        for (const auto& config : servers) {
            const auto server = m_backend.find(config.id);
            if (!server || server->config() == config)
                continue;
            if (const auto done = server->configure(config); !done.ok())
                return done.error();
            lane = server->entryLane(m_recorder);
        }
        return std::nullopt;
    }

    /// https://html.spec.whatwg.org/multipage/browsers.html#same-origin
    CompareOutcome::Pair comparePair(const QByteArray& a, const QByteArray& b)
    {
        const auto urlA = Url::parse(a);
        const auto urlB = Url::parse(b);
        const auto originA = urlA.ok() ? urlA->origin() : Origin();
        const auto originB = urlB.ok() ? urlB->origin() : Origin();
        CompareOutcome::Pair pair{originA.serialized(), originB.serialized(), originA.isSameOrigin(originB), {}};
        const auto look = [&](const char* name, const auto& x, const auto& y) {
            if (x != y)
                pair.differing.append(name);
        };
        const bool tuples = !originA.isOpaque() && !originB.isOpaque();
        std::vector<Input> inputs;
        if (tuples) {
            look("scheme", originA.scheme(), originB.scheme());
            look("host", originA.host(), originB.host());
            look("port", originA.port(), originB.port());
            // NB: where no port is written, the origin's port is null in both and does not differ, whatever the scheme.
            const bool written = originA.port() || originB.port();
            const auto port = [&](const Origin& origin) {
                return written ? std::optional(QByteArray::number(origin.portOrDefault())) : std::nullopt;
            };
            inputs = {{"scheme", originA.scheme(), originB.scheme()},
                      {"host", originA.host(), originB.host()},
                      {"port", port(originA), port(originB)}};
        } else {
            inputs = {{"origin", pair.a, pair.b}};
        }

        auto spec = m_recorder.enter(Algorithm::SameOrigin, m_browserLane);
        // 1. The same opaque origin is the same as itself.
        spec.ask("1", originA.isOpaque() && pair.sameOrigin);
        // 2. Two tuples are the same where scheme, host and port are. 3. Nothing else is.
        // NB: to differ is no failure, so this is a question, not a decision.
        m_recorder.record({.kind = StepKind::Branch, .verdict = pair.sameOrigin ? Verdict::Yes : Verdict::No,
                           .landmark = true, .lane = m_browserLane,
                           .at = spec.at(!pair.sameOrigin ? "3" : tuples ? "2" : "1"),
                           .label = pair.a + (pair.sameOrigin ? " = " : " ≠ ") + pair.b, .inputs = inputs});
        return pair;
    }

    Scenario m_scenario; ///< as the changes so far have left it
    Browser& m_browser;
    Backend& m_backend;
    Network& m_network;
    Recorder& m_recorder;
    int m_browserLane = -1;
};

} // namespace

Runner::Runner(Browser& browser, Backend& backend, Network& network)
    : m_browser(browser), m_backend(backend), m_network(network)
{}

Trace Runner::run(const Scenario& scenario, Recorder& recorder)
{
    m_browser.profile = Profile::named(scenario.profile);
    takeInitialCookies(m_browser, scenario);
    Run run(scenario, m_browser, m_backend, m_network, recorder);
    recorder.setTime(m_browser.clock.now());
    run.declareAllLanes();
    for (size_t i = 0; i < scenario.actions.size(); ++i) {
        recorder.setAction(int(i));
        recorder.addOutcome(std::visit([&](const auto& action) { return run.perform(action); }, scenario.actions[i]));
    }
    return recorder.take();
}

void takeInitialCookies(Browser& browser, const Scenario& scenario)
{
    if (std::exchange(browser.hasInitialCookies, true))
        return;
    for (const auto& cookie : scenario.cookies)
        if (const auto url = Url::parse(cookie.url); url.ok())
            (void)browser.cookieJar.store(cookie.setCookie, CookieRequest{*url}, browser.clock.now()); // checked when read
}

Result<Done> checkScenario(const Scenario& scenario)
{
    Scenario state = scenario;
    const auto backend = Backend::create(scenario.servers);
    if (!backend.ok())
        return backend.error();
    for (size_t i = 0; i < scenario.actions.size(); ++i) {
        const auto* change = std::get_if<ChangeAction>(&scenario.actions[i]);
        if (!change)
            continue;
        const auto inAction = [&](InputError error) {
            error.where.prepend(QStringLiteral("actions[%1]: ").arg(i));
            return error;
        };
        auto next = scenariofile::changed(state, *change);
        if (!next.ok())
            return inAction(next.error());
        state = *std::move(next);
        if (const auto changedBackend = Backend::create(state.servers); !changedBackend.ok())
            return inAction(changedBackend.error());
    }
    return Done();
}

Result<Trace> runInProcess(const Scenario& scenario)
{
    Browser browser;
    return runInProcess(scenario, browser);
}

Result<Trace> runInProcess(const Scenario& scenario, Browser& browser)
{
    if (const auto checked = checkScenario(scenario); !checked.ok())
        return checked.error();
    const auto backend = Backend::create(scenario.servers);
    if (!backend.ok())
        return backend.error();
    DirectNetwork network(**backend, [&] { return browser.clock.now(); });
    Recorder recorder;
    return Runner(browser, **backend, network).run(scenario, recorder);
}

} // namespace corscope
