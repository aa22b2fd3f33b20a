#include "core/advise/Minimise.h"

#include "core/advise/Edits.h"
#include "core/advise/Trial.h"
#include "core/backend/FrameworkDescription.h"

#include <QJsonArray>
#include <algorithm>
#include <functional>

namespace corscope::advise {

namespace {

/// What makes two verdicts the same one.
struct Sameness
{
    bool allowed = false;
    std::optional<Why> why;
    Blocked::On on = Blocked::On::Request;
    bool operator==(const Sameness&) const = default;
};

std::optional<Sameness> samenessOf(const Scenario& scenario, int action)
{
    const auto outcome = verdict(scenario, action);
    if (!outcome)
        return std::nullopt;
    Sameness result;
    result.allowed = outcome->allowed();
    if (outcome->blocked) {
        result.why = outcome->blocked->why;
        result.on = outcome->blocked->on;
    }
    return result;
}

QString titleOf(const StageConfig& stage)
{
    const auto* description = findFrameworkDescription(stage.kind == "cors" ? stage.framework : stage.kind);
    return description ? description->stageTitle : QString::fromUtf8(stage.kind);
}

/// Takes headers, settings and stages away, one at a time.
class Trimmer
{
public:
    Trimmer(const Scenario& scenario, const Scenario& state, int action)
        : m_scenario(scenario), m_state(state), m_action(action), m_sameness(samenessOf(state, action))
    {}

    void attempt(Superfluous::Kind kind, const QString& name, const QString& where,
                 const std::function<void(Scenario&)>& take)
    {
        auto without = m_state;
        take(without);
        if (samenessOf(without, m_action) == m_sameness)
            found.push_back(
                {kind, name, where, beforeItsChanges(editsBetween(m_state, without), m_scenario, m_action)});
    }

    std::vector<Superfluous> found;

private:
    const Scenario& m_scenario;
    const Scenario& m_state;
    int m_action;
    std::optional<Sameness> m_sameness;
};

HeaderList without(const HeaderList& headers, qsizetype index)
{
    HeaderList result;
    for (qsizetype i = 0; i < headers.size(); ++i)
        if (i != index)
            result.append(headers.at(i).name, headers.at(i).value);
    return result;
}

/// Leaves out elements of a list one after the other, as long as it works.
class Reduction
{
public:
    Reduction(Scenario scenario, int action) : m_scenario(std::move(scenario)), m_action(action)
    {
        m_sameness = samenessOf(m_scenario, action);
    }

    bool attempt(const std::function<void(Scenario&)>& change)
    {
        auto smaller = m_scenario;
        change(smaller);
        if (smaller == m_scenario || samenessOf(smaller, m_action) != m_sameness)
            return false;
        m_scenario = std::move(smaller);
        return true;
    }
    template<typename List>
    void thin(const std::function<List&(Scenario&)>& list)
    {
        for (size_t i = list(m_scenario).size(); i-- > 0;)
            attempt([&](Scenario& s) { list(s).erase(list(s).begin() + qsizetype(i)); });
    }

    void run()
    {
        actions();
        thin<std::vector<ServerConfig>>([](Scenario & s) -> auto& { return s.servers; });
        pages();
        for (size_t i = 0; i < m_scenario.servers.size(); ++i)
            server(i);
        request();
    }
    const Scenario& scenario() const { return m_scenario; }
    int action() const { return m_action; }

private:
    void actions()
    {
        for (int i = m_action - 1; i >= 0; --i) {
            --m_action; // the send moves up
            if (!attempt([&](Scenario& s) { s.actions.erase(s.actions.begin() + i); }))
                ++m_action;
        }
    }
    void pages()
    {
        auto& pages = m_scenario.pages;
        pages.erase(std::remove_if(pages.begin(), pages.end(),
                                   [&](const PageConfig& page) {
                                       return std::none_of(m_scenario.actions.begin(), m_scenario.actions.end(),
                                                           [&](const Action& action) {
                                                               const auto* send = std::get_if<SendAction>(&action);
                                                               return send && send->page == page.id;
                                                           });
                                   }),
                    pages.end());
        for (size_t i = 0; i < m_scenario.pages.size(); ++i)
            attempt([&](Scenario& s) { s.pages[i].path = "/"; });
    }
    void server(size_t i)
    {
        thin<std::vector<StageConfig>>([i](Scenario & s) -> auto& { return s.servers[i].pipeline; });
        thin<std::vector<RouteConfig>>([i](Scenario & s) -> auto& { return s.servers[i].routes; });
        for (size_t k = 0; k < m_scenario.servers[i].pipeline.size(); ++k)
            for (const auto& key : m_scenario.servers[i].pipeline[k].settings.keys()) {
                const auto settings = [i, k](Scenario& s) -> QJsonObject& { return s.servers[i].pipeline[k].settings; };
                if (!attempt([&](Scenario& s) { settings(s).remove(key); }))
                    for (qsizetype n = settings(m_scenario).value(key).toArray().size(); n-- > 0;)
                        attempt([&](Scenario& s) {
                            auto list = settings(s).value(key).toArray();
                            list.removeAt(n);
                            settings(s).insert(key, list);
                        });
            }
        for (size_t k = 0; k < m_scenario.servers[i].routes.size(); ++k) {
            const auto route = [i, k](Scenario& s) -> RouteConfig& { return s.servers[i].routes[k]; };
            for (qsizetype n = route(m_scenario).headers.size(); n-- > 0;)
                attempt([&](Scenario& s) { route(s).headers = without(route(s).headers, n); });
            attempt([&](Scenario& s) { route(s).body.clear(); });
            attempt([&](Scenario& s) { route(s).effect.clear(); });
            attempt([&](Scenario& s) { route(s).raises = false; });
        }
    }
    void request()
    {
        const auto call = [this](Scenario& s) -> FetchCall& {
            return std::get<SendAction>(s.actions[size_t(m_action)]).call;
        };
        for (qsizetype n = call(m_scenario).headers.size(); n-- > 0;)
            attempt([&](Scenario& s) { call(s).headers = without(call(s).headers, n); });
        const FetchCall standard;
        attempt([&](Scenario& s) { call(s).body.reset(); });
        attempt([&](Scenario& s) { call(s).method = standard.method; });
        attempt([&](Scenario& s) { call(s).credentials = standard.credentials; });
        attempt([&](Scenario& s) { call(s).cache = standard.cache; });
        attempt([&](Scenario& s) { call(s).redirect = standard.redirect; });
    }

    Scenario m_scenario;
    int m_action;
    std::optional<Sameness> m_sameness;
};

} // namespace

std::vector<Superfluous> superfluous(const Scenario& scenario, int action)
{
    const auto state = stateAt(scenario, action);
    if (!state || !verdict(*state, action))
        return {};
    Trimmer trimmer(scenario, *state, action);
    const auto& call = std::get<SendAction>(state->actions[size_t(action)]).call;
    for (qsizetype i = 0; i < call.headers.size(); ++i)
        trimmer.attempt(Superfluous::Kind::RequestHeader, QString::fromLatin1(call.headers.at(i).name), {},
                        [&](Scenario& s) {
                            auto& headers = std::get<SendAction>(s.actions[size_t(action)]).call.headers;
                            headers = without(headers, i);
                        });
    for (size_t i = 0; i < state->servers.size(); ++i) {
        const auto& server = state->servers[i];
        for (size_t k = 0; k < server.pipeline.size(); ++k) {
            const auto& stage = server.pipeline[k];
            if (!stage.enabled)
                continue;
            const auto title = titleOf(stage);
            trimmer.attempt(Superfluous::Kind::Stage, title, QString::fromUtf8(server.id),
                            [&](Scenario& s) { s.servers[i].pipeline[k].enabled = false; });
            for (const auto& key : stage.settings.keys()) {
                trimmer.attempt(Superfluous::Kind::Setting, key, title,
                                [&](Scenario& s) { s.servers[i].pipeline[k].settings.remove(key); });
                const auto list = stage.settings.value(key).toArray();
                for (qsizetype n = 0; n < list.size(); ++n)
                    if (list.at(n).isArray()) // a header that the stage writes
                        trimmer.attempt(Superfluous::Kind::ResponseHeader, list.at(n).toArray().at(0).toString(), title,
                                        [&](Scenario& s) {
                                            auto fewer = list;
                                            fewer.removeAt(n);
                                            s.servers[i].pipeline[k].settings.insert(key, fewer);
                                        });
            }
        }
        for (size_t k = 0; k < server.routes.size(); ++k)
            for (qsizetype n = 0; n < server.routes[k].headers.size(); ++n)
                trimmer.attempt(Superfluous::Kind::ResponseHeader,
                                QString::fromLatin1(server.routes[k].headers.at(n).name),
                                QString::fromUtf8(server.routes[k].path), [&](Scenario& s) {
                                    auto& headers = s.servers[i].routes[k].headers;
                                    headers = without(headers, n);
                                });
    }
    return std::move(trimmer.found);
}

Scenario minimised(const Scenario& scenario, int action)
{
    auto state = stateAt(scenario, action);
    if (!state || !verdict(*state, action))
        return scenario;
    if (samenessOf(*state, action) != samenessOf(scenario, action))
        return scenario; // it is the changes on the way that make the failure
    // Two rounds: what is needed for something that is left out itself goes in the second.
    Reduction first(*state, action);
    first.run();
    Reduction second(first.scenario(), first.action());
    second.run();
    auto result = second.scenario();
    result.story.clear();
    result.topics.clear();
    return result;
}

} // namespace corscope::advise
