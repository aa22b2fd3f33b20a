#include "tests/core/ScriptedNetwork.h"
#include "core/explain/Catalogue.h"
#include "core/explain/Explain.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

using namespace corscope;

class tst_Catalogue : public QObject
{
    Q_OBJECT

    static QHash<QString, QByteArray> algorithmIds()
    {
        QFile file(QStringLiteral(CORSCOPE_SOURCE_DIR "/core/trace/Place.h"));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        static const QRegularExpression definition(QStringLiteral("Algorithm::(\\w+)\\{\"([^\"]+)\"\\}"));
        QHash<QString, QByteArray> ids;
        auto it = definition.globalMatch(QString::fromUtf8(file.readAll()));
        while (it.hasNext()) {
            const auto match = it.next();
            ids.insert(match.captured(1), match.captured(2).toUtf8());
        }
        return ids;
    }

private Q_SLOTS:
    void everyStepNamedInTheCodeHasItsWording()
    {
        const auto ids = algorithmIds();
        QVERIFY(ids.size() > 10);
        static const QRegularExpression token(QStringLiteral(
            "enter\\(Algorithm::(\\w+)|"
            "(?:spec\\.(?:step|let|ask|askLandmark|success|failure|message|ghost|effect)|refuse|refusal)\\((?:spec, )?(?:url \\? )?\"([^\"]+)\""));
        int checked = 0;
        QDirIterator files(QStringLiteral(CORSCOPE_SOURCE_DIR "/core/fetch"), {QStringLiteral("*.cpp")});
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto source = QString::fromUtf8(file.readAll());
            // Helpers above the first enter() write into the file's own algorithm.
            const auto first = token.globalMatch(source);
            QByteArray algorithm;
            for (auto it = first; it.hasNext() && algorithm.isEmpty();) {
                const auto match = it.next();
                if (!match.captured(1).isEmpty())
                    algorithm = ids.value(match.captured(1));
            }
            for (auto it = token.globalMatch(source); it.hasNext();) {
                const auto match = it.next();
                if (!match.captured(1).isEmpty()) {
                    algorithm = ids.value(match.captured(1));
                    QVERIFY2(!algorithm.isEmpty(), qPrintable(match.captured(1)));
                    continue;
                }
                const auto step = match.captured(2).toUtf8();
                const auto chapter = Catalogue::instance().chapters().value(algorithm);
                QVERIFY2(chapter.rules.contains(step),
                         QByteArray(file.fileName().toUtf8() + ": " + algorithm + " step " + step).constData());
                ++checked;
            }
        }
        qInfo("%d steps named in core/fetch, all worded", checked);
        QVERIFY(checked > 90);
    }

    void everyRecordedStepHasAWordingAndACitation()
    {
        Bench bench;
        const HeaderList allowed{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"}};
        bench.network.answer(200, allowed);
        bench.network.answer(302, {{"Access-Control-Allow-Origin", "*"}, {"Location", "/there"}});
        bench.network.answer(200, allowed);
        bench.network.answer(200, {{"Access-Control-Allow-Origin", "*"}});
        bench.recorder.setAction(0);
        bench.recorder.addOutcome(bench.fetch(Bench::call("http://api.test:5000/", "PUT")));
        const auto trace = bench.recorder.take();
        for (const auto& step : trace.steps) {
            if (step->kind == StepKind::Enter)
                continue;
            const QByteArray name = step->at.algorithm.id().toByteArray() + QByteArray(" ") + step->at.step.toByteArray();
            QVERIFY2(Catalogue::instance().rule(step->at), name.constData());
            QVERIFY2(!explain::stepText(*step, trace).isEmpty(), name.constData());
            QVERIFY2(!explain::citation(*step).isEmpty(), name.constData());
            if (step->kind == StepKind::Branch)
                QVERIFY2(!explain::branchTaken(*step).isEmpty() && !explain::branchNotTaken(*step).isEmpty(), name.constData());
        }
    }

    void citationNamesTheStandardsOwnNumber()
    {
        Step step;
        step.at = {Algorithm::CorsCheck, "4"};
        QCOMPARE(explain::citation(step), QStringLiteral("Fetch §4.10 CORS check, step 4"));
        step.at = {Algorithm::MainFetch, "12.preflight"};
        QCOMPARE(explain::citation(step), QStringLiteral("Fetch §4.1 Main fetch, step 12"));
        QCOMPARE(explain::citationUrl(step), QStringLiteral("https://fetch.spec.whatwg.org/#concept-main-fetch"));
    }
};

QTEST_GUILESS_MAIN(tst_Catalogue)
#include "tst_catalogue.moc"
