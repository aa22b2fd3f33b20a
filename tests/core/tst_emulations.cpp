#include "core/backend/FrameworkDescription.h"
#include "tests/oracles/middleware/Replay.h"

#include <QDir>
#include <QTest>

using namespace corscope;
using namespace corscope::oracles;

/// Every recording in tests/data/middleware against its emulation, and the emulation's words against its trace.
class EmulationsTest : public QObject
{
    Q_OBJECT

    static QDir folder() { return QDir(QStringLiteral(CORSCOPE_SOURCE_DIR "/tests/data/middleware")); }

    struct Seen
    {
        QSet<QByteArray> rules;
        QSet<QByteArray> questions;
        QSet<QByteArray> verdicts;
    };
    std::map<QByteArray, Seen> m_seen; ///< by algorithm

    void lookAt(const Trace& trace)
    {
        for (const auto& step : trace.steps) {
            if (step->kind == StepKind::Enter)
                continue;
            auto& seen = m_seen[step->at.algorithm.id().toByteArray()];
            seen.rules.insert(step->at.step.toByteArray());
            if (step->kind == StepKind::Branch)
                seen.questions.insert(step->at.step.toByteArray());
            if (step->kind == StepKind::Decision)
                seen.verdicts.insert(step->verdict == Verdict::Success ? "success" : "failure");
        }
    }

private Q_SLOTS:
    void answersAsRecorded_data()
    {
        QTest::addColumn<QString>("file");
        for (const auto& name : folder().entryList({QStringLiteral("*.json")}))
            if (name != QLatin1String("requests.json") && !name.startsWith(QLatin1String("starlette"))
                && !name.startsWith(QLatin1String("fastapi"))) // those have a test of their own
                QTest::newRow(qPrintable(name.chopped(5))) << folder().filePath(name);
    }
    void answersAsRecorded()
    {
        QFETCH(QString, file);
        const auto requests = loadRequests(folder().filePath(QStringLiteral("requests.json")));
        QVERIFY(requests);
        const auto recording = MiddlewareRecording::load(file, *requests);
        QVERIFY2(recording, recording ? "" : qPrintable(recording.error().sentence()));
        const auto* row = findEmulated(*recording);
        QVERIFY(row);
        const auto tally = replay(*recording, *requests, *row,
                                  {[](const QString& wrong) { qWarning("%s", qUtf8Printable(wrong)); },
                                   [this](const Trace& trace) { lookAt(trace); }});
        QCOMPARE(tally.wrong, 0);
        QVERIFY(tally.agree > 500);
        // What differs on purpose is an exception, not a habit.
        QVERIFY(tally.onPurpose * 200 <= tally.agree + tally.onPurpose);
    }

    void everyRecordedRuleIsWorded_data() { addFrameworks(); }
    void everyRecordedRuleIsWorded()
    {
        QFETCH(QByteArray, framework);
        const auto& description = *findFrameworkDescription(framework);
        const auto& seen = m_seen[description.algorithm];
        for (const auto& number : seen.rules)
            QVERIFY2(description.rule(number), number.constData());
        for (const auto& number : seen.questions)
            QVERIFY2(!description.rule(number)->yes.isEmpty(), number.constData());
        if (framework == "caddy") // in no recording does it answer by itself without the header
            QVERIFY(seen.verdicts.contains("success"));
        else
            QCOMPARE(seen.verdicts, (QSet<QByteArray>{"success", "failure"}));
    }

    void everyWordedRuleIsReached_data() { addFrameworks(); }
    void everyWordedRuleIsReached()
    {
        QFETCH(QByteArray, framework);
        const auto& description = *findFrameworkDescription(framework);
        // Tests of their own reach what no recording asks for.
        const QSet<QPair<QByteArray, QByteArray>> unrecorded{
            {"rs-cors", "4.5"}, // AllowPrivateNetwork
            {"echo-cors", "3.4"}, {"echo-cors", "3.5"}, {"echo-cors", "3.6"}, // functions
            {"jetty", "5.6"}, // allowedTimingOrigins
            {"nginx", "5.1"}, {"nginx", "5.3"}, // proxy_set_header, proxy_hide_header
            {"caddy", "2.1"}, {"caddy", "3"}, // request_header, basicauth
            {"apache", "4.2"}, // RequestHeader
            {"django", "1.2"}, {"django", "1.3"}, {"django", "5.5"}, // patterns Python refuses, a signal beyond its paths
            {"php", "3"}, {"php", "3.1"}, // echoed headers
            {"haproxy", "5"}, // a condition of http-after-response
            {"middy", "3.5"}, {"middy", "3.9"}, // vary, cacheControl
            {"micro-cors", "3.2"}, // a handler with a header of its own
        };
        for (const auto& rule : description.rules)
            if (!unrecorded.contains({framework, rule.number}))
                QVERIFY2(m_seen[description.algorithm].rules.contains(rule.number), rule.number.constData());
    }

private:
    static void addFrameworks()
    {
        QTest::addColumn<QByteArray>("framework");
        for (const auto& description : frameworkDescriptions())
            if (description.kind == "cors" && description.id != "fastapi")
                QTest::newRow(description.id.constData()) << description.id;
    }
};

QTEST_GUILESS_MAIN(EmulationsTest)
#include "tst_emulations.moc"
