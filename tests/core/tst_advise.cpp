#include "core/advise/Differences.h"
#include "core/advise/Edits.h"
#include "core/advise/FixSearch.h"
#include "core/advise/Hostile.h"
#include "core/advise/Minimise.h"
#include "core/advise/Trial.h"
#include "core/network/LiveBackend.h"
#include "core/network/SocketNetwork.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace corscope;
using advise::Proposal;

/// Fixes of the library's own scenarios.
class tst_Advise : public QObject
{
    Q_OBJECT

    QTemporaryDir m_authority;

    static Scenario load(const QString& id)
    {
        const auto scenario = scenariofile::load(QStringLiteral(":/scenarios/%1.corscope").arg(id));
        if (!scenario)
            qFatal("%s", qPrintable(scenario.error().sentence()));
        return *scenario;
    }

    /// A row for each send of the library that is blocked.
    static void everyBlockedSend()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("action");
        int rows = 0;
        for (const auto& entry : scenariofile::library()) {
            const auto scenario = load(entry.id);
            for (int i = 0; i < int(scenario.actions.size()); ++i)
                if (advise::isBlocked(scenario, i)) {
                    QTest::addRow("%s, action %d", qPrintable(entry.id), i) << entry.id << i;
                    ++rows;
                }
        }
        QVERIFY(rows >= 12);
    }

    static bool isAllowed(const Trace& trace, int action)
    {
        const auto* send = std::get_if<SendOutcome>(&trace.outcomes[size_t(action)]);
        return send && send->allowed() && !send->blocked;
    }

    std::optional<Trace> overSockets(const Scenario& scenario)
    {
        const auto backend = Backend::create(scenario.servers);
        Browser browser;
        const auto now = [&] { return browser.clock.now(); };
        const auto live = LiveBackend::start(*backend, {PortPolicy::Free, now, m_authority.path()});
        if (!live)
            return std::nullopt;
        SocketNetwork network(live.value()->names(), {live.value()->trusted(), std::chrono::seconds(10)});
        Recorder recorder;
        return Runner(browser, **backend, network).run(scenario, recorder);
    }

    /// What hostile pages read of the send as it stands in this scenario.
    static std::vector<advise::Opening> openings(const Scenario& scenario, int action)
    {
        const auto state = advise::stateAt(scenario, action);
        const auto& send = std::get<SendAction>(state->actions[size_t(action)]);
        const auto page =
            std::find_if(state->pages.begin(), state->pages.end(), [&](const auto& p) { return p.id == send.page; });
        return advise::readers(*state, *page, send.call, advise::cookiesBefore(*state, action));
    }

    static bool isSubset(const std::vector<advise::Opening>& of, const std::vector<advise::Opening>& in)
    {
        return std::all_of(of.begin(), of.end(),
                           [&](const auto& o) { return std::find(in.begin(), in.end(), o) != in.end(); });
    }

private Q_SLOTS:
    void everyBlockedSendGetsAProposalThatTurnsIt_data() { everyBlockedSend(); }
    void everyBlockedSendGetsAProposalThatTurnsIt()
    {
        QFETCH(QString, id);
        QFETCH(int, action);
        const auto scenario = load(id);
        const auto advice = advise::advise(scenario, action);
        QVERIFY(advice.blocked);
        QVERIFY(!advice.who.isEmpty());
        if (advice.proposals.empty())
            QVERIFY(!advice.otherwise.isEmpty());
        else
            QVERIFY2(advice.proposals.size() <= 8 && advice.trials <= 700, qPrintable(QString::number(advice.trials)));
        for (const auto& proposal : advice.proposals) {
            const auto edited = scenariofile::edited(scenario, proposal.edits);
            QVERIFY2(edited.ok(), qPrintable(proposal.title));
            const auto direct = runInProcess(*edited);
            QVERIFY2(direct.ok() && isAllowed(*direct, action), qPrintable(proposal.title));
            const auto wire = overSockets(*edited);
            QVERIFY2(wire && isAllowed(*wire, action), qPrintable(proposal.title));
            QVERIFY(!proposal.title.isEmpty());
            QVERIFY2(!proposal.differences.empty(), qPrintable(proposal.title));
        }
    }

    void theRecordedFixIsAmongTheFirstThree_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("action");
        QTest::addColumn<int>("change");
        int rows = 0;
        for (const auto& entry : scenariofile::library()) {
            const auto scenario = load(entry.id);
            for (int i = 0; i + 2 < int(scenario.actions.size()); ++i) {
                const auto* send = std::get_if<SendAction>(&scenario.actions[size_t(i)]);
                const auto* change = std::get_if<ChangeAction>(&scenario.actions[size_t(i) + 1]);
                const auto* again = std::get_if<SendAction>(&scenario.actions[size_t(i) + 2]);
                if (send && change && again && *send == *again && advise::isBlocked(scenario, i)
                    && !advise::isBlocked(scenario, i + 2)) {
                    QTest::addRow("%s, action %d", qPrintable(entry.id), i) << entry.id << i << i + 1;
                    ++rows;
                }
            }
        }
        QVERIFY(rows >= 7);
    }
    void theRecordedFixIsAmongTheFirstThree()
    {
        QFETCH(QString, id);
        QFETCH(int, action);
        QFETCH(int, change);
        const auto scenario = load(id);
        const auto recorded = scenariofile::changed(*advise::stateAt(scenario, action),
                                                    std::get<ChangeAction>(scenario.actions[size_t(change)]));
        QVERIFY(recorded.ok());
        const auto theirs = openings(*recorded, action);
        const auto advice = advise::advise(scenario, action);
        bool found = false;
        for (size_t i = 0; i < advice.proposals.size() && i < 3; ++i) {
            const auto& proposal = advice.proposals[i];
            const auto edited = scenariofile::edited(scenario, proposal.edits);
            // The same place, and nobody gets in whom the author's own change keeps out.
            const bool onPage =
                std::get<ChangeAction>(scenario.actions[size_t(change)]).path.startsWith(QLatin1String("pages"));
            const bool samePlace = proposal.who == (onPage ? advise::Who::Page : advise::Who::Server);
            found |= samePlace && isSubset(openings(*edited, action), theirs);
        }
        QVERIFY(found);
    }

    void theFirstProposalOpensNothingUnannounced_data() { everyBlockedSend(); }
    void theFirstProposalOpensNothingUnannounced()
    {
        QFETCH(QString, id);
        QFETCH(int, action);
        const auto scenario = load(id);
        const auto advice = advise::advise(scenario, action);
        const auto before = openings(scenario, action);
        for (const auto& proposal : advice.proposals) {
            const auto edited = scenariofile::edited(scenario, proposal.edits);
            for (const auto& opening : openings(*edited, action)) {
                const bool announced =
                    std::find(proposal.opens.begin(), proposal.opens.end(), opening) != proposal.opens.end();
                const bool wasOpen = std::find(before.begin(), before.end(), opening) != before.end();
                // Nobody could read at the old address; and a change of the page alone gives nobody a permission.
                const bool moved = advice.blocked->why == Why::MixedContent || proposal.who == advise::Who::Page;
                QVERIFY2(announced || wasOpen || moved,
                         qPrintable(proposal.title + QStringLiteral(": ") + advise::openingText(opening)));
                if (announced)
                    QVERIFY2(proposal.explanation.contains(QString::fromUtf8(opening.origin)),
                             qPrintable(proposal.explanation));
            }
        }
        if (!advice.proposals.empty())
            QVERIFY2(advice.proposals[0].opens.empty(), qPrintable(advice.proposals[0].title));
    }

    void applyingAndUndoingGivesTheSameScenario_data() { everyBlockedSend(); }
    void applyingAndUndoingGivesTheSameScenario()
    {
        QFETCH(QString, id);
        QFETCH(int, action);
        const auto scenario = load(id);
        for (const auto& proposal : advise::advise(scenario, action).proposals) {
            const auto undo = advise::undoing(scenario, proposal.edits);
            QVERIFY(undo.ok());
            const auto edited = scenariofile::edited(scenario, proposal.edits);
            QVERIFY(edited.ok() && !(*edited == scenario));
            const auto back = scenariofile::edited(*edited, *undo);
            QVERIFY2(back.ok() && *back == scenario, qPrintable(proposal.title));
        }
    }

    void everyEditIsNeeded_data() { everyBlockedSend(); }
    void everyEditIsNeeded()
    {
        QFETCH(QString, id);
        QFETCH(int, action);
        const auto scenario = load(id);
        for (const auto& proposal : advise::advise(scenario, action).proposals)
            for (size_t i = 0; i < proposal.edits.size(); ++i) {
                if (proposal.edits[i].path.endsWith(QLatin1String("].path")))
                    continue; // a later change that follows its stage
                auto fewer = proposal.edits;
                fewer.erase(fewer.begin() + qsizetype(i));
                const bool followersOnly = std::all_of(fewer.begin(), fewer.end(), [](const auto& edit) {
                    return edit.path.endsWith(QLatin1String("].path"));
                });
                if (followersOnly)
                    continue; // they make sense with what they follow
                const auto edited = scenariofile::edited(scenario, fewer);
                if (!edited.ok())
                    continue; // half of a change: the rest does not stand without it
                const auto verdict = advise::verdict(*edited, action);
                if (!verdict || verdict->blocked)
                    continue;
                // It would do with less, but then others get in.
                const auto whole = scenariofile::edited(scenario, proposal.edits);
                QVERIFY2(!isSubset(openings(*edited, action), openings(*whole, action)), qPrintable(proposal.title));
            }
    }

    void aChangeOnTheWayIsChangedItself()
    {
        auto scenario = load(QStringLiteral("fastapi-trailing-slash"));
        // The author's change names yet another origin: then the second send is blocked, too.
        std::get<ChangeAction>(scenario.actions[1]).value = QJsonArray{QStringLiteral("http://localhost:9000")};
        QVERIFY(advise::isBlocked(scenario, 2));
        const auto advice = advise::advise(scenario, 2);
        QVERIFY(!advice.proposals.empty());
        const auto& edits = advice.proposals[0].edits;
        QCOMPARE(edits.size(), size_t(1));
        QCOMPARE(edits[0].path, QStringLiteral("actions[1].value"));
        QCOMPARE(
            edits[0].value,
            QJsonValue(QJsonArray{QStringLiteral("http://localhost:9000"), QStringLiteral("http://localhost:8000")}));
    }

    void laterChangesFollowAStageThatMoves()
    {
        const auto scenario = load(QStringLiteral("auth-before-cors"));
        const auto advice = advise::advise(scenario, 0);
        const auto moving = std::find_if(advice.proposals.begin(), advice.proposals.end(), [](const Proposal& p) {
            return p.edits.front().path == QLatin1String("servers[0].pipeline")
                || p.edits.back().path == QLatin1String("servers[0].pipeline");
        });
        QVERIFY(moving != advice.proposals.end());
        const auto edited = scenariofile::edited(scenario, moving->edits);
        QVERIFY(edited.ok());
        QCOMPARE(std::get<ChangeAction>(edited->actions[1]).path,
                 QStringLiteral("servers[0].pipeline[1].settings.exempt_preflight"));
        QVERIFY(runInProcess(*edited).ok());
    }

    void wildcardWithCredentialsIsNeverAnsweredByReflection()
    {
        const auto advice = advise::advise(load(QStringLiteral("fastapi-wildcard-credentials")), 0);
        QVERIFY(advice.proposals.size() >= 2);
        QCOMPARE(advice.proposals[0].who, advise::Who::Page); // ask without credentials: nobody is granted anything
        const auto server = std::find_if(advice.proposals.begin(), advice.proposals.end(),
                                         [](const Proposal& p) { return p.who == advise::Who::Server; });
        QVERIFY(server != advice.proposals.end());
        QVERIFY(server->opens.empty());
        QVERIFY(!server->closes.empty()); // who read without credentials under "*" does not any more
        const auto code = server->differences[0].codeAfter;
        QVERIFY2(code.contains("allow_origins=[\"http://localhost:8000\"]") && code.contains("allow_credentials=True"),
                 code);
    }

    void nullIsSaidToLetEverySandboxedPageIn()
    {
        const auto advice = advise::advise(load(QStringLiteral("sandboxed-page-null-origin")), 0);
        QCOMPARE(advice.proposals[0].who, advise::Who::Page);
        bool found = false;
        for (const auto& proposal : advice.proposals)
            if (proposal.title.contains(QLatin1String("Add null"))) {
                found = true;
                QVERIFY(!proposal.opens.empty());
                QCOMPARE(proposal.opens[0].kind, advise::Opening::Kind::Null);
            }
        QVERIFY(found);
    }

    void mixedContentSaysWhatCanBeDone()
    {
        const auto advice = advise::advise(load(QStringLiteral("fastapi-mixed-content")), 0);
        QVERIFY(advice.otherwise.contains(QLatin1String("https")));
        for (const auto& proposal : advice.proposals)
            QVERIFY(proposal.who != advise::Who::Server);
    }

    void anAllowedSendNeedsNoAdvice()
    {
        const auto advice = advise::advise(load(QStringLiteral("fastapi-list-of-origins")), 0);
        QVERIFY(!advice.blocked && advice.proposals.empty());
        QVERIFY(!advise::advise(load(QStringLiteral("three-urls-three-origins")), 0).blocked);
        QVERIFY(!advise::advise(Scenario(), 3).blocked);
    }

    void aSearchRunsTheScenarioAFewDozenTimes()
    {
        qint64 worst = 0, sum = 0;
        int count = 0, trials = 0;
        for (const auto& entry : scenariofile::library()) {
            const auto scenario = load(entry.id);
            for (int i = 0; i < int(scenario.actions.size()); ++i) {
                QElapsedTimer timer;
                timer.start();
                const auto advice = advise::advise(scenario, i);
                if (!advice.blocked)
                    continue;
                worst = std::max(worst, timer.elapsed());
                sum += timer.elapsed();
                trials += advice.trials;
                ++count;
            }
        }
        qInfo("%d searches: %lld ms on average, %lld ms at worst, %d runs of a scenario on average", count, sum / count,
              worst, trials / count);
        QVERIFY2(trials / count < 100, qPrintable(QString::number(trials / count)));
    }

    void aSearchCanBeStopped()
    {
        advise::SearchOptions options;
        int asked = 0;
        options.cancelled = [&] { return ++asked > 1; };
        const auto advice = advise::advise(load(QStringLiteral("auth-answers-preflight")), 0, options);
        QVERIFY(advice.blocked);
        QVERIFY(!advice.complete);
    }

    void searchesOnSeveralThreadsAgree()
    {
        const auto scenario = load(QStringLiteral("fastapi-wildcard-credentials"));
        const auto alone = advise::advise(scenario, 0).proposals;
        std::vector<std::vector<Proposal>> results(4);
        std::vector<std::unique_ptr<QThread>> threads;
        for (auto& result : results)
            threads.emplace_back(QThread::create([&] { result = advise::advise(scenario, 0).proposals; }))->start();
        for (auto& thread : threads)
            thread->wait();
        for (const auto& result : results)
            QVERIFY(result == alone);
    }

    void whatCouldGoWithNoEffectIsFound()
    {
        const auto scenario = load(QStringLiteral("fastapi-put-json-preflight"));
        const auto found = advise::superfluous(scenario, 0);
        QVERIFY(!found.empty());
        const auto has = [&](const char* name) {
            return std::any_of(found.begin(), found.end(),
                               [&](const auto& s) { return s.name == QLatin1String(name); });
        };
        QVERIFY(!has("allow_origins"));
        QVERIFY(!has("allow_methods"));
        QVERIFY(has("allow_headers")); // Content-Type is always among those that FastAPI allows
        const auto before = advise::verdict(scenario, 0);
        for (const auto& one : found) {
            const auto edited = scenariofile::edited(scenario, one.edits);
            QVERIFY2(edited.ok(), qPrintable(one.name));
            const auto now = advise::verdict(*edited, 0);
            QCOMPARE(now->allowed(), before->allowed());
        }
    }

    void theSmallestScenarioStillFailsForTheSameReason_data() { everyBlockedSend(); }
    void theSmallestScenarioStillFailsForTheSameReason()
    {
        QFETCH(QString, id);
        QFETCH(int, action);
        const auto scenario = load(id);
        const auto small = advise::minimised(scenario, action);
        const auto before = advise::verdict(scenario, action);
        const int last = int(small.actions.size()) - 1;
        const auto after = advise::verdict(small, last);
        QVERIFY(after && after->blocked);
        QCOMPARE(whyId(after->blocked->why), whyId(before->blocked->why));
        QCOMPARE(after->blocked->on, before->blocked->on);
        const auto written = scenariofile::serialize(small);
        QVERIFY(written.size() <= scenariofile::serialize(scenario).size());
        const auto again = scenariofile::parse(written, QStringLiteral("small"));
        QVERIFY2(again.ok(), again.ok() ? "" : qPrintable(again.error().sentence()));
        QVERIFY(*again == small);
        QVERIFY(advise::minimised(small, last) == small);
    }

    void linesThatStayAreNoDifference()
    {
        const auto diff = advise::lineDiff("a\nb\nc\n", "a\nx\nc\nd\n");
        const std::vector<advise::DiffLine> expected{{' ', "a"}, {'-', "b"}, {'+', "x"}, {' ', "c"}, {'+', "d"}};
        QVERIFY(diff == expected);
        QVERIFY(advise::lineDiff("", "").empty());
    }
};

QTEST_GUILESS_MAIN(tst_Advise)
#include "tst_advise.moc"
