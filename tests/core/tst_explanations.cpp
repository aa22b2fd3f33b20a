#include "core/explain/Diagnosis.h"
#include "core/explain/HiddenHeaders.h"

#include <QTest>

using namespace corscope;
using namespace corscope::explain;

/// Every kind of failure has its texts, and what they link to is there.
class TestExplanations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyReasonIsExplained()
    {
        QStringList missing;
        for (const auto why : allWhys())
            if (!findExplanation(whyId(why)))
                missing.append(QString::fromLatin1(whyId(why)));
        QVERIFY(allWhys().size() >= 35);
        QVERIFY2(missing.isEmpty(), qPrintable(QStringLiteral("no text in explanations.json for: ") + missing.join(QStringLiteral(", "))));
    }

    void everyClassOfAnEngineIsExplained()
    {
        QVERIFY(classesOf("chromium").size() >= 31);
        QCOMPARE(classesOf("firefox").size(), 15);
        for (const QByteArray engine : {"chromium", "firefox"})
            for (const auto& code : classesOf(engine))
                QVERIFY2(explanationOfClass(engine, code), code.constData());
    }

    void everyTextIsComplete()
    {
        QVERIFY(explanations().size() > 50);
        for (const auto& text : explanations()) {
            const bool complete = !text.title.isEmpty() && !text.first.isEmpty() && !text.more.isEmpty() && !text.blockedBy.isEmpty()
                && !text.fixedBy.isEmpty() && !text.fix.isEmpty() && !text.otherTools.isEmpty();
            QVERIFY2(complete, text.id.constData());
            QVERIFY2(text.first.count(QLatin1Char('.')) >= 1 && text.first.size() < 160, text.id.constData());
        }
    }

    void everyLinkedMisconceptionExists()
    {
        QCOMPARE(misconceptions().size(), size_t(58));
        for (const auto& text : explanations())
            for (const auto& link : text.misconceptions)
                QVERIFY2(findMisconception(link), QByteArray(text.id + ": " + link).constData());
    }

    void aStatusMakesTheExplanationFiner_data()
    {
        QTest::addColumn<int>("why");
        QTest::addColumn<bool>("preflight");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("id");
        QTest::newRow("a proxy's limit") << int(Why::MissingAllowOrigin) << false << 413 << QByteArray("body-too-large");
        QTest::newRow("a proxy without its application") << int(Why::MissingAllowOrigin) << false << 502 << QByteArray("gateway-error");
        QTest::newRow("a crash") << int(Why::MissingAllowOrigin) << false << 500 << QByteArray("server-error");
        QTest::newRow("a refusal") << int(Why::MissingAllowOrigin) << false << 401 << QByteArray("refused-without-cors");
        QTest::newRow("a success") << int(Why::MissingAllowOrigin) << false << 200 << QByteArray("missing-allow-origin");
        QTest::newRow("authentication meets the preflight") << int(Why::MissingAllowOrigin) << true << 401 << QByteArray("preflight-authentication");
        QTest::newRow("no route for OPTIONS") << int(Why::PreflightStatusNotOk) << true << 405 << QByteArray("preflight-not-routed");
        QTest::newRow("a redirected preflight") << int(Why::PreflightStatusNotOk) << true << 307 << QByteArray("preflight-redirect");
        QTest::newRow("a failing preflight") << int(Why::PreflightStatusNotOk) << true << 500 << QByteArray("preflight-status-not-ok");
    }
    void aStatusMakesTheExplanationFiner()
    {
        QFETCH(int, why);
        QFETCH(bool, preflight);
        QFETCH(int, status);
        QFETCH(QByteArray, id);
        SendOutcome outcome;
        outcome.blocked = Blocked{Why(why), {}, {}, preflight ? Blocked::On::Preflight : Blocked::On::Request};
        outcome.withheldStatus = status;
        QCOMPARE(explanationId(outcome), id);
        QCOMPARE(diagnose(outcome).id, id);
    }

    void aHiddenHeaderHasItsReason_data()
    {
        QTest::addColumn<bool>("resolved");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QString>("reason"); // words of it
        const auto row = [](const char* tag, bool resolved, const char* type, const char* name, const QString& reason) {
            QTest::newRow(tag) << resolved << QByteArray(type) << QByteArray(name) << reason;
        };
        row("the response was withheld", false, "error", "X-A", QStringLiteral("withheld"));
        row("and the cookie with it", false, "error", "Set-Cookie", QStringLiteral("withheld"));
        row("opaque", true, "opaque", "X-A", QStringLiteral("no-cors"));
        row("a redirect not followed", true, "opaqueredirect", "Location", QStringLiteral("redirect mode manual"));
        row("a cookie, across origins", true, "cors", "Set-Cookie", QStringLiteral("jar"));
        row("a cookie, of the page's own server", true, "basic", "set-cookie2", QStringLiteral("jar"));
        row("not exposed", true, "cors", "X-A", QStringLiteral("Access-Control-Expose-Headers"));
    }
    void aHiddenHeaderHasItsReason()
    {
        QFETCH(bool, resolved);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, name);
        QFETCH(QString, reason);
        PageView page;
        page.promise = resolved ? PageView::Promise::Resolved : PageView::Promise::Rejected;
        page.type = type;
        const auto found = hiddenHeaderReason(page, name);
        QVERIFY2(found.contains(reason), qPrintable(found));
    }

    void aDiagnosisSaysWhatTheServerDid()
    {
        SendOutcome outcome;
        outcome.blocked = Blocked{Why::MissingAllowOrigin, {}, {}, Blocked::On::Request};
        outcome.withheldStatus = 200;
        outcome.requestSent = true;
        outcome.handlerRuns = 1;
        QVERIFY(diagnose(outcome).serverDid.contains(QLatin1String("carried it out")));
        outcome.requestSent = false;
        outcome.handlerRuns = 0;
        outcome.preflight = SendOutcome::Preflight::Sent;
        QVERIFY(diagnose(outcome).serverDid.contains(QLatin1String("preflight alone")));
    }
};

QTEST_GUILESS_MAIN(TestExplanations)
#include "tst_explanations.moc"
