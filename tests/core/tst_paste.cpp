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
        if (report.initiator != "fetch" && report.initiator != "XMLHttpRequest" && report.engine == "chromium")
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
                        const bool sameWords = said == text || (why && (said.isEmpty() || said.startsWith(text + QLatin1Char('\n'))));
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
};

QTEST_GUILESS_MAIN(TestPaste)
#include "tst_paste.moc"
