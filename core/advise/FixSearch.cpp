#include "core/advise/FixSearch.h"

#include "core/advise/Differences.h"
#include "core/advise/Edits.h"
#include "core/advise/Hostile.h"
#include "core/advise/Remedies.h"
#include "core/advise/Trial.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"

#include <QCoreApplication>
#include <algorithm>
#include <queue>

namespace corscope::advise {

static QString tr(const char* text) { return QCoreApplication::translate("FixSearch", text); }

namespace {

Scenario with(Scenario scenario, const Bundle& bundle)
{
    for (const auto& remedy : bundle)
        remedy.apply(scenario);
    return scenario;
}

int costOf(const Bundle& bundle)
{
    int sum = 0;
    for (const auto& remedy : bundle)
        sum += remedy.cost;
    return sum;
}

/// Cheapest first: a wave over the scenarios that few and small changes lead to.
class Search
{
public:
    Search(const Scenario& scenario, const Scenario& state, int action, const SearchOptions& options)
        : m_scenario(scenario), m_state(state), m_action(action), m_options(options),
          m_cookies(cookiesBefore(state, action))
    {}

    void run()
    {
        push({}, 0);
        while (!m_open.empty() && mayGoOn() && found.size() < size_t(m_options.maxProposals) * 2) {
            const auto node = m_open.top();
            m_open.pop();
            visit(node);
        }
        complete = m_open.empty() || mayGoOn();
    }

    std::vector<Proposal> found;
    int trials = 0;
    bool complete = true;

private:
    struct Node
    {
        Bundle remedies;
        int cost = 0;
        int depth = 0;
        int order = 0; ///< among equals the first
        bool operator<(const Node& other) const
        {
            return std::pair(cost, order) > std::pair(other.cost, other.order); // a heap has its greatest on top
        }
    };

    bool mayGoOn() const { return trials < m_options.maxTrials && !(m_options.cancelled && m_options.cancelled()); }
    void push(const Bundle& remedies, int depth) { m_open.push({remedies, costOf(remedies), depth, m_order++}); }
    bool allows(const Scenario& candidate)
    {
        ++trials;
        const auto outcome = verdict(candidate, m_action);
        return outcome && !outcome->blocked && outcome->allowed();
    }

    void visit(const Node& node)
    {
        const auto candidate = with(m_state, node.remedies);
        if (!isNew(candidate))
            return;
        if (allows(candidate)) {
            add(minimised(node.remedies));
            return;
        }
        if (node.depth >= m_options.maxDepth)
            return;
        ++trials;
        const auto situation = situationOf(candidate, m_action);
        if (!situation)
            return;
        for (const auto& bundle : remedies(*situation, m_options.framework)) {
            auto all = node.remedies;
            all.insert(all.end(), bundle.begin(), bundle.end());
            push(all, node.depth + 1);
        }
    }

    bool isNew(const Scenario& candidate)
    {
        if (std::find(m_seen.begin(), m_seen.end(), candidate) != m_seen.end())
            return false;
        m_seen.push_back(candidate);
        return true;
    }

    /// Drops whatever is not needed, what costs most first. What keeps strangers out is needed.
    Bundle minimised(Bundle bundle)
    {
        std::vector<size_t> order(bundle.size());
        for (size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        std::stable_sort(order.begin(), order.end(),
                         [&](size_t a, size_t b) { return bundle[a].cost > bundle[b].cost; });
        std::vector<bool> kept(bundle.size(), true);
        const auto keptOnes = [&] {
            Bundle result;
            for (size_t i = 0; i < bundle.size(); ++i)
                if (kept[i])
                    result.push_back(bundle[i]);
            return result;
        };
        const auto opened = [&](const Scenario& after) {
            return weightOf(missing(readersOf(after, after), readersOf(m_state, after)));
        };
        int weight = opened(with(m_state, bundle));
        for (const size_t i : order) {
            kept[i] = false;
            const auto fewer = with(m_state, keptOnes());
            kept[i] = !allows(fewer);
            if (kept[i])
                continue;
            const int now = opened(fewer);
            kept[i] = now > weight;
            if (!kept[i])
                weight = now;
        }
        return keptOnes();
    }

    void add(const Bundle& bundle)
    {
        const auto after = with(m_state, bundle);
        Proposal proposal;
        proposal.edits = beforeItsChanges(editsBetween(m_state, after), m_scenario, m_action);
        if (proposal.edits.empty()
            || std::any_of(found.begin(), found.end(), [&](const Proposal& p) { return p.edits == proposal.edits; }))
            return;
        // The real thing: the whole scenario with the edits, changes and all.
        const auto whole = scenariofile::edited(m_scenario, proposal.edits);
        if (!whole.ok() || !checkScenario(*whole).ok() || !allows(*whole))
            return;
        dropNeedlessEdits(proposal.edits);
        proposal.cost = costOf(bundle);
        proposal.differences = differencesBetween(m_state, after);
        describe(proposal, bundle);
        weigh(proposal, after);
        found.push_back(std::move(proposal));
    }

    /// One remedy may do more than this scenario needs. What keeps strangers out is needed, and so is what makes a later
    /// change follow its stage.
    void dropNeedlessEdits(std::vector<ChangeAction>& edits)
    {
        const auto readersAfter = [&](const Scenario& whole) {
            const auto state = stateAt(whole, m_action);
            return state ? weightOf(readersOf(*state, *state)) : 0;
        };
        for (size_t i = edits.size(); i-- > 0 && edits.size() > 1;) {
            if (edits[i].path.endsWith(QLatin1String("].path")))
                continue;
            auto fewer = edits;
            fewer.erase(fewer.begin() + qsizetype(i));
            const auto all = scenariofile::edited(m_scenario, edits);
            const auto rest = scenariofile::edited(m_scenario, fewer);
            if (all.ok() && rest.ok() && checkScenario(*rest).ok() && allows(*rest) && readersAfter(*rest) <= readersAfter(*all))
                edits = fewer;
        }
    }

    static void describe(Proposal& proposal, const Bundle& bundle)
    {
        QStringList titles, notes;
        bool page = false, server = false;
        for (const auto& remedy : bundle) {
            titles.append(remedy.title);
            if (!remedy.note.isEmpty() && !notes.contains(remedy.note))
                notes.append(remedy.note);
            page |= remedy.who != Who::Server;
            server |= remedy.who != Who::Page;
        }
        proposal.title = titles.join(QStringLiteral("; "));
        proposal.reason = notes.join(QLatin1Char(' '));
        proposal.explanation = proposal.reason;
        proposal.who = page && server ? Who::Both : page ? Who::Page : Who::Server;
    }

    /// Who reads the request of `asked` from the servers of `from`. An address that moves is no permission: both
    /// listen where the later ones do.
    std::vector<Opening> readersOf(Scenario from, const Scenario& asked)
    {
        const auto& send = std::get<SendAction>(asked.actions[size_t(m_action)]);
        const auto page =
            std::find_if(asked.pages.begin(), asked.pages.end(), [&](const auto& p) { return p.id == send.page; });
        for (size_t i = 0; i < from.servers.size(); ++i) {
            from.servers[i].scheme = asked.servers[i].scheme;
            from.servers[i].host = asked.servers[i].host;
            from.servers[i].port = asked.servers[i].port;
        }
        // Much is asked again and again: who could read before.
        const auto known = std::find_if(m_known.begin(), m_known.end(), [&](const Known& k) {
            return k.page == *page && k.call == send.call && k.servers == from.servers;
        });
        if (known != m_known.end())
            return known->readers;
        m_known.push_back({*page, send.call, from.servers, readers(from, *page, send.call, m_cookies)});
        return m_known.back().readers;
    }
    /// Those of `from` that are not in `in`.
    static std::vector<Opening> missing(const std::vector<Opening>& from, const std::vector<Opening>& in)
    {
        std::vector<Opening> result;
        for (const auto& opening : from)
            if (std::find(in.begin(), in.end(), opening) == in.end())
                result.push_back(opening);
        return result;
    }
    static int weightOf(const std::vector<Opening>& openings)
    {
        int weight = 0;
        for (const auto& opening : openings)
            weight += opening.withCredentials ? 100 : 10;
        return weight;
    }

    /// Hostile pages against the servers as they were and as they would be.
    void weigh(Proposal& proposal, const Scenario& after)
    {
        const auto now = readersOf(after, after);
        const auto before = readersOf(m_state, after);
        proposal.opens = missing(now, before);
        proposal.closes = missing(before, now);
        QStringList parts;
        if (!proposal.explanation.isEmpty())
            parts.append(proposal.explanation);
        QStringList opens;
        for (const auto& opening : proposal.opens)
            opens.append(openingText(opening));
        if (!opens.isEmpty())
            parts.append(tr("It also lets in: %1.").arg(opens.join(QStringLiteral("; "))));
        if (!proposal.closes.empty())
            parts.append(tr("Pages of other origins that could read this so far cannot any more."));
        proposal.explanation = parts.join(QLatin1Char(' '));
    }

    struct Known
    {
        PageConfig page;
        FetchCall call;
        std::vector<ServerConfig> servers;
        std::vector<Opening> readers;
    };

    const Scenario& m_scenario;
    const Scenario& m_state;
    int m_action;
    const SearchOptions& m_options;
    CookieJar m_cookies;
    std::priority_queue<Node> m_open;
    int m_order = 0;
    std::vector<Scenario> m_seen;
    std::vector<Known> m_known;
};

int weightOf(const Proposal& proposal)
{
    int weight = 0;
    for (const auto& opening : proposal.opens)
        weight += opening.withCredentials ? 100 : 10;
    return weight;
}

QString whoText(const std::vector<Proposal>& proposals)
{
    const auto all = [&](Who who) {
        return std::all_of(proposals.begin(), proposals.end(), [&](const Proposal& p) { return p.who == who; });
    };
    if (proposals.empty())
        return tr("No setting of this server and nothing the page could ask differently was found to help.");
    if (all(Who::Server))
        return tr("Only who runs the server can fix this: the permission is the server's to give.");
    if (all(Who::Page))
        return tr("Only the page can fix this: it has to ask differently.");
    return tr("The server can be changed, or the page.");
}

} // namespace

Advice advise(const Scenario& scenario, int action, const SearchOptions& options)
{
    Advice advice;
    if (action < 0 || size_t(action) >= scenario.actions.size())
        return advice;
    const auto state = stateAt(scenario, action);
    const auto outcome = state ? verdict(scenario, action) : std::nullopt;
    if (!outcome || !outcome->blocked)
        return advice;
    advice.blocked = outcome->blocked;

    Search search(scenario, *state, action, options);
    search.run();
    advice.trials = search.trials;
    advice.complete = search.complete;
    advice.proposals = std::move(search.found);
    std::stable_sort(advice.proposals.begin(), advice.proposals.end(), [](const Proposal& a, const Proposal& b) {
        return std::tuple(weightOf(a), a.cost, a.edits.size()) < std::tuple(weightOf(b), b.cost, b.edits.size());
    });
    if (advice.proposals.size() > size_t(options.maxProposals))
        advice.proposals.resize(size_t(options.maxProposals));
    for (size_t i = 0; i < advice.proposals.size(); ++i)
        advice.proposals[i].rank = int(i);
    advice.who = whoText(advice.proposals);
    const bool server = std::any_of(advice.proposals.begin(), advice.proposals.end(),
                                    [](const Proposal& p) { return p.who == Who::Server; });
    if (advice.proposals.empty() || (!server && !isCorsFailure(advice.blocked->why)))
        advice.otherwise = withoutRemedy(*advice.blocked);
    return advice;
}

bool isBlocked(const Scenario& scenario, int action)
{
    const auto outcome = verdict(scenario, action);
    return outcome && outcome->blocked;
}

} // namespace corscope::advise
