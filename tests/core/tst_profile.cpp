#include "tests/core/ScriptedNetwork.h"
#include "core/explain/Explain.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace corscope;

/// The data of resources/spec/profiles.json, and that a browser follows it and says so.
class tst_Profile : public QObject
{
    Q_OBJECT

    // Members of Profile, by their names in the header, in lower case with hyphens.
    static QList<QByteArray> memberIds()
    {
        QFile file(QStringLiteral(CORSCOPE_SOURCE_DIR "/core/fetch/Profile.h"));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        static const QRegularExpression member(QStringLiteral("^    \\w+ (\\w+) = [\\w:]+;"), QRegularExpression::MultilineOption);
        QList<QByteArray> ids;
        for (auto it = member.globalMatch(QString::fromUtf8(file.readAll())); it.hasNext();) {
            QByteArray id;
            const auto name = it.next().captured(1);
            for (qsizetype i = 0; i < name.size(); ++i) {
                const bool begins = name[i].isUpper() || (name[i].isDigit() && !name[i - 1].isDigit() && name[i - 1].isUpper());
                id += (begins ? QByteArray("-") : QByteArray()) + QString(name[i].toLower()).toLatin1();
            }
            ids.append(id);
        }
        std::sort(ids.begin(), ids.end());
        return ids;
    }

    static QStringList departures(const Trace& trace)
    {
        QStringList ids;
        for (const auto& step : trace.steps)
            if (step->at.algorithm == Algorithm::BrowserProfile)
                ids.append(QString::fromLatin1(step->at.step));
        return ids;
    }

private Q_SLOTS:
    void everyMemberIsNamedByExactlyOneDifference()
    {
        QList<QByteArray> ids;
        for (const auto& difference : profileDifferences())
            ids.append(difference.id);
        std::sort(ids.begin(), ids.end());
        QVERIFY(ids.size() > 30);
        QCOMPARE(ids, memberIds());
    }

    void everyDifferenceIsWordedDatedAndProven()
    {
        for (const auto& difference : profileDifferences()) {
            const auto& id = difference.id;
            QVERIFY2(!difference.title.isEmpty(), id.constData());
            QVERIFY2(difference.sentence.endsWith(QLatin1Char('.')), id.constData());
            QVERIFY2(difference.seen.contains(QStringLiteral("2026-11")), id.constData());
            QVERIFY2(!difference.evidence.isEmpty(), id.constData());
            QCOMPARE(difference.values.size(), Profile::names().size());
            for (const auto& value : difference.values)
                QVERIFY2(!value.isEmpty(), id.constData());
        }
    }

    void someBrowserDepartsInEveryDifference()
    {
        for (const auto& difference : profileDifferences()) {
            const auto& values = difference.values;
            QVERIFY2(values.count(values.first()) < values.size(), difference.id.constData());
        }
    }

    void standardIsTheDefault() { QCOMPARE(Profile::named("standard"), Profile()); }

    void withoutAllItsDepartures()
    {
        for (const auto& name : Profile::names()) {
            auto profile = Profile::named(name);
            for (const auto& [id, departure] : departuresOf(profile))
                profile = profile.without(id);
            QCOMPARE(profile, Profile());
        }
    }

    void departureThatDecidesIsAStepWithItsSentence()
    {
        Bench bench;
        bench.browser.profile = Profile::named("chromium");
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Headers", "*"}});
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}});
        auto call = Bench::call("http://api.test:5000/");
        call.headers.append("Authorization", "x");
        bench.recorder.setAction(0);
        QVERIFY(!bench.fetch(call).blocked);
        const auto trace = bench.recorder.take();
        QCOMPARE(departures(trace), QStringList{QStringLiteral("authorization-covered-by-asterisk")});
        for (const auto& step : trace.steps)
            if (step->at.algorithm == Algorithm::BrowserProfile) {
                QVERIFY(step->landmark);
                QVERIFY(explain::stepText(*step, trace).contains(QStringLiteral("Authorization")));
                QVERIFY(!explain::branchTaken(*step).isEmpty() && !explain::branchNotTaken(*step).isEmpty());
            }
    }

    void departureThatChangesNothingIsNoStep()
    {
        for (const auto& name : Profile::names()) {
            Bench bench;
            bench.browser.profile = Profile::named(name);
            bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}});
            bench.recorder.setAction(0);
            QVERIFY(!bench.fetch(Bench::call("http://api.test:5000/")).blocked);
            QCOMPARE(departures(bench.recorder.take()), QStringList());
        }
    }

    void maximumAgeHasTheBrowsersLimit_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("two hours") << QByteArray("chromium") << qint64(7200);
        QTest::newRow("a day") << QByteArray("firefox") << qint64(86400);
        QTest::newRow("ten minutes") << QByteArray("webkit") << qint64(600);
    }
    void maximumAgeHasTheBrowsersLimit()
    {
        QFETCH(QByteArray, name);
        QFETCH(qint64, seconds);
        Bench bench;
        bench.browser.profile = Profile::named(name);
        bench.network.answer(204, {{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"},
                                   {"Access-Control-Max-Age", "1000000"}});
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}});
        bench.fetch(Bench::call("http://api.test:5000/", "PUT"));
        QCOMPARE(bench.browser.preflightCache.entries().at(0).maxAge, seconds);
    }
};

QTEST_GUILESS_MAIN(tst_Profile)
#include "tst_profile.moc"
