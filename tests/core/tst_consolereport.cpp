#include "core/paste/ConsoleReport.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace corscope;
using namespace corscope::paste;

/// What consoles say, read back. Recordings: the compact sample, or the folder that CORSCOPE_RECORDINGS names.
class TestConsoleReport : public QObject
{
    Q_OBJECT

    static bool isCorsLine(const QByteArray& engine, const QString& line)
    {
        if (engine == "chromium")
            return line.contains(QLatin1String("has been blocked by CORS policy"));
        if (engine == "firefox")
            return line.startsWith(QLatin1String("Cross-Origin Request Blocked"));
        return line.contains(QLatin1String("due to access control checks")) || line.contains(QLatin1String("Access-Control-"))
            || line.contains(QLatin1String("Preflight response")) || line.contains(QLatin1String("Cross-Origin Resource Sharing"));
    }

    static QStringList recordings()
    {
        const auto folder = qEnvironmentVariable("CORSCOPE_RECORDINGS");
        QDir dir(folder.isEmpty() ? QStringLiteral(CORSCOPE_SOURCE_DIR "/tests/data/browsers") : folder);
        QStringList files;
        for (const auto& name : dir.entryList({QStringLiteral("*.jsonl")}))
            files.append(dir.filePath(name));
        return files;
    }

private Q_SLOTS:
    void everyRecordedLineIsRecognised()
    {
        int lines = 0, recognised = 0, classes = 0, rightClasses = 0;
        for (const auto& path : recordings()) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            while (!file.atEnd()) {
                const auto recorded = QJsonDocument::fromJson(file.readLine()).object();
                for (const auto* engine : {"chromium", "firefox", "webkit"}) {
                    const auto seen = recorded.value(QLatin1String(engine)).toObject();
                    QSet<QByteArray> found;
                    for (const auto& item : seen.value(QLatin1String("console")).toArray()) {
                        const auto line = item.toString();
                        if (!isCorsLine(engine, line))
                            continue;
                        ++lines;
                        const auto reports = readConsole(line);
                        const bool right = reports.size() == 1 && reports.front().engine == engine;
                        recognised += right;
                        if (right)
                            found.insert(reports.front().code);
                        // WebKit's last line says no more than that something was blocked.
                        const bool unclear = right && reports.front().key == "blocked-by-cors" && engine != QByteArray("webkit");
                        if (!right || unclear)
                            qWarning("%s %s: %s", qPrintable(recorded.value(QLatin1String("id")).toString()), engine, qPrintable(line));
                    }
                    for (const auto& item : seen.value(QLatin1String("failed")).toArray()) {
                        const auto code = item.toObject().value(QLatin1String("corsErrorStatus")).toObject().value(QLatin1String("corsError")).toString().toLatin1();
                        if (code.isEmpty())
                            continue;
                        ++classes;
                        rightClasses += found.contains(code);
                        if (!found.contains(code))
                            qWarning("%s: %s", qPrintable(recorded.value(QLatin1String("id")).toString()), code.constData());
                    }
                }
            }
        }
        qInfo("%d of %d lines recognised, %d of %d classes as the engine's own", recognised, lines, rightClasses, classes);
        QVERIFY(lines > 100);
        QCOMPARE(recognised, lines);
        QCOMPARE(rightClasses, classes);
    }

    void readsWhatIsThere()
    {
        const auto reports = readConsole(QStringLiteral(
            "12:04:11.002 app.js:12 Access to fetch at 'http://localhost:5000/items' (redirected from 'http://localhost:5000/items/') from "
            "origin\n 'http://localhost:3000' has been blocked by CORS policy: Response to preflight request doesn’t pass access control "
            "check: The 'Access-Control-Allow-Origin' header has a value 'http://a.example' that is not equal to the supplied origin. x 3\n"));
        QCOMPARE(reports.size(), 1);
        const auto& report = reports.front();
        QCOMPARE(report.engine, "chromium");
        QCOMPARE(report.code, "PreflightAllowOriginMismatch");
        QVERIFY(report.why == Why::AllowOriginMismatch);
        QVERIFY(report.preflight);
        QCOMPARE(report.initiator, "fetch");
        QCOMPARE(report.url, "http://localhost:5000/items");
        QCOMPARE(report.firstUrl, "http://localhost:5000/items/");
        QCOMPARE(report.origin, "http://localhost:3000");
        QCOMPARE(report.value, "http://a.example");
    }

    void toleratesWhatClipboardsDo_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("engine");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("url");
        const auto row = [](const char* reason, const char* text, const char* engine, const char* key, const char* url) {
            QTest::newRow(reason) << QString::fromUtf8(text) << QByteArray(engine) << QByteArray(key) << QByteArray(url);
        };
        row("an older Chrome adds advice", "Access to XMLHttpRequest at 'http://api.test/x' from origin 'http://a.test' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource. If an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled.", "chromium", "missing-allow-origin", "http://api.test/x");
        row("typographic quotes", "Access to fetch at ‘http://api.test/x’ from origin ‘http://a.test’ has been blocked by CORS policy: It does not have HTTP ok status.", "chromium", "preflight-status-not-ok", "http://api.test/x");
        row("the beginning is missing", "from origin 'http://a.test' has been blocked by CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.", "chromium", "method-not-allowed", "");
        row("only the reason", "No 'Access-Control-Allow-Origin' header is present on the requested resource.", "chromium", "missing-allow-origin", "");
        row("the end is missing", "Access to fetch at 'http://api.test/x' from origin 'http://a.test' has been blocked by CORS policy", "chromium", "blocked-by-cors", "http://api.test/x");
        row("Firefox, with its link", "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at http://api.test/x. (Reason: CORS header 'Access-Control-Allow-Origin' missing).[Learn More]", "firefox", "missing-allow-origin", "http://api.test/x");
        row("Firefox, the reason alone", "(Reason: expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’)", "firefox", "allow-credentials-not-true", "");
        row("Safari, with [Error] and places", "[Error] Origin http://a.test is not allowed by Access-Control-Allow-Origin. Status code: 200\n[Error] Fetch API cannot load http://api.test/x due to access control checks. (index.html, line 3)", "webkit", "missing-allow-origin", "http://api.test/x");
        row("quoted in a mail", "> Access to fetch at 'http://api.test/x' from origin\n> 'http://a.test' has been blocked by CORS\n> policy: It does not have HTTP ok status.", "chromium", "preflight-status-not-ok", "http://api.test/x");
        row("a network error with its request", "POST https://api.test/x net::ERR_CERT_AUTHORITY_INVALID", "chromium", "tls-failure", "https://api.test/x");
    }
    void toleratesWhatClipboardsDo()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, engine);
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, url);
        const auto reports = readConsole(text);
        QCOMPARE(reports.size(), 1);
        QCOMPARE(reports.front().engine, engine);
        QCOMPARE(reports.front().key, key);
        QCOMPARE(reports.front().url, url);
    }

    void aBlockedLineTakesTheStatusFromTheLineBelow()
    {
        const auto reports = readConsole(QStringLiteral(
            "Access to fetch at 'https://api.test/up' from origin 'https://a.test' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.\n"
            "POST https://api.test/up net::ERR_FAILED 413 (Request Entity Too Large)"));
        QCOMPARE(reports.size(), 1);
        QCOMPARE(reports.front().status, 413);
        QCOMPARE(reports.front().method, "POST");
    }

    void proseIsNoConsole()
    {
        QVERIFY(readConsole(QStringLiteral("Hello,\nI have a question about CORS headers and 'quotes'. The server answers 200.")).isEmpty());
        QVERIFY(readConsole(QString()).isEmpty());
    }

    void hostileTextIsReadInTime_data()
    {
        QTest::addColumn<QString>("unit");
        QTest::newRow("a frame without an end") << QStringLiteral("Access to fetch at '");
        QTest::newRow("errors on one line") << QStringLiteral("net::ERR_CERT_");
        QTest::newRow("gaps up to the end of a line") << QStringLiteral("Header Access-Control-Allow-Methods has an invalid value: ");
        QTest::newRow("quotation marks") << QStringLiteral("' from origin '");
    }
    void hostileTextIsReadInTime()
    {
        QFETCH(QString, unit);
        QElapsedTimer timer;
        timer.start();
        readConsole(unit.repeated(400000 / unit.size()));
        QVERIFY2(timer.elapsed() < 20000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestConsoleReport)
#include "tst_consolereport.moc"
