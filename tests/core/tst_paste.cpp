#include "core/explain/Console.h"
#include "core/paste/PastedReport.h"
#include "core/scenario/ScenarioFile.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace corscope;
using namespace corscope::paste;

/// From pasted text to scenario and diagnosis. Recordings: the compact sample, or the folder that CORSCOPE_RECORDINGS names.
class TestPaste : public QObject
{
    Q_OBJECT

    static QStringList recordings()
    {
        const auto folder = qEnvironmentVariable("CORSCOPE_RECORDINGS");
        QDir dir(folder.isEmpty() ? QStringLiteral(CORSCOPE_SOURCE_DIR "/tests/data/browsers") : folder);
        QStringList files;
        for (const auto& name : dir.entryList({QStringLiteral("*.jsonl")}))
            files.append(dir.filePath(name));
        return files;
    }

    // What the sandbox does not play, each for a reason of its own.
    static bool isPlayed(const ConsoleReport& report)
    {
        if (report.status > 599)
            return false; // a mock server answers with 200 to 599
        if (!report.initiator.isEmpty() && report.initiator != "fetch" && report.initiator != "XMLHttpRequest")
            return false; // images, scripts and style sheets
        if (report.key == "redirect-scheme-not-http" && report.target.startsWith("http"))
            return false; // an address that cannot be read: WebKit's words for it are those for a wrong scheme
        return report.key != "bad-port" || report.value != "0";
    }

    // The lines of one failure as a developer would copy them.
    static QStringList pastes(const QByteArray& engine, const QJsonArray& console)
    {
        QStringList result;
        for (const auto& item : console) {
            const auto line = item.toString();
            const bool own = engine == "chromium"    ? line.contains(QLatin1String("has been blocked by CORS policy"))
                : engine == "firefox" ? line.startsWith(QLatin1String("Cross-Origin Request Blocked"))
                                      : true;
            if (!own)
                continue;
            if (engine == "firefox" && !result.isEmpty() && (line.contains(QLatin1String("did not succeed). Status code: (null)")) || result.last().contains(QLatin1String("external redirect"))) && result.last().count(QLatin1Char('\n')) < 2)
                result.last() += QLatin1Char('\n') + line;
            else if (engine == "webkit" && !result.isEmpty() && line.contains(QLatin1String("due to access control checks")) && !result.last().contains(QLatin1Char('\n')))
                result.last() += QLatin1Char('\n') + line;
            else
                result.append(line);
        }
        return result;
    }

private Q_SLOTS:
    void everyConsoleLineComesBack()
    {
        QHash<QByteArray, int> total, sameWhy, sameText;
        for (const auto& path : recordings()) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            while (!file.atEnd()) {
                const auto recorded = QJsonDocument::fromJson(file.readLine()).object();
                for (const QByteArray engine : {"chromium", "firefox", "webkit"}) {
                    const auto console = recorded.value(QLatin1String(engine)).toObject().value(QLatin1String("console")).toArray();
                    for (const auto& text : pastes(engine, console)) {
                        const auto report = readPasted(text.toUtf8());
                        if (!report || !report->console || !report->console->why || report->console->url.isEmpty())
                            continue;
                        if (!isPlayed(*report->console))
                            continue;
                        ++total[engine];
                        const bool why = report->outcome && report->outcome->blocked
                            && (report->outcome->blocked->why == *report->console->why || report->console->ambiguous);
                        const auto said = report->outcome ? explain::consoleText(*report->outcome, engine) : QString();
                        // The console's lines for mixed content come one by one; for some reasons no wording is written.
                        const bool sameWords = said == text || (why && (said.isEmpty() || said.startsWith(text + QLatin1Char('\n')) || said.endsWith(QLatin1Char('\n') + text)));
                        sameWhy[engine] += why;
                        sameText[engine] += sameWords;
                        if (!why || !sameWords)
                            qWarning("%s %s\n  pasted: %s\n  again:  %s", qPrintable(recorded.value(QLatin1String("id")).toString()), engine.constData(), qPrintable(text), qPrintable(said));
                    }
                }
            }
        }
        for (const auto& engine : total.keys())
            qInfo("%s: %d pasted, %d with the same reason, %d with the same text", engine.constData(), total[engine], sameWhy[engine], sameText[engine]);
        for (const QByteArray engine : {"chromium", "firefox", "webkit"}) {
            QVERIFY(total[engine] > 10);
            QCOMPARE(sameWhy[engine], total[engine]);
            QVERIFY(sameText[engine] * 200 >= total[engine] * 199);
        }
    }

    void severalPiecesAreTakenTogether()
    {
        const auto report = readPasted(
            "Hello, since yesterday:\n\n"
            "Access to fetch at 'https://api.test/v1' from origin 'http://localhost:3000' has been blocked by CORS policy: Method PUT is not allowed by "
            "Access-Control-Allow-Methods in preflight response.\n\n"
            "fetch('https://api.test/v1', {method: 'PUT', headers: {'x-a': 'b'}})\n\n"
            "app.add_middleware(\n    CORSMiddleware,\n    allow_origins=['http://localhost:3000'],\n    allow_headers=['x-a'],\n    allow_methods=['GET'],\n)\n");
        QVERIFY(report);
        QCOMPARE(report->scenario.servers.front().pipeline.front().framework, "fastapi");
        QVERIFY(report->outcome && report->outcome->blocked);
        QVERIFY(report->outcome->blocked->why == Why::MethodNotAllowed || report->outcome->blocked->why == Why::PreflightStatusNotOk);
        QCOMPARE(report->unread.size(), 1);
        QCOMPARE(report->unread.front().place, (TextPlace{1, 1}));
        QCOMPARE(report->unread.front().quote, QStringLiteral("Hello, since yesterday:"));
    }

    void aHarFileIsPlayedAgain()
    {
        QFile file(QStringLiteral(CORSCOPE_SOURCE_DIR "/tests/data/paste.har"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto report = readPasted(file);
        QVERIFY2(report, report ? "" : qPrintable(report.error().sentence()));
        QVERIFY(report->outcome && report->outcome->blocked);
        QVERIFY(report->outcome->blocked->why == Why::MethodNotAllowed);
        QVERIFY(report->outcome->preflight == SendOutcome::Preflight::Sent);
        QCOMPARE(report->scenario.pages.front().origin(), "http://localhost:3000");
        QVERIFY(!report->scenario.servers.front().routes.front().headers.contains("Content-Length"));
    }

    void aLargeHarFileStreams()
    {
        QFile file(QStringLiteral(CORSCOPE_SOURCE_DIR "/tests/data/paste.har"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        auto text = file.readAll();
        const QByteArray body = "{\"request\":{\"method\":\"GET\",\"url\":\"http://localhost:3000/a\",\"headers\":[]},\"response\":{\"status\":200,\"headers\":[],\"content\":{\"text\":\""
            + QByteArray("\\u0041\\\"").repeated(200000) + "\"}}},";
        text.replace("\"entries\":[\n", QByteArray("\"entries\":[\n" + body.repeated(12)));
        QVERIFY(text.size() > 15000000);
        const auto report = readPasted(text);
        QVERIFY2(report, report ? "" : qPrintable(report.error().sentence()));
        QVERIFY(report->outcome->blocked->why == Why::MethodNotAllowed);
    }

    void recordedHeadersAreGivenAgain()
    {
        const auto report = readPasted("$ curl -i https://api.test/x -H 'Origin: https://app.test'\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.test/\nServer: x\n");
        QVERIFY(report && report->outcome && report->outcome->blocked);
        QVERIFY(report->outcome->blocked->why == Why::AllowOriginMismatch);
        QCOMPARE(report->diagnosis.id, "allow-origin-mismatch");
    }

    void directivesAreReadAsTheServersOwn()
    {
        const auto report = readPasted(
            "location / {\n    add_header 'Access-Control-Allow-Origin' '*';\n}\n\n"
            "Access to XMLHttpRequest at 'https://api.test/x' from origin 'https://app.test' has been blocked by CORS policy: The value of the "
            "'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.");
        QVERIFY(report);
        QCOMPARE(report->scenario.servers.front().pipeline.front().framework, "nginx");
        QVERIFY(report->outcome->blocked->why == Why::WildcardWithCredentials);
    }

    void aScenarioOfAReportCanBeSaved()
    {
        const auto report = readPasted("Access to fetch at 'https://api.test/x' from origin 'http://a.test' has been blocked by CORS policy: It does not have HTTP ok status.");
        QVERIFY(report);
        const auto again = scenariofile::parse(scenariofile::serialize(report->scenario), QStringLiteral("x"));
        QVERIFY2(again, again ? "" : qPrintable(again.error().sentence()));
        QVERIFY(*again == report->scenario);
        // The status is not known, so the diagnosis must not pretend.
        QCOMPARE(report->diagnosis.id, "preflight-status-not-ok");
        QVERIFY(!report->guessed.isEmpty());
    }

    void nothingToReadIsSaid()
    {
        const auto report = readPasted("Hello");
        QVERIFY(!report);
        QCOMPARE(report.error().found, QStringLiteral("Hello"));
        QVERIFY(!readPasted("{\"log\": {\"entries\": [{]}}"));
        QVERIFY(!readPasted(QByteArray()));
        (void)readPasted(QByteArray(300000, '{'));
        (void)readPasted(QByteArray(3000, '\0') + "\xff\xfe curl '");
    }
};

QTEST_GUILESS_MAIN(TestPaste)
#include "tst_paste.moc"
