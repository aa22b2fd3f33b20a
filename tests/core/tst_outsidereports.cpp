#include "core/advise/FixSearch.h"
#include "core/advise/Trial.h"
#include "core/paste/PastedReport.h"
#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"

#include <QFile>
#include <QTest>

using namespace corscope;

/// Bug reports of strangers that are not in the library: pasted as their authors wrote them, as far as it matters, and
/// nothing else is typed. The fix that helped them has to be among the first three proposals.
class tst_OutsideReports : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePastedReportLeadsToTheFixThatHelped_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("why");     // what the console said
        QTest::addColumn<QByteArrayList>("fix"); // what the changed code has to hold, all of it
        const auto report = [](const char* file, const char* why, const QByteArrayList& fix) {
            QTest::newRow(file) << QString::fromLatin1(file) << QByteArray(why) << fix;
        };
        // An origin has no path: https://github.com/fastapi/fastapi/issues/5308
        report("fastapi-origin-with-a-path", "missing-allow-origin", {"allow_origins=[\"http://localhost:3000\"]"});
        // The console of 2015, and an option that is off by default: https://github.com/corydolphin/flask-cors/issues/132
        report("flask-cors-without-credentials", "allow-credentials-not-true", {"supports_credentials=True"});
        // The star of the default does not go with credentials: https://github.com/expressjs/cors/issues/119
        report("express-star-with-credentials", "wildcard-with-credentials", {"origin: [\"http://localhost:3000\"]", "credentials: true"});
        // Only POST is on the list, and a browser minds: https://github.com/expressjs/cors/issues/275
        report("express-method-not-listed", "method-not-allowed", {"DELETE"});
        // Two lines where one origin is to be named: https://serverdevworker.com/26925bfa4
        report("nginx-a-line-for-each-origin", "multiple-allow-origin", {"https://dev.anuary.com"});
    }
    void thePastedReportLeadsToTheFixThatHelped()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, why);
        QFETCH(QByteArrayList, fix);
        QFile text(QStringLiteral(CORSCOPE_SOURCE_DIR "/tests/data/outsidereports/%1.txt").arg(file));
        QVERIFY(text.open(QIODevice::ReadOnly));
        const auto report = paste::readPasted(text.readAll());
        QVERIFY2(report.ok(), report.ok() ? "" : qPrintable(report.error().sentence()));
        const int action = int(report->scenario.actions.size()) - 1;
        QVERIFY2(report->outcome && report->outcome->blocked, "it does not happen again");
        QCOMPARE(QByteArray(whyId(report->outcome->blocked->why)), why);

        const auto advice = advise::advise(report->scenario, action);
        bool found = false;
        QByteArray seen;
        for (size_t i = 0; i < advice.proposals.size() && i < 3; ++i) {
            const auto& proposal = advice.proposals[i];
            QByteArray code;
            for (const auto& difference : proposal.differences)
                code += difference.codeAfter.isEmpty() ? difference.settingsAfter : difference.codeAfter;
            seen += proposal.title.toUtf8() + '\n' + code + '\n';
            const bool holds = std::all_of(fix.begin(), fix.end(), [&](const auto& part) { return code.contains(part); });
            if (!holds || proposal.who != advise::Who::Server)
                continue;
            found = true;
            QVERIFY2(proposal.opens.empty(), "the fix lets strangers in");
            const auto edited = scenariofile::edited(report->scenario, proposal.edits);
            QVERIFY(edited.ok());
            const auto trace = runInProcess(*edited);
            QVERIFY(trace.ok() && trace->lastSend());
            QVERIFY2(trace->lastSend()->allowed(), qPrintable(proposal.title));
            break;
        }
        QVERIFY2(found, seen.constData());
    }

    void aBrokenConnectionBreaksAgain_data()
    {
        QTest::addColumn<QByteArray>("error");
        QTest::addColumn<QByteArray>("why");
        QTest::newRow("reset") << QByteArray("net::ERR_CONNECTION_RESET") << QByteArray("connection-reset");
        QTest::newRow("closed") << QByteArray("net::ERR_EMPTY_RESPONSE") << QByteArray("connection-closed");
        QTest::newRow("no HTTP") << QByteArray("net::ERR_INVALID_HTTP_RESPONSE") << QByteArray("malformed-response");
        QTest::newRow("TLS") << QByteArray("net::ERR_SSL_PROTOCOL_ERROR") << QByteArray("tls-failure");
        QTest::newRow("nobody there") << QByteArray("net::ERR_CONNECTION_REFUSED") << QByteArray("connection-refused");
    }
    void aBrokenConnectionBreaksAgain()
    {
        QFETCH(QByteArray, error);
        QFETCH(QByteArray, why);
        const auto report = paste::readPasted("GET https://localhost:8443/api " + error);
        QVERIFY(report.ok());
        QVERIFY(report->outcome && report->outcome->blocked);
        QCOMPARE(QByteArray(whyId(report->outcome->blocked->why)), why);
        QCOMPARE(report->diagnosis.id, why);
    }
};

QTEST_GUILESS_MAIN(tst_OutsideReports)
#include "tst_outsidereports.moc"
