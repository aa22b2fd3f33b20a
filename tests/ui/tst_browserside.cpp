#include "tests/ui/WindowDriver.h"

#include "core/scenario/ScenarioFile.h"
#include "ui/widgets/CodeEdit.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QJsonArray>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QStandardPaths>
#include <QTabBar>
#include <QTableWidget>
#include <QTextBrowser>
#include <QToolButton>
#include <QUndoStack>

using namespace corscope;

static const QString article = QStringLiteral("fastapi-no-middleware");

/// The browser side of the window, by mouse and by keyboard.
class BrowserSideTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void attackersPageIsAddedWithItsRequest();
    void renamedPageTakesItsRequestsAlong();
    void removedPageTakesItsRequestsAlong();
    void opaqueOriginKeepsTheAddress();
    void pageSettingsAreEdited();
    void actionsAreAddedMovedAndRemoved();
    void waitIsTypedInSeconds();
    void changeThatCannotBeMadeSaysSo();
    void typedCodeChangesTheForm();
    void formChangesTheCode();
    void mistakeInTheCodeIsMarkedAndNothingIsLost();
    void everyOptionCanBeSetInTheForm();
    void reasonOfAHeaderIsReadWithTheKeyboard();
    void preflightIsRememberedUntilTheClockHasAdvanced();
    void preflightCacheIsEditedAndCleared();
    void cookieIsAddedSentAndRemoved();
    void cookiesAreKeptWithTheScenario();
    void hiddenHeadersHaveTheirReason();
    void consoleSpeaksAsAnotherEngine();
    void undoOfEverythingGivesTheSameScenario();

private:
    static void open(WindowDriver& user, const QString& id)
    {
        QVERIFY(user.window.openScenario(id).ok());
        QTest::qWait(60); // the panel is laid out
    }
    /// Clicks an entry of a button's menu.
    static void pick(WindowDriver& user, const char* button, const char* entry)
    {
        auto* tool = user.find<QToolButton>(QLatin1String(button));
        QVERIFY(tool && tool->isEnabled());
        reveal(tool);
        QTest::mouseClick(tool, Qt::LeftButton);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        auto* action = menu->findChild<QAction*>(QLatin1String(entry));
        QVERIFY2(action && action->isEnabled(), entry);
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
        user.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&user.window));
    }
    static void chooseWord(WindowDriver& user, const char* name, const QString& text)
    {
        auto* combo = user.find<QComboBox>(QLatin1String(name));
        QVERIFY(combo && combo->isEnabled());
        const int wanted = combo->findText(text);
        QVERIFY2(wanted >= 0, qPrintable(text));
        reveal(combo);
        combo->setFocus();
        for (int guard = 0; guard < 20 && combo->currentIndex() != wanted; ++guard)
            QTest::keyClick(combo, combo->currentIndex() < wanted ? Qt::Key_Down : Qt::Key_Up);
        QCOMPARE(combo->currentIndex(), wanted);
    }
    static void reveal(QWidget* widget)
    {
        for (auto* parent = widget->parentWidget(); parent; parent = parent->parentWidget())
            if (auto* area = qobject_cast<QScrollArea*>(parent))
                area->ensureWidgetVisible(widget);
        QTest::qWait(1);
    }
    static void click(WindowDriver& user, const char* name)
    {
        auto* widget = user.find(QLatin1String(name));
        QVERIFY(widget);
        reveal(widget);
        user.click(widget);
    }
    static const FetchCall& call(const WindowDriver& user, size_t action = 0)
    {
        return std::get<SendAction>(user.scenario().actions.at(action)).call;
    }
    static QString undoName(WindowDriver& user) { return user.window.document().undoStack()->undoText(); }
    static QString code(WindowDriver& user) { return user.find<CodeEdit>(QStringLiteral("fetchCode"))->code(); }
    /// How many requests of that method the first server has seen.
    static qsizetype seen(WindowDriver& user, const QByteArray& method)
    {
        const auto log = user.window.run().accessLog(0);
        return std::count_if(log.begin(), log.end(), [&](const AccessLogEntry& entry) { return entry.method == method; });
    }
    /// A PUT that the server allows, and whose preflight it lets the browser remember.
    static void openAllowedPut(WindowDriver& user)
    {
        open(user, article);
        user.type(QStringLiteral("requestMethod"), QStringLiteral("PUT"));
        auto scenario = user.scenario();
        auto& cors = scenario.servers[0].pipeline[0];
        cors.enabled = true;
        cors.settings = QJsonObject{{QStringLiteral("allow_origins"), QJsonArray{QStringLiteral("http://localhost:8000")}},
                                    {QStringLiteral("allow_methods"), QJsonArray{QStringLiteral("*")}},
                                    {QStringLiteral("allow_credentials"), true}};
        user.window.document().setScenario(scenario);
        QTest::qWait(60);
    }
};

void BrowserSideTest::attackersPageIsAddedWithItsRequest()
{
    WindowDriver user;
    open(user, article);
    pick(user, "addPage", "addOtherSite");
    QCOMPARE(user.scenario().pages.size(), size_t(2));
    QCOMPARE(user.scenario().pages[1].origin(), QByteArray("http://evil.example"));
    auto* tabs = user.find<QTabBar>(QStringLiteral("pageTabs"));
    QCOMPARE(tabs->count(), 2);
    QCOMPARE(tabs->currentIndex(), 1);
    QCOMPARE(std::get<SendAction>(user.scenario().actions.back()).page, user.scenario().pages[1].id);
    QCOMPARE(call(user, 1).url, call(user, 0).url);
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(0).center());
    QCOMPARE(user.window.document().selectedSend(), 0);
    QCOMPARE(user.find<QLineEdit>(QStringLiteral("pageHost"))->text(), QStringLiteral("localhost"));
    user.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(user.scenario().pages.size(), size_t(1)); // page and request are one step
    QCOMPARE(user.scenario().actions.size(), size_t(1));
}

void BrowserSideTest::renamedPageTakesItsRequestsAlong()
{
    WindowDriver user;
    open(user, article);
    pick(user, "pageMenu", "renamePage");
    auto* name = user.find<QLineEdit>(QStringLiteral("pageName"));
    QVERIFY(name->hasFocus());
    user.type(QStringLiteral("pageName"), QStringLiteral("shop"));
    QCOMPARE(user.scenario().pages[0].id, QByteArray("shop"));
    QCOMPARE(std::get<SendAction>(user.scenario().actions[0]).page, QByteArray("shop"));
    QCOMPARE(user.find<QTabBar>(QStringLiteral("pageTabs"))->tabText(0), QStringLiteral("shop"));
    QTest::keyClicks(name, QStringLiteral(" !"));
    QVERIFY(name->property("invalid").toBool());
    QCOMPARE(user.scenario().pages[0].id, QByteArray("shop"));
}

void BrowserSideTest::removedPageTakesItsRequestsAlong()
{
    WindowDriver user;
    open(user, article);
    const auto before = user.scenario();
    pick(user, "pageMenu", "duplicatePage");
    QCOMPARE(user.scenario().pages.size(), size_t(2));
    QCOMPARE(user.scenario().actions.size(), size_t(2));
    QTest::mouseClick(user.find<QTabBar>(QStringLiteral("pageTabs")), Qt::LeftButton, {},
                      user.find<QTabBar>(QStringLiteral("pageTabs"))->tabRect(0).center());
    pick(user, "pageMenu", "removePage");
    QCOMPARE(user.scenario().pages.size(), size_t(1));
    QCOMPARE(user.scenario().actions.size(), size_t(1));
    QCOMPARE(std::get<SendAction>(user.scenario().actions[0]).page, user.scenario().pages[0].id);
    QVERIFY(scenariofile::parse(scenariofile::serialize(user.scenario()), QString()).ok());
    user.press(Qt::Key_Z, Qt::ControlModifier);
    user.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(user.scenario(), before);
}

void BrowserSideTest::opaqueOriginKeepsTheAddress()
{
    WindowDriver user;
    open(user, article);
    chooseWord(user, "pageScheme", QStringLiteral("file: URL"));
    QCOMPARE(user.scenario().pages[0].origin(), QByteArray("null"));
    QVERIFY(!user.find(QStringLiteral("pageHost"))->isVisible());
    chooseWord(user, "pageScheme", QStringLiteral("http"));
    QCOMPARE(user.scenario().pages[0].origin(), QByteArray("http://localhost:8000"));
    QCOMPARE(user.find<QLineEdit>(QStringLiteral("pagePort"))->text(), QStringLiteral("8000"));
}

void BrowserSideTest::pageSettingsAreEdited()
{
    WindowDriver user;
    open(user, article);
    auto* more = user.find<QToolButton>(QStringLiteral("pageMore"));
    QVERIFY(!user.has(QStringLiteral("pageEmbeddedIn")));
    click(user, "pageMore");
    user.type(QStringLiteral("pageEmbeddedIn"), QStringLiteral("https://top.example"));
    chooseWord(user, "pageEmbedderPolicy", QStringLiteral("require-corp"));
    chooseWord(user, "pageContext", QStringLiteral("worker"));
    chooseWord(user, "pageAddressSpace", QStringLiteral("public"));
    chooseWord(user, "pagePermission", QStringLiteral("granted"));
    chooseWord(user, "pageReferrerPolicy", QStringLiteral("no-referrer"));
    auto* policies = user.find<QPlainTextEdit>(QStringLiteral("pagePolicies"));
    reveal(policies);
    policies->setFocus();
    QTest::keyClicks(policies, QStringLiteral("connect-src 'self'"));
    const auto& page = user.scenario().pages[0];
    QCOMPARE(page.embeddedIn, QByteArray("https://top.example"));
    QCOMPARE(page.embedderPolicy, QByteArray("require-corp"));
    QCOMPARE(page.context, PageConfig::Context::Worker);
    QCOMPARE(page.addressSpace, QByteArray("public"));
    QCOMPARE(page.localNetworkAccess, QByteArray("granted"));
    QCOMPARE(page.referrerPolicy, QByteArray("no-referrer"));
    QCOMPARE(page.contentSecurityPolicy, QList<QByteArray>{"connect-src 'self'"});
    QVERIFY(more->text().contains(QStringLiteral("CSP"))); // it is said where the section is closed
}

void BrowserSideTest::actionsAreAddedMovedAndRemoved()
{
    WindowDriver user;
    open(user, article);
    const auto before = user.scenario();
    pick(user, "addAction", "addWait");
    pick(user, "addAction", "addRequest");
    pick(user, "addAction", "addChange");
    QCOMPARE(user.scenario().actions.size(), size_t(4));
    QVERIFY(std::holds_alternative<WaitAction>(user.scenario().actions[1]));
    QVERIFY(std::holds_alternative<SendAction>(user.scenario().actions[2]));
    QVERIFY(std::holds_alternative<ChangeAction>(user.scenario().actions[3]));
    QVERIFY(user.find(QStringLiteral("changePath"))->isVisible());
    pick(user, "actionMenu", "moveActionUp");
    QVERIFY(std::holds_alternative<ChangeAction>(user.scenario().actions[2]));
    QCOMPARE(user.find<QComboBox>(QStringLiteral("requestChooser"))->currentIndex(), 2);
    pick(user, "actionMenu", "removeAction");
    QCOMPARE(user.scenario().actions.size(), size_t(3));
    QVERIFY(user.find(QStringLiteral("requestUrl"))->isVisible());
    pick(user, "actionMenu", "duplicateAction");
    QCOMPARE(user.scenario().actions.size(), size_t(4));
    QVERIFY(user.scenario().actions[2] == user.scenario().actions[3]);
    for (int i = 0; i < 6; ++i)
        user.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(user.scenario(), before);
}

void BrowserSideTest::waitIsTypedInSeconds()
{
    WindowDriver user;
    open(user, article);
    pick(user, "addAction", "addWait");
    user.type(QStringLiteral("waitSeconds"), QStringLiteral("0.5"));
    QCOMPARE(std::get<WaitAction>(user.scenario().actions[1]).milliseconds, qint64(500));
    QCOMPARE(user.find<QLineEdit>(QStringLiteral("waitSeconds"))->text(), QStringLiteral("0.5"));
    user.type(QStringLiteral("waitSeconds"), QStringLiteral("-1"));
    QVERIFY(user.find(QStringLiteral("waitSeconds"))->property("invalid").toBool());
}

void BrowserSideTest::changeThatCannotBeMadeSaysSo()
{
    WindowDriver user;
    open(user, article);
    pick(user, "addAction", "addChange");
    user.type(QStringLiteral("changePath"), QStringLiteral("servers[0].port"));
    user.type(QStringLiteral("changeValue"), QStringLiteral("true"));
    auto* value = user.find<QLineEdit>(QStringLiteral("changeValue"));
    QVERIFY(value->accessibleDescription().contains(QStringLiteral("cannot be made")));
    user.type(QStringLiteral("changePath"), QStringLiteral("servers[0].pipeline[0].enabled"));
    QVERIFY(!value->accessibleDescription().contains(QStringLiteral("cannot be made")));
    QCOMPARE(std::get<ChangeAction>(user.scenario().actions[1]).value, QJsonValue(true));
}

void BrowserSideTest::typedCodeChangesTheForm()
{
    WindowDriver user;
    open(user, article);
    user.type(QStringLiteral("fetchCode"), QStringLiteral("fetch('/b', {method: 'PUT', credentials: 'include', keepalive: true})"));
    QCOMPARE(call(user).method, QByteArray("PUT"));
    QCOMPARE(user.find<QComboBox>(QStringLiteral("requestMethod"))->currentText(), QStringLiteral("PUT"));
    QCOMPARE(user.find<QLineEdit>(QStringLiteral("requestUrl"))->text(), QStringLiteral("/b"));
    QVERIFY(call(user).keepalive);
    QVERIFY(code(user).startsWith(QStringLiteral("fetch('/b', {method"))); // the author's own writing stays
}

void BrowserSideTest::formChangesTheCode()
{
    WindowDriver user;
    open(user, article);
    user.type(QStringLiteral("requestMethod"), QStringLiteral("DELETE"));
    QVERIFY(code(user).contains(QStringLiteral("method: \"DELETE\"")));
    user.choose(QStringLiteral("requestMode"), QStringLiteral("no-cors"));
    QVERIFY(code(user).contains(QStringLiteral("mode: \"no-cors\"")));
}

void BrowserSideTest::mistakeInTheCodeIsMarkedAndNothingIsLost()
{
    WindowDriver user;
    open(user, article);
    const auto before = user.scenario();
    const auto typed = QStringLiteral("fetch('/b', {methid: 'PUT'})");
    auto* edit = user.find<CodeEdit>(QStringLiteral("fetchCode"));
    user.type(QStringLiteral("fetchCode"), typed);
    QVERIFY(edit->hasMistake());
    QVERIFY(edit->accessibleDescription().contains(QStringLiteral("column 14")));
    QVERIFY(!user.window.document().mistake().isEmpty());
    QCOMPARE(user.find<QLabel>(QStringLiteral("fetchCodeNote"))->isVisible(), true);
    QCOMPARE(edit->code(), typed);
    QCOMPARE(user.scenario(), before);
    user.send(); // the request as it stood
    QCOMPARE(edit->code(), typed);
    user.type(QStringLiteral("requestMethod"), QStringLiteral("PUT")); // the form works on
    QCOMPARE(call(user).method, QByteArray("PUT"));
    QCOMPARE(edit->code(), typed);
    pick(user, "actionMenu", "duplicateAction"); // another request has code of its own
    QVERIFY(!edit->hasMistake());
    QVERIFY(user.window.document().mistake().isEmpty());
    QVERIFY(code(user).contains(QStringLiteral("method: \"PUT\"")));
    chooseWord(user, "requestChooser", QStringLiteral("1. PUT /items/1"));
    QCOMPARE(edit->code(), typed);
    QVERIFY(edit->hasMistake());
    click(user, "writeCodeAnew");
    QVERIFY(!edit->hasMistake());
    QVERIFY(code(user).contains(QStringLiteral("method: \"PUT\"")));
    user.type(QStringLiteral("fetchCode"), QStringLiteral("fetch('/c') and"));
    QCOMPARE(call(user).url, QByteArray("/c")); // as far as it could be read
    QVERIFY(edit->hasMistake());
    user.press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!edit->hasMistake());
}

void BrowserSideTest::everyOptionCanBeSetInTheForm()
{
    WindowDriver user;
    open(user, article);
    click(user, "moreOptions");
    chooseWord(user, "requestReferrerPolicy", QStringLiteral("unsafe-url"));
    chooseWord(user, "requestReferrer", QStringLiteral("nobody"));
    chooseWord(user, "requestAddressSpace", QStringLiteral("local"));
    chooseWord(user, "requestBodyKind", QStringLiteral("Blob of a type"));
    user.type(QStringLiteral("requestBodyType"), QStringLiteral("image/png"));
    user.type(QStringLiteral("requestAbortAfter"), QStringLiteral("300"));
    reveal(user.find(QStringLiteral("requestKeepalive")));
    user.clickBox(QStringLiteral("requestKeepalive"));
    QCOMPARE(call(user).referrerPolicy, QByteArray("unsafe-url"));
    QVERIFY(call(user).referrer == QByteArray(""));
    QCOMPARE(call(user).targetAddressSpace, QByteArray("local"));
    QCOMPARE(call(user).bodyType, QByteArray("image/png"));
    QVERIFY(call(user).abortAfter == Milliseconds(300));
    QVERIFY(call(user).keepalive);
    for (const char* word : {"AbortController", "referrer: \"\"", "keepalive: true", "targetAddressSpace"})
        QVERIFY2(code(user).contains(QLatin1String(word)), word);
    chooseWord(user, "requestInitiator", QStringLiteral("XMLHttpRequest"));
    user.type(QStringLiteral("requestTimeout"), QStringLiteral("50"));
    QVERIFY(call(user).timeout == Milliseconds(50));
    QVERIFY(code(user).contains(QStringLiteral("xhr.timeout = 50;")));
    QVERIFY(!user.find(QStringLiteral("requestMode"))->isEnabled()); // an XMLHttpRequest has none
}

void BrowserSideTest::reasonOfAHeaderIsReadWithTheKeyboard()
{
    WindowDriver user;
    open(user, article);
    click(user, "addHeader");
    user.type(QStringLiteral("headerName_0"), QStringLiteral("X-Trace"));
    QTRY_VERIFY(user.find<QLineEdit>(QStringLiteral("headerName_0"))->accessibleDescription().contains(QStringLiteral("preflight")));
    QCOMPARE(user.find<QLabel>(QStringLiteral("headerMark_0"))->text(), QStringLiteral("unsafe"));
    user.type(QStringLiteral("headerName_0"), QStringLiteral("Host"));
    QCOMPARE(user.find<QLabel>(QStringLiteral("headerMark_0"))->text(), QStringLiteral("forbidden"));
    user.find(QStringLiteral("requestUrl"))->setFocus();
    QTRY_VERIFY(user.find<QLineEdit>(QStringLiteral("headerName_0"))->accessibleDescription().isEmpty()); // calm again
}

void BrowserSideTest::preflightIsRememberedUntilTheClockHasAdvanced()
{
    WindowDriver user;
    openAllowedPut(user);
    user.send();
    QVERIFY(user.outcome().allowed());
    QCOMPARE(seen(user, "OPTIONS"), 1);
    user.send();
    QCOMPARE(user.outcome().preflight, SendOutcome::Preflight::Cached);
    QCOMPARE(seen(user, "OPTIONS"), 1);
    click(user, "advance600"); // the middleware says 600 seconds
    QCOMPARE(user.find<QLabel>(QStringLiteral("clockTime"))->text(), QStringLiteral("2026-01-01 12:10:00"));
    user.send();
    QCOMPARE(user.outcome().preflight, SendOutcome::Preflight::Sent);
    QCOMPARE(seen(user, "OPTIONS"), 2);
    QCOMPARE(seen(user, "PUT"), 3);
    user.type(QStringLiteral("advanceSeconds"), QStringLiteral("5"), true);
    QCOMPARE(user.find<QLabel>(QStringLiteral("clockTime"))->text(), QStringLiteral("2026-01-01 12:10:05"));
}

void BrowserSideTest::preflightCacheIsEditedAndCleared()
{
    WindowDriver user;
    openAllowedPut(user);
    user.send();
    click(user, "preflights");
    auto* table = user.find<QTableWidget>(QStringLiteral("preflightTable"));
    QVERIFY(table->rowCount() > 0);
    reveal(table);
    int put = 0;
    while (put < table->rowCount() && table->item(put, 0)->text() != QStringLiteral("PUT"))
        ++put;
    QVERIFY(put < table->rowCount());
    QCOMPARE(table->item(put, 2)->text(), QStringLiteral("600"));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualItemRect(table->item(put, 0)).center());
    user.type(QStringLiteral("preflightSeconds"), QStringLiteral("7"));
    QCOMPARE(table->item(put, 2)->text(), QStringLiteral("7"));
    click(user, "advance10");
    user.send();
    QCOMPARE(seen(user, "OPTIONS"), 2);
    click(user, "clearPreflights");
    QCOMPARE(table->rowCount(), 0);
    user.send();
    QCOMPARE(seen(user, "OPTIONS"), 3);
}

void BrowserSideTest::cookieIsAddedSentAndRemoved()
{
    WindowDriver user;
    openAllowedPut(user);
    click(user, "cookies");
    click(user, "addCookie");
    user.type(QStringLiteral("cookieName"), QStringLiteral("sid"));
    user.type(QStringLiteral("cookieValue"), QStringLiteral("42"));
    chooseWord(user, "cookieSameSite", QStringLiteral("Strict"));
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
    reveal(table);
    QTest::keyClick(table, Qt::Key_Delete);
    QCOMPARE(table->rowCount(), 0);
    user.send();
    QVERIFY(!sent());
}

void BrowserSideTest::cookiesAreKeptWithTheScenario()
{
    WindowDriver user;
    openAllowedPut(user);
    click(user, "cookies");
    click(user, "addCookie");
    click(user, "keepCookies");
    QCOMPARE(user.scenario().cookies.size(), size_t(1));
    const auto again = scenariofile::parse(scenariofile::serialize(user.scenario()), QString());
    QVERIFY(again.ok());
    QCOMPARE(*again, user.scenario());
    click(user, "clearCookies");
    QCOMPARE(user.find<QTableWidget>(QStringLiteral("cookieTable"))->rowCount(), 0);
    click(user, "resetBrowser");
    QCOMPARE(user.find<QTableWidget>(QStringLiteral("cookieTable"))->rowCount(), 1);
    QCOMPARE(undoName(user), QStringLiteral("Keep the cookies with the scenario"));
}

void BrowserSideTest::hiddenHeadersHaveTheirReason()
{
    WindowDriver user;
    openAllowedPut(user);
    auto scenario = user.scenario();
    for (auto& route : scenario.servers[0].routes)
        route.headers.append("X-Total", "3");
    user.window.document().setScenario(scenario);
    user.type(QStringLiteral("requestMethod"), QStringLiteral("GET"));
    user.send();
    const auto* page = user.find<QTextBrowser>(QStringLiteral("pageView"));
    QVERIFY2(page->toPlainText().contains(QStringLiteral("X-Total"), Qt::CaseInsensitive), qPrintable(page->toPlainText()));
    QVERIFY(page->toPlainText().contains(QStringLiteral("Access-Control-Expose-Headers does not name it")));
    QVERIFY(page->toHtml().contains(QStringLiteral("line-through")));
}

void BrowserSideTest::consoleSpeaksAsAnotherEngine()
{
    WindowDriver user;
    open(user, article);
    user.send();
    auto* console = user.find<QPlainTextEdit>(QStringLiteral("consoleView"));
    const auto chromium = console->toPlainText();
    QVERIFY(chromium.contains(QStringLiteral("blocked by CORS policy")));
    const auto before = user.scenario();
    chooseWord(user, "consoleEngine", QStringLiteral("Firefox"));
    QVERIFY(console->toPlainText().contains(QStringLiteral("Cross-Origin Request Blocked")));
    QCOMPARE(user.scenario(), before); // only the words are other ones
    chooseWord(user, "browserProfile", QStringLiteral("WebKitGTK"));
    QCOMPARE(user.find<QComboBox>(QStringLiteral("consoleEngine"))->currentText(), QStringLiteral("WebKitGTK"));
}

void BrowserSideTest::undoOfEverythingGivesTheSameScenario()
{
    WindowDriver user;
    open(user, article);
    const auto before = user.scenario();
    pick(user, "addPage", "addSandboxedFrame");
    pick(user, "addAction", "addWait");
    pick(user, "addPage", "addPlainPage");
    pick(user, "pageMenu", "duplicatePage");
    pick(user, "pageMenu", "removePage");
    pick(user, "actionMenu", "removeAction");
    user.type(QStringLiteral("requestUrl"), QStringLiteral("/x"));
    QVERIFY(scenariofile::parse(scenariofile::serialize(user.scenario()), QString()).ok());
    auto* undo = user.window.document().undoStack();
    for (int guard = 0; guard < 30 && undo->canUndo(); ++guard)
        user.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(user.scenario(), before);
}

QTEST_MAIN(BrowserSideTest)
#include "tst_browserside.moc"
