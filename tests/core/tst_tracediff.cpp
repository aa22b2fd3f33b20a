#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"
#include "core/trace/Diff.h"
#include "core/trace/Walk.h"

#include <QTest>

using namespace corscope;
using What = diff::Difference::What;

/// Two runs laid side by side.
class TraceDiffTest : public QObject
{
    Q_OBJECT

    static Scenario library(const char* id)
    {
        auto loaded = scenariofile::load(QStringLiteral(":/scenarios/%1.corscope").arg(QLatin1String(id)));
        if (!loaded.ok())
            qFatal("%s", qPrintable(loaded.error().sentence()));
        return *loaded;
    }
    static Trace run(const Scenario& scenario)
    {
        auto trace = runInProcess(scenario);
        if (!trace.ok())
            qFatal("%s", qPrintable(trace.error().sentence()));
        return *trace;
    }
    static SendAction& send(Scenario& scenario) { return std::get<SendAction>(scenario.actions.back()); }
    static const diff::Difference* find(const std::vector<diff::Difference>& all, What what, const QByteArray& name = {})
    {
        const auto it = std::find_if(all.begin(), all.end(), [&](const auto& d) {
            return d.what == what && (name.isEmpty() || d.name.compare(name, Qt::CaseInsensitive) == 0);
        });
        return it == all.end() ? nullptr : &*it;
    }

private Q_SLOTS:
    void aRunIsTheSameAsItself()
    {
        for (const auto& entry : scenariofile::library()) {
            const auto scenario = scenariofile::load(entry.path);
            QVERIFY(scenario.ok());
            const auto a = run(*scenario);
            const auto b = run(*scenario);
            const auto rows = diff::align(a, b);
            for (const auto& row : rows)
                QVERIFY2(row.isSame() && row.a == row.b, qPrintable(entry.id));
            QVERIFY(!diff::fork(a, b).exists());
        }
    }

    void everyLandmarkIsThereOnceAndInOrder()
    {
        std::vector<Trace> traces;
        for (const auto& entry : scenariofile::library().mid(0, 8))
            traces.push_back(run(*scenariofile::load(entry.path)));
        for (const auto& a : traces)
            for (const auto& b : traces) {
                std::vector<int> left;
                std::vector<int> right;
                for (const auto& row : diff::align(a, b)) {
                    QVERIFY(row.a >= 0 || row.b >= 0);
                    if (row.a >= 0)
                        left.push_back(row.a);
                    if (row.b >= 0)
                        right.push_back(row.b);
                }
                QCOMPARE(left, walk::stops(a, walk::Stops::Landmarks));
                QCOMPARE(right, walk::stops(b, walk::Stops::Landmarks));
            }
    }

    void theMissingHeaderIsFoundInTheResponseAndTheVerdictInTheCheck()
    {
        auto scenario = library("fastapi-list-of-origins");
        const auto allowed = run(scenario);
        scenario.servers[0].pipeline[0].enabled = false;
        const auto blocked = run(scenario);
        const auto rows = diff::align(blocked, allowed);

        const diff::Row* check = nullptr;
        bool header = false;
        int onlyAllowed = 0;
        for (const auto& row : rows) {
            if (const auto* d = find(row.differences, What::Header, "access-control-allow-origin")) {
                header = true;
                QCOMPARE(d->a, std::nullopt);
                QCOMPARE(d->b, std::optional<QByteArray>("http://localhost:8000"));
            }
            if (row.a >= 0 && row.b >= 0 && blocked.at(row.a).at.algorithm == Algorithm::CorsCheck)
                check = &row;
            QVERIFY(row.b >= 0 || blocked.at(row.a).kind == StepKind::Message); // nothing is in the blocked run alone
            onlyAllowed += row.a < 0;
        }
        QVERIFY(header);
        QVERIFY(check);
        const auto* verdict = find(check->differences, What::Verdict);
        QVERIFY(verdict);
        QCOMPARE(verdict->a, std::optional<QByteArray>("failure"));
        QCOMPARE(verdict->b, std::optional<QByteArray>("success"));
        const auto* why = find(check->differences, What::Reason);
        QVERIFY(why);
        QCOMPARE(why->a, std::optional<QByteArray>("missing-allow-origin"));
        QVERIFY(onlyAllowed > 0); // the middleware's own steps
    }

    void aPreflightStandsAloneAndTheRequestBesideItself()
    {
        auto scenario = library("fastapi-list-of-origins");
        const auto simple = run(scenario);
        send(scenario).call.method = "PUT";
        const auto preflighted = run(scenario);
        bool request = false;
        for (const auto& row : diff::align(simple, preflighted)) {
            if (row.b >= 0 && preflighted.at(row.b).preflight >= 0)
                QCOMPARE(row.a, -1);
            if (row.a < 0 || row.b < 0)
                continue;
            if (const auto* method = find(row.differences, What::Method)) {
                request = true;
                QCOMPARE(method->a, std::optional<QByteArray>("GET"));
                QCOMPARE(method->b, std::optional<QByteArray>("PUT"));
            }
        }
        QVERIFY(request);
        const auto fork = diff::fork(simple, preflighted);
        QVERIFY(fork.exists() && fork.a > 0 && fork.a == fork.b);
    }

    void sentHereAndNeverSentThereStandTogether()
    {
        auto scenario = library("fastapi-list-of-origins");
        send(scenario).call.method = "PUT";
        const auto sent = run(scenario);
        scenario.servers[0].pipeline[0].enabled = false;
        const auto refused = run(scenario);
        const auto rows = diff::align(sent, refused);
        QCOMPARE(std::count_if(rows.begin(), rows.end(), [](const auto& row) { return find(row.differences, What::Sent); }), 1);
    }

    void otherValuesAloneAreTheSameWay()
    {
        auto scenario = library("fastapi-list-of-origins");
        const auto a = run(scenario);
        scenario.servers[0].routes[0].body = "{}";
        const auto b = run(scenario);
        QVERIFY(!diff::fork(a, b).exists());
        const auto rows = diff::align(a, b);
        QVERIFY(std::any_of(rows.begin(), rows.end(), [](const auto& row) { return find(row.differences, What::Body); }));
    }

    void aStepFindsItsCounterpart()
    {
        auto scenario = library("fastapi-list-of-origins");
        const auto simple = run(scenario);
        send(scenario).call.method = "PUT";
        const auto preflighted = run(scenario);
        int found = 0;
        for (const auto& step : simple.steps) {
            const int other = diff::counterpart(simple, step->index, preflighted);
            if (other < 0)
                continue;
            ++found;
            QCOMPARE(preflighted.at(other).at.algorithm, step->at.algorithm);
            QCOMPARE(preflighted.at(other).kind, step->kind);
            QVERIFY(preflighted.at(other).preflight < 0);
        }
        QVERIFY(found > simple.size() / 2);
        QCOMPARE(diff::counterpart(simple, -1, preflighted), -1);
        QCOMPARE(diff::counterpart(simple, 0, Trace()), -1);
    }
};

QTEST_GUILESS_MAIN(TraceDiffTest)
#include "tst_tracediff.moc"
