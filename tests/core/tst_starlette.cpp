#include "core/backend/FrameworkDescription.h"
#include "tests/oracles/middleware/Replay.h"

#include <QTest>

using namespace corscope;
using namespace corscope::oracles;

namespace {

constexpr const char* recordings[] = {
    "starlette-0.26.1", "starlette-0.47.3", "starlette-1.3.1", "fastapi-0.92", "fastapi-0.119.1",
};

QString dataPath(const char* name)
{
    return QStringLiteral(CORSCOPE_SOURCE_DIR "/tests/data/middleware/%1.json").arg(QLatin1String(name));
}

} // namespace

class StarletteTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAsRecorded_data()
    {
        QTest::addColumn<QByteArray>("file");
        for (const auto* file : recordings)
            QTest::newRow(file) << QByteArray(file);
    }

    void answersAsRecorded()
    {
        QFETCH(QByteArray, file);
        const auto requests = loadRequests(dataPath("requests"));
        QVERIFY(requests);
        const auto recording = MiddlewareRecording::load(dataPath(file), *requests);
        QVERIFY2(recording, recording ? "" : qPrintable(recording.error().sentence()));
        const auto* row = findEmulated(*recording);
        QVERIFY(row);
        const auto tally = replay(*recording, *requests, *row,
                                  {[](const QString& wrong) { qWarning("%s", qUtf8Printable(wrong)); },
                                   [this](const Trace& trace) { lookAt(trace); }});
        QCOMPARE(tally.wrong, 0);
        QCOMPARE(tally.notEmulated, 0);
        QVERIFY(tally.agree > 4000);
    }

    void everyRecordedRuleIsWorded()
    {
        QVERIFY(m_rules.size() > 25);
        for (const auto& place : m_rules) {
            const auto* description = findDescriptionOfAlgorithm(place.first);
            QVERIFY2(description, place.first.constData());
            const auto* rule = description->rule(place.second);
            QVERIFY2(rule && !rule->text.isEmpty(), QByteArray(place.first + ' ' + place.second).constData());
        }
        for (const auto& place : m_questions)
            QVERIFY2(!findDescriptionOfAlgorithm(place.first)->rule(place.second)->yes.isEmpty(),
                     QByteArray(place.first + ' ' + place.second).constData());
    }

    void everyWordedRuleIsReached()
    {
        for (const auto& rule : findFrameworkDescription("fastapi")->rules)
            QVERIFY2(m_rules.contains({"starlette-cors", rule.number}), rule.number.constData());
    }

private:
    /// The verdict that was written down fits the answer, and every rule has a number.
    void lookAt(const Trace& trace)
    {
        for (const auto& step : trace.steps) {
            const QByteArray algorithm = step->at.algorithm.id().toByteArray();
            if (step->kind == StepKind::Enter)
                continue;
            m_rules.insert({algorithm, step->at.step.toByteArray()});
            if (step->kind == StepKind::Branch)
                m_questions.insert({algorithm, step->at.step.toByteArray()});
            if (step->kind == StepKind::Decision && algorithm == "starlette-cors") {
                QVERIFY(step->landmark);
                QVERIFY(!step->blocked);
                const auto allowed = step->message->headers().get("Access-Control-Allow-Origin");
                if (step->at.step == "3.6")
                    QCOMPARE(step->verdict == Verdict::Success, step->message->response().status == 200);
                else if (step->verdict == Verdict::Success)
                    QVERIFY(allowed == "*" || allowed == step->inputs[0].comparedWith);
                else
                    QVERIFY(!allowed || allowed != step->inputs[0].comparedWith);
            }
        }
    }

    QSet<QPair<QByteArray, QByteArray>> m_rules;
    QSet<QPair<QByteArray, QByteArray>> m_questions;
};

QTEST_GUILESS_MAIN(StarletteTest)
#include "tst_starlette.moc"
