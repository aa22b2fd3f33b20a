#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

/// The command line as a user drives it: arguments in, exit code and text out.
class TestCli : public QObject
{
    Q_OBJECT

private:
    struct Ran
    {
        int code = -1;
        QString out;
        QString err;
    };

    static Ran ran(const QStringList& arguments, const QByteArray& input = {})
    {
        QProcess process;
        process.start(QStringLiteral(CORSCOPE_BINARY_DIR "/app/corscope-cli"), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished() || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }

    static QStringList words(const char* line) { return QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts); }

private Q_SLOTS:
    void theFiveVerdictsOfTheWalkThrough_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("lamps");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("no middleware") << QStringLiteral("fastapi-no-middleware") << QStringLiteral("○●○") << QStringLiteral("✗ blocked (missing-allow-origin)");
        QTest::newRow("origin listed") << QStringLiteral("fastapi-list-of-origins") << QStringLiteral("○●●") << QStringLiteral("✓ allowed");
        QTest::newRow("PUT with JSON") << QStringLiteral("fastapi-put-json-preflight") << QStringLiteral("●●●") << QStringLiteral("✓ allowed");
        QTest::newRow("wildcard and credentials") << QStringLiteral("fastapi-wildcard-credentials") << QStringLiteral("●○○") << QStringLiteral("✗ blocked (wildcard-with-credentials)");
        QTest::newRow("mixed content") << QStringLiteral("fastapi-mixed-content") << QStringLiteral("○○○") << QStringLiteral("✗ blocked (mixed-content)");
    }
    void theFiveVerdictsOfTheWalkThrough()
    {
        QFETCH(QString, id);
        QFETCH(QString, lamps);
        QFETCH(QString, verdict);
        const auto result = ran({QStringLiteral("run"), id});
        QCOMPARE(result.code, 0);
        QString found;
        for (const QChar c : result.out)
            if (c == QChar(0x25cb) || c == QChar(0x25cf))
                found += c;
        QCOMPARE(found, lamps);
        QVERIFY2(result.out.contains(QStringLiteral("\n  ") + verdict + QLatin1Char('\n')), qPrintable(result.out));
    }

    void everyStepShowsMoreThanTheLandmarks()
    {
        const auto landmarks = ran(words("run fastapi-no-middleware")).out.count(QLatin1Char('\n'));
        const auto everything = ran(words("run --every-step fastapi-no-middleware")).out.count(QLatin1Char('\n'));
        QVERIFY(landmarks > 5);
        QVERIFY(everything > 2 * landmarks);
    }

    void fullDiskIsNoSuccess_data()
    {
        QTest::addColumn<QString>("line");
        for (const auto* line : {"run fastapi-no-middleware", "run --json fastapi-no-middleware", "check fastapi-no-middleware",
                                 "convert fastapi-no-middleware --to html", "list"})
            QTest::newRow(line) << QString::fromLatin1(line);
    }
    void fullDiskIsNoSuccess()
    {
        QFETCH(QString, line);
        QProcess process;
        process.setStandardOutputFile(QStringLiteral("/dev/full"));
        process.start(QStringLiteral(CORSCOPE_BINARY_DIR "/app/corscope-cli"), line.split(QLatin1Char(' ')));
        QVERIFY(process.waitForFinished());
        const auto said = process.readAllStandardError();
        QCOMPARE(process.exitCode(), 2);
        QCOMPARE(said.count('\n'), 1);
        QVERIFY2(said.startsWith("standard output: "), said.constData());
    }

    void fileThatCannotBeReplacedStaysWhole()
    {
        QTemporaryDir folder;
        const auto path = folder.filePath(QStringLiteral("report.html"));
        QFile old(path);
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("the old one");
        old.close();
        QProcess process;
        process.setChildProcessModifier([] {
            ::signal(SIGXFSZ, SIG_IGN);
            const rlimit little{64, 64};
            ::setrlimit(RLIMIT_FSIZE, &little);
        });
        process.start(QStringLiteral(CORSCOPE_BINARY_DIR "/app/corscope-cli"),
                      {QStringLiteral("run"), QStringLiteral("fastapi-no-middleware"), QStringLiteral("--html"), path});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 2);
        const auto said = process.readAllStandardError();
        QVERIFY2(said.contains(path.toUtf8()) && said.count('\n') == 1, said.constData());
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), "the old one");
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }

    void jsonIsWholeAndDocumented()
    {
        const auto result = ran(words("run --json fastapi-put-json-preflight"));
        QCOMPARE(result.code, 0);
        const auto object = QJsonDocument::fromJson(result.out.toUtf8()).object();
        QCOMPARE(object.value(QLatin1String("corscopeTrace")), QJsonValue(1));
        const auto steps = object.value(QLatin1String("steps")).toArray();
        QVERIFY(steps.size() > 20);
        QFile documentation(QStringLiteral(CORSCOPE_SOURCE_DIR "/resources/docs/trace-json.md"));
        QVERIFY(documentation.open(QIODevice::ReadOnly));
        const auto text = documentation.readAll();
        const auto documented = [&](const QJsonObject& part) {
            for (const auto& key : part.keys())
                if (!text.contains(QByteArray('`' + key.toUtf8() + '`')))
                    return key;
            return QString();
        };
        QCOMPARE(documented(object), QString());
        QCOMPARE(documented(object.value(QLatin1String("outcomes")).toArray().first().toObject()), QString());
        for (const auto& step : steps) {
            QCOMPARE(documented(step.toObject()), QString());
            QCOMPARE(documented(step.toObject().value(QLatin1String("message")).toObject()), QString());
        }
    }

    void checkExitsWithOneWhereAnExpectationFails()
    {
        const QTemporaryDir folder;
        const auto path = folder.filePath(QStringLiteral("wrong.corscope"));
        QFile library(QStringLiteral(CORSCOPE_SOURCE_DIR "/resources/scenarios/fastapi-no-middleware.corscope"));
        QVERIFY(library.open(QIODevice::ReadOnly));
        QFile wrong(path);
        QVERIFY(wrong.open(QIODevice::WriteOnly));
        wrong.write(library.readAll().replace("\"blocked\": \"missing-allow-origin\"", "\"blocked\": \"mixed-content\""));
        wrong.close();
        const auto result = ran({QStringLiteral("check"), QStringLiteral("fastapi-no-middleware"), path});
        QCOMPARE(result.code, 1);
        QVERIFY(result.out.startsWith(QStringLiteral("✓ fastapi-no-middleware\n✗ ")));
        QVERIFY2(result.out.contains(QStringLiteral("expected the verdict blocked (mixed-content), found blocked (missing-allow-origin)")),
                 qPrintable(result.out));
        QCOMPARE(result.out.count(QLatin1Char('\n')), 2);
    }

    void badInputIsOneSentenceAndExitsWithTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QString>("beginning");
        QTest::newRow("no such file") << words("run nowhere.corscope") << QByteArray() << QStringLiteral("nowhere.corscope: expected");
        QTest::newRow("no JSON") << words("check -") << QByteArray("{\"corscope\": 1,\n!}") << QStringLiteral("standard input: line 2, column 1: expected");
        QTest::newRow("setting that the stage does not know") << words("run -")
            << QByteArray("{\"corscope\":1,\"servers\":[{\"id\":\"a\",\"origin\":\"http://a:1\",\"pipeline\":[{\"kind\":\"cors\",\"framework\":\"fastapi\",\"settings\":{\"allow_orig\":[]}}]}]}")
            << QStringLiteral("standard input: servers[0].pipeline[0].settings.allow_orig: expected");
        QTest::newRow("nothing to serve") << words("serve three-urls-three-origins") << QByteArray() << QStringLiteral("three-urls-three-origins: expected");
    }
    void badInputIsOneSentenceAndExitsWithTwo()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, input);
        QFETCH(QString, beginning);
        const auto result = ran(arguments, input);
        QCOMPARE(result.code, 2);
        QCOMPARE(result.out, QString());
        QVERIFY2(result.err.startsWith(beginning), qPrintable(result.err));
        QCOMPARE(result.err.count(QLatin1Char('\n')), 1);
    }

    void fixPrintsTheLineToChange()
    {
        const auto result = ran(words("fix go-methods-not-listed"));
        QCOMPARE(result.code, 0);
        QVERIFY2(result.out.contains(QStringLiteral("1. Add PUT to AllowedMethods")), qPrintable(result.out));
        QVERIFY2(result.out.contains(QStringLiteral("AllowedMethods: []string{\"GET\", \"POST\", \"HEAD\", \"PUT\"}")),
                 qPrintable(result.out));
        QVERIFY(ran(words("fix fastapi-list-of-origins")).out.contains(QStringLiteral("Nothing is blocked.")));
    }

    void fixSaysWhomAProposalLetsIn()
    {
        const auto result = ran(words("fix --action 0 sandboxed-page-null-origin"));
        QCOMPARE(result.code, 0);
        QVERIFY2(result.out.contains(QStringLiteral("It also lets in: any sandboxed page (null)")), qPrintable(result.out));
    }

    void fixWritesAScenarioThatRuns()
    {
        QTemporaryDir folder;
        const auto file = folder.filePath(QStringLiteral("fixed.corscope"));
        const auto result = ran(words("fix fastapi-wildcard-credentials --apply 1 --output") << file);
        QVERIFY2(result.code == 0, qPrintable(result.out + result.err));
        const auto run = ran({QStringLiteral("run"), file});
        QVERIFY2(run.code == 0 && run.out.contains(QStringLiteral("✓ allowed")), qPrintable(run.out));
        QCOMPARE(ran(words("fix fastapi-wildcard-credentials --apply 99 --output") << file).code, 2);
        QCOMPARE(ran(words("fix fastapi-wildcard-credentials --apply 1")).code, 2);
        QCOMPARE(ran(words("fix fastapi-wildcard-credentials --action 7")).code, 2);
    }

    void badUsageExitsWithTwo()
    {
        QCOMPARE(ran({}).code, 2);
        QCOMPARE(ran(words("run")).code, 2);
        QCOMPARE(ran(words("run --network pigeon fastapi-no-middleware")).code, 2);
        QCOMPARE(ran(words("--help")).code, 0);
    }

    void bothNetworksMeetTheLibrarysExpectations()
    {
        QStringList arguments = words("check --network both");
        for (const auto& line : ran(words("list")).out.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
            arguments.append(line.section(QLatin1Char(' '), 0, 0));
        QVERIFY(arguments.size() > 10);
        const auto result = ran(arguments);
        QVERIFY2(result.code == 0, qPrintable(result.out + result.err));
    }

    void aPastedReportIsExplainedAndPlayed()
    {
        QTemporaryDir dir;
        const auto path = dir.filePath(QStringLiteral("pasted.corscope"));
        const auto explained = ran({QStringLiteral("explain"), QStringLiteral("--scenario"), path},
            "Access to fetch at 'http://localhost:5000/items' from origin 'http://localhost:3000' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.\n");
        QCOMPARE(explained.code, 0);
        QVERIFY(explained.out.contains(QStringLiteral("(missing-allow-origin, MissingAllowOriginHeader)")));
        QVERIFY(explained.out.contains(QStringLiteral("Certain\n  Address: http://localhost:5000/items (line 1, column 1")));
        QCOMPARE(ran({QStringLiteral("check"), path}).code, 0);
        const auto nothing = ran({QStringLiteral("explain"), QStringLiteral("-")}, "hello\n");
        QCOMPARE(nothing.code, 2);
        QVERIFY(nothing.err.startsWith(QStringLiteral("standard input: expected a console line")));
    }

    void linkStandsForAFile()
    {
        const auto link = ran(words("convert two-allow-origin-lines --to link"));
        QCOMPARE(link.code, 0);
        const auto again = ran({QStringLiteral("convert"), link.out.trimmed(), QStringLiteral("--to"), QStringLiteral("corscope")});
        QCOMPARE(again.code, 0);
        QCOMPARE(again.out, ran(words("convert two-allow-origin-lines --to corscope")).out);
        QCOMPARE(ran(words("check -"), link.out.toUtf8()).code, 0);
        const auto broken = ran({QStringLiteral("run"), link.out.trimmed().chopped(5)});
        QCOMPARE(broken.code, 2);
        QVERIFY(broken.err.startsWith(QLatin1String("link: expected ")));
        QCOMPARE(broken.err.count(QLatin1Char('\n')), 1);
    }

    void harFileIsRunAndReportIsWritten()
    {
        QTemporaryDir folder;
        const auto har = folder.filePath(QStringLiteral("a.har"));
        const auto page = folder.filePath(QStringLiteral("a.html"));
        QCOMPARE(ran({QStringLiteral("convert"), QStringLiteral("two-allow-origin-lines"), QStringLiteral("--to"), QStringLiteral("har"), QStringLiteral("--output"), har}).code, 0);
        const auto run = ran({QStringLiteral("run"), har, QStringLiteral("--html"), page});
        QCOMPARE(run.code, 0);
        QVERIFY(run.out.contains(QLatin1String("multiple-allow-origin")));
        QFile file(page);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith("<!DOCTYPE html>"));
    }

    void convertComplainsInOneSentence_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::newRow("a comparison sends nothing") << QStringLiteral("convert three-urls-three-origins --to har");
        QTest::newRow("an action that is no send") << QStringLiteral("convert csp-connect-src --to curl --action 1");
        QTest::newRow("no such action") << QStringLiteral("convert csp-connect-src --to curl --action 7");
        QTest::newRow("nowhere to write") << QStringLiteral("convert csp-connect-src --to html --output /nowhere/a.html");
        QTest::newRow("no such scenario") << QStringLiteral("convert no-such-scenario --to html");
    }
    void convertComplainsInOneSentence()
    {
        QFETCH(QString, arguments);
        const auto run = ran(arguments.split(QLatin1Char(' ')));
        QCOMPARE(run.code, 2);
        QVERIFY(run.out.isEmpty());
        QCOMPARE(run.err.count(QLatin1Char('\n')), 1);
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
