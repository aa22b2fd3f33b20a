#include "tests/ui/PanelDriver.h"

#include "core/scenario/ScenarioFile.h"
#include "ui/browser/MemoryEdit.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QStandardPaths>
#include <QTableWidget>

using namespace corscope;

/// What the simulated browser remembers between runs, changed by hand.
class BrowserMemoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void preflightIsRememberedUntilTheClockHasAdvanced();
    void preflightCacheIsEditedAndCleared();
    void cookieIsAddedSentAndRemoved();
    void cookiesAreKeptWithTheScenario();
    void everyChangeOfTheMemoryIsAStepOfUndo();
    void undoWorksWithTheKeyboardInThePanel();
    void undoAfterARunTakesBackItsOwnChangeOnly();
    void undoDuringARunWaitsForItsEnd();
    void undoOfTheMemoryLeavesTypedCodeAlone();
    void storedAnswersComeBackInTheirPlace();

private:
    /// How many requests of that method the first server has seen.
    static qsizetype seen(PanelDriver& user, const QByteArray& method)
    {
        const auto log = user.window.run().accessLog(0);
        return std::count_if(log.begin(), log.end(), [&](const AccessLogEntry& entry) { return entry.method == method; });
    }
    /// Clicks the first row.
    static QTableWidget* choose(PanelDriver& user, const char* name)
    {
        auto* table = user.find<QTableWidget>(QLatin1String(name));
        user.reveal(table);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualItemRect(table->item(0, 0)).center());
        return table;
    }
};

void BrowserMemoryTest::preflightIsRememberedUntilTheClockHasAdvanced()
{
    PanelDriver user;
    user.openAllowedPut();
    user.send();
    QVERIFY(user.outcome().allowed());
    QCOMPARE(seen(user, "OPTIONS"), 1);
    user.send();
    QCOMPARE(user.outcome().preflight, SendOutcome::Preflight::Cached);
    QCOMPARE(seen(user, "OPTIONS"), 1);
    user.click("advance600"); // the middleware says 600 seconds
    QCOMPARE(user.find<QLabel>(QStringLiteral("clockTime"))->text(), QStringLiteral("2026-01-01 12:10:00"));
    user.send();
    QCOMPARE(user.outcome().preflight, SendOutcome::Preflight::Sent);
    QCOMPARE(seen(user, "OPTIONS"), 2);
    QCOMPARE(seen(user, "PUT"), 3);
    user.type(QStringLiteral("advanceSeconds"), QStringLiteral("5"), true);
    QCOMPARE(user.find<QLabel>(QStringLiteral("clockTime"))->text(), QStringLiteral("2026-01-01 12:10:05"));
}

void BrowserMemoryTest::preflightCacheIsEditedAndCleared()
{
    PanelDriver user;
    user.openAllowedPut();
    user.send();
    user.click("preflights");
    auto* table = user.find<QTableWidget>(QStringLiteral("preflightTable"));
    QVERIFY(table->rowCount() > 0);
    user.reveal(table);
    int put = 0;
    while (put < table->rowCount() && table->item(put, 0)->text() != QStringLiteral("PUT"))
        ++put;
    QVERIFY(put < table->rowCount());
    QCOMPARE(table->item(put, 2)->text(), QStringLiteral("600"));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualItemRect(table->item(put, 0)).center());
    user.type(QStringLiteral("preflightSeconds"), QStringLiteral("7"));
    QCOMPARE(table->item(put, 2)->text(), QStringLiteral("7"));
    user.click("advance10");
    user.send();
    QCOMPARE(seen(user, "OPTIONS"), 2);
    user.click("clearPreflights");
    QCOMPARE(table->rowCount(), 0);
    user.send();
    QCOMPARE(seen(user, "OPTIONS"), 3);
}

void BrowserMemoryTest::cookieIsAddedSentAndRemoved()
{
    PanelDriver user;
    user.openAllowedPut();
    user.click("cookies");
    user.click("addCookie");
    user.type(QStringLiteral("cookieName"), QStringLiteral("sid"));
    user.type(QStringLiteral("cookieValue"), QStringLiteral("42"));
    user.chooseWord("cookieSameSite", QStringLiteral("Strict"));
    const auto cookies = user.window.run().browser()->cookieJar.cookies();
    QCOMPARE(cookies.size(), size_t(1));
    QCOMPARE(cookies[0].name, QByteArray("sid"));
    QCOMPARE(cookies[0].value, QByteArray("42"));
    QCOMPARE(cookies[0].sameSite, SameSite::Strict);
    user.choose(QStringLiteral("requestCredentials"), QStringLiteral("include"));
    user.send();
    const auto sent = [&] {
        for (const auto& step : user.window.cursor().trace()->steps)
            if (step->message && step->message->isRequest() && step->message->headers().get("Cookie") == "sid=42")
                return true;
        return false;
    };
    QVERIFY(sent());
    auto* table = user.find<QTableWidget>(QStringLiteral("cookieTable"));
    user.reveal(table);
    QTest::keyClick(table, Qt::Key_Delete);
    QCOMPARE(table->rowCount(), 0);
    user.send();
    QVERIFY(!sent());
}

void BrowserMemoryTest::cookiesAreKeptWithTheScenario()
{
    PanelDriver user;
    user.openAllowedPut();
    user.click("cookies");
    user.click("addCookie");
    user.click("keepCookies");
    QCOMPARE(user.scenario().cookies.size(), size_t(1));
    const auto again = scenariofile::parse(scenariofile::serialize(user.scenario()), QString());
    QVERIFY(again.ok());
    QCOMPARE(*again, user.scenario());
    QCOMPARE(user.undoName(), QStringLiteral("Keep the cookies with the scenario"));
    user.click("clearCookies");
    QCOMPARE(user.find<QTableWidget>(QStringLiteral("cookieTable"))->rowCount(), 0);
    user.click("resetBrowser");
    QCOMPARE(user.find<QTableWidget>(QStringLiteral("cookieTable"))->rowCount(), 1);
}


void BrowserMemoryTest::everyChangeOfTheMemoryIsAStepOfUndo()
{
    PanelDriver user;
    user.openAllowedPut();
    user.send();
    const auto before = *user.window.run().browser();
    const auto scenario = user.scenario();
    const auto names = [&] {
        QStringList all;
        for (const auto* stack = user.window.document().undoStack(); all.size() < stack->count();)
            all.append(stack->text(int(all.size())));
        return all;
    };
    user.click("cookies");
    user.click("addCookie");
    user.type(QStringLiteral("cookieName"), QStringLiteral("a"));
    user.click("removeCookie");
    user.click("addCookie");
    user.click("clearCookies");
    user.click("preflights");
    choose(user, "preflightTable");
    user.type(QStringLiteral("preflightSeconds"), QStringLiteral("7"));
    QTest::keyClick(user.find(QStringLiteral("preflightTable")), Qt::Key_Delete);
    user.click("clearPreflights");
    user.click("advance10");
    user.click("resetBrowser");
    QCOMPARE(names().first(3), (QStringList{QStringLiteral("Add a cookie"), QStringLiteral("Change cookie cookie"),
                                            QStringLiteral("Remove cookie a")}));
    QCOMPARE(names().last(3), (QStringList{QStringLiteral("Clear the preflight cache"), QStringLiteral("Advance the clock"),
                                           QStringLiteral("Reset the browser")}));
    QCOMPARE(user.find<QAction>(QStringLiteral("undo"))->text(), QStringLiteral("Undo Reset the browser"));
    QVERIFY(!user.window.isWindowModified()); // none of it is in the scenario
    const auto after = *user.window.run().browser();
    user.undoEverything();
    QVERIFY(remembersTheSame(*user.window.run().browser(), before));
    QCOMPARE(user.find<QLabel>(QStringLiteral("clockTime"))->text(), QStringLiteral("2026-01-01 12:00:00"));
    auto* stack = user.window.document().undoStack();
    for (int guard = 0; guard < 50 && stack->canRedo(); ++guard)
        user.press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(remembersTheSame(*user.window.run().browser(), after));
    QCOMPARE(user.scenario(), scenario);
}

void BrowserMemoryTest::undoWorksWithTheKeyboardInThePanel()
{
    PanelDriver user;
    user.openAllowedPut();
    user.click("cookies");
    user.click("addCookie");
    auto* value = user.find<QLineEdit>(QStringLiteral("cookieValue"));
    user.type(QStringLiteral("cookieValue"), QStringLiteral("42"));
    QVERIFY(value->hasFocus());
    QTest::keyClick(value, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(value->text(), QString());
    auto* table = choose(user, "cookieTable");
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Delete);
    QCOMPARE(table->rowCount(), 0);
    QVERIFY(QApplication::focusWidget());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(table->rowCount(), 1);
}

void BrowserMemoryTest::undoAfterARunTakesBackItsOwnChangeOnly()
{
    PanelDriver user;
    user.openAllowedPut();
    user.click("cookies");
    user.click("addCookie");
    user.type(QStringLiteral("cookieValue"), QStringLiteral("42"));
    QTest::keyClick(choose(user, "cookieTable"), Qt::Key_Delete);
    user.click("advance10");
    user.send(); // its preflight is remembered
    QVERIFY(!user.window.run().browser()->preflightCache.entries().empty());
    user.undo(); // the clock, which stays: it would stand before what the browser remembers
    QCOMPARE(user.find<QLabel>(QStringLiteral("clockTime"))->text(), QStringLiteral("2026-01-01 12:00:10"));
    user.undo(); // the removal
    const auto& browser = *user.window.run().browser();
    QVERIFY(!browser.preflightCache.entries().empty());
    QCOMPARE(browser.cookieJar.cookies().size(), size_t(1));
    QCOMPARE(browser.cookieJar.cookies()[0].value, QByteArray("42"));
}

void BrowserMemoryTest::undoDuringARunWaitsForItsEnd()
{
    PanelDriver user;
    user.openAllowedPut();
    user.click("cookies");
    user.click("addCookie");
    QTest::keyClick(choose(user, "cookieTable"), Qt::Key_Delete);
    user.press(Qt::Key_P, Qt::ControlModifier); // pause before each step
    QSignalSpy held(&user.window.run(), &RunController::held);
    user.click(QStringLiteral("send"));
    QTRY_COMPARE(held.count(), 1);
    user.undo();
    QVERIFY(user.window.run().browser()->cookieJar.cookies().empty());
    QSignalSpy finished(&user.window.run(), &RunController::finished);
    user.window.run().runToEnd();
    QTRY_COMPARE(finished.count(), 1);
    QTRY_COMPARE(user.window.run().browser()->cookieJar.cookies().size(), size_t(1));
    QVERIFY(!user.window.run().browser()->preflightCache.entries().empty());
}

void BrowserMemoryTest::undoOfTheMemoryLeavesTypedCodeAlone()
{
    PanelDriver user;
    user.openAllowedPut();
    const auto typed = QStringLiteral("fetch('/b', {methid: 'PUT'})");
    user.type(QStringLiteral("fetchCode"), typed);
    user.click("advance10");
    auto* url = user.find<QLineEdit>(QStringLiteral("requestUrl"));
    url->setFocus();
    QTest::keyClick(url, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(user.find<QLabel>(QStringLiteral("clockTime"))->text(), QStringLiteral("2026-01-01 12:00:00"));
    QCOMPARE(user.find<QPlainTextEdit>(QStringLiteral("fetchCode"))->toPlainText(), typed);
}

void BrowserMemoryTest::storedAnswersComeBackInTheirPlace()
{
    PanelDriver user;
    user.open(QStringLiteral("cached-answer-without-origin"));
    user.send();
    const auto stored = user.window.run().browser()->httpCache.stored();
    QVERIFY(!stored.empty());
    user.click("stored");
    QTest::keyClick(choose(user, "httpCacheTable"), Qt::Key_Delete);
    QCOMPARE(user.window.run().browser()->httpCache.stored().size(), stored.size() - 1);
    QCOMPARE(user.undoName(), QStringLiteral("Remove a stored answer"));
    user.undo();
    QCOMPARE(user.window.run().browser()->httpCache.stored(), stored);
}

QTEST_MAIN(BrowserMemoryTest)
#include "tst_browsermemory.moc"
