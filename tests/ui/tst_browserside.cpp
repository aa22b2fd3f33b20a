#include "tests/ui/PanelDriver.h"

#include "core/scenario/ScenarioFile.h"
#include "ui/widgets/CodeEdit.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QStandardPaths>
#include <QTabBar>
#include <QTextBrowser>

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
    void hiddenHeadersHaveTheirReason();
    void consoleSpeaksAsAnotherEngine();
    void undoOfEverythingGivesTheSameScenario();

private:
    static const FetchCall& call(const WindowDriver& user, size_t action = 0)
    {
        return std::get<SendAction>(user.scenario().actions.at(action)).call;
    }
    static QString code(PanelDriver& user) { return user.find<CodeEdit>(QStringLiteral("fetchCode"))->code(); }
};

void BrowserSideTest::attackersPageIsAddedWithItsRequest()
{
    PanelDriver user;
    user.open(article);
    user.pick("addPage", "addOtherSite");
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
    PanelDriver user;
    user.open(article);
    user.pick("pageMenu", "renamePage");
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
    PanelDriver user;
    user.open(article);
    const auto before = user.scenario();
    user.pick("pageMenu", "duplicatePage");
    QCOMPARE(user.scenario().pages.size(), size_t(2));
    QCOMPARE(user.scenario().actions.size(), size_t(2));
    QTest::mouseClick(user.find<QTabBar>(QStringLiteral("pageTabs")), Qt::LeftButton, {},
                      user.find<QTabBar>(QStringLiteral("pageTabs"))->tabRect(0).center());
    user.pick("pageMenu", "removePage");
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
    PanelDriver user;
    user.open(article);
    user.chooseWord("pageScheme", QStringLiteral("file: URL"));
    QCOMPARE(user.scenario().pages[0].origin(), QByteArray("null"));
    QVERIFY(!user.find(QStringLiteral("pageHost"))->isVisible());
    user.chooseWord("pageScheme", QStringLiteral("http"));
    QCOMPARE(user.scenario().pages[0].origin(), QByteArray("http://localhost:8000"));
    QCOMPARE(user.find<QLineEdit>(QStringLiteral("pagePort"))->text(), QStringLiteral("8000"));
}

void BrowserSideTest::pageSettingsAreEdited()
{
    PanelDriver user;
    user.open(article);
    auto* more = user.find<QToolButton>(QStringLiteral("pageMore"));
    QVERIFY(!user.has(QStringLiteral("pageEmbeddedIn")));
    user.click("pageMore");
    user.type(QStringLiteral("pageEmbeddedIn"), QStringLiteral("https://top.example"));
    user.chooseWord("pageEmbedderPolicy", QStringLiteral("require-corp"));
    user.chooseWord("pageContext", QStringLiteral("worker"));
    user.chooseWord("pageAddressSpace", QStringLiteral("public"));
    user.chooseWord("pagePermission", QStringLiteral("granted"));
    user.chooseWord("pageReferrerPolicy", QStringLiteral("no-referrer"));
    auto* policies = user.find<QPlainTextEdit>(QStringLiteral("pagePolicies"));
    user.reveal(policies);
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
    PanelDriver user;
    user.open(article);
    const auto before = user.scenario();
    user.pick("addAction", "addWait");
    user.pick("addAction", "addRequest");
    user.pick("addAction", "addChange");
    QCOMPARE(user.scenario().actions.size(), size_t(4));
    QVERIFY(std::holds_alternative<WaitAction>(user.scenario().actions[1]));
    QVERIFY(std::holds_alternative<SendAction>(user.scenario().actions[2]));
    QVERIFY(std::holds_alternative<ChangeAction>(user.scenario().actions[3]));
    QVERIFY(user.find(QStringLiteral("changePath"))->isVisible());
    user.pick("actionMenu", "moveActionUp");
    QVERIFY(std::holds_alternative<ChangeAction>(user.scenario().actions[2]));
    QCOMPARE(user.find<QComboBox>(QStringLiteral("requestChooser"))->currentIndex(), 2);
    user.pick("actionMenu", "removeAction");
    QCOMPARE(user.scenario().actions.size(), size_t(3));
    QVERIFY(user.find(QStringLiteral("requestUrl"))->isVisible());
    user.pick("actionMenu", "duplicateAction");
    QCOMPARE(user.scenario().actions.size(), size_t(4));
    QVERIFY(user.scenario().actions[2] == user.scenario().actions[3]);
    for (int i = 0; i < 6; ++i)
        user.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(user.scenario(), before);
}

void BrowserSideTest::waitIsTypedInSeconds()
{
    PanelDriver user;
    user.open(article);
    user.pick("addAction", "addWait");
    user.type(QStringLiteral("waitSeconds"), QStringLiteral("0.5"));
    QCOMPARE(std::get<WaitAction>(user.scenario().actions[1]).milliseconds, qint64(500));
    QCOMPARE(user.find<QLineEdit>(QStringLiteral("waitSeconds"))->text(), QStringLiteral("0.5"));
    user.type(QStringLiteral("waitSeconds"), QStringLiteral("-1"));
    QVERIFY(user.find(QStringLiteral("waitSeconds"))->property("invalid").toBool());
}

void BrowserSideTest::changeThatCannotBeMadeSaysSo()
{
    PanelDriver user;
    user.open(article);
    user.pick("addAction", "addChange");
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
    PanelDriver user;
    user.open(article);
    user.type(QStringLiteral("fetchCode"), QStringLiteral("fetch('/b', {method: 'PUT', credentials: 'include', keepalive: true})"));
    QCOMPARE(call(user).method, QByteArray("PUT"));
    QCOMPARE(user.find<QComboBox>(QStringLiteral("requestMethod"))->currentText(), QStringLiteral("PUT"));
    QCOMPARE(user.find<QLineEdit>(QStringLiteral("requestUrl"))->text(), QStringLiteral("/b"));
    QVERIFY(call(user).keepalive);
    QVERIFY(code(user).startsWith(QStringLiteral("fetch('/b', {method"))); // the author's own writing stays
}

void BrowserSideTest::formChangesTheCode()
{
    PanelDriver user;
    user.open(article);
    user.type(QStringLiteral("requestMethod"), QStringLiteral("DELETE"));
    QVERIFY(code(user).contains(QStringLiteral("method: \"DELETE\"")));
    user.choose(QStringLiteral("requestMode"), QStringLiteral("no-cors"));
    QVERIFY(code(user).contains(QStringLiteral("mode: \"no-cors\"")));
}

void BrowserSideTest::mistakeInTheCodeIsMarkedAndNothingIsLost()
{
    PanelDriver user;
    user.open(article);
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
    user.pick("actionMenu", "duplicateAction"); // another request has code of its own
    QVERIFY(!edit->hasMistake());
    QVERIFY(user.window.document().mistake().isEmpty());
    QVERIFY(code(user).contains(QStringLiteral("method: \"PUT\"")));
    user.chooseWord("requestChooser", QStringLiteral("1. PUT /items/1"));
    QCOMPARE(edit->code(), typed);
    QVERIFY(edit->hasMistake());
    user.click("writeCodeAnew");
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
    PanelDriver user;
    user.open(article);
    user.click("moreOptions");
    user.chooseWord("requestReferrerPolicy", QStringLiteral("unsafe-url"));
    user.chooseWord("requestReferrer", QStringLiteral("nobody"));
    user.chooseWord("requestAddressSpace", QStringLiteral("local"));
    user.chooseWord("requestBodyKind", QStringLiteral("Blob of a type"));
    user.type(QStringLiteral("requestBodyType"), QStringLiteral("image/png"));
    user.type(QStringLiteral("requestAbortAfter"), QStringLiteral("300"));
    user.reveal(user.find(QStringLiteral("requestKeepalive")));
    user.clickBox(QStringLiteral("requestKeepalive"));
    QCOMPARE(call(user).referrerPolicy, QByteArray("unsafe-url"));
    QVERIFY(call(user).referrer == QByteArray(""));
    QCOMPARE(call(user).targetAddressSpace, QByteArray("local"));
    QCOMPARE(call(user).bodyType, QByteArray("image/png"));
    QVERIFY(call(user).abortAfter == Milliseconds(300));
    QVERIFY(call(user).keepalive);
    for (const char* word : {"AbortController", "referrer: \"\"", "keepalive: true", "targetAddressSpace"})
        QVERIFY2(code(user).contains(QLatin1String(word)), word);
    user.chooseWord("requestInitiator", QStringLiteral("XMLHttpRequest"));
    user.type(QStringLiteral("requestTimeout"), QStringLiteral("50"));
    QVERIFY(call(user).timeout == Milliseconds(50));
    QVERIFY(code(user).contains(QStringLiteral("xhr.timeout = 50;")));
    QVERIFY(!user.find(QStringLiteral("requestMode"))->isEnabled()); // an XMLHttpRequest has none
}

void BrowserSideTest::reasonOfAHeaderIsReadWithTheKeyboard()
{
    PanelDriver user;
    user.open(article);
    user.click("addHeader");
    user.type(QStringLiteral("headerName_0"), QStringLiteral("X-Trace"));
    QTRY_VERIFY(user.find<QLineEdit>(QStringLiteral("headerName_0"))->accessibleDescription().contains(QStringLiteral("preflight")));
    QCOMPARE(user.find<QLabel>(QStringLiteral("headerMark_0"))->text(), QStringLiteral("unsafe"));
    user.type(QStringLiteral("headerName_0"), QStringLiteral("Host"));
    QCOMPARE(user.find<QLabel>(QStringLiteral("headerMark_0"))->text(), QStringLiteral("forbidden"));
    user.find(QStringLiteral("requestUrl"))->setFocus();
    QTRY_VERIFY(user.find<QLineEdit>(QStringLiteral("headerName_0"))->accessibleDescription().isEmpty()); // calm again
}

void BrowserSideTest::hiddenHeadersHaveTheirReason()
{
    PanelDriver user;
    user.openAllowedPut();
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
    PanelDriver user;
    user.open(article);
    user.send();
    auto* console = user.find<QPlainTextEdit>(QStringLiteral("consoleView"));
    const auto chromium = console->toPlainText();
    QVERIFY(chromium.contains(QStringLiteral("blocked by CORS policy")));
    const auto before = user.scenario();
    user.chooseWord("consoleEngine", QStringLiteral("Firefox"));
    QVERIFY(console->toPlainText().contains(QStringLiteral("Cross-Origin Request Blocked")));
    QCOMPARE(user.scenario(), before); // only the words are other ones
    user.chooseWord("browserProfile", QStringLiteral("WebKitGTK"));
    QCOMPARE(user.find<QComboBox>(QStringLiteral("consoleEngine"))->currentText(), QStringLiteral("WebKitGTK"));
}

void BrowserSideTest::undoOfEverythingGivesTheSameScenario()
{
    PanelDriver user;
    user.open(article);
    const auto before = user.scenario();
    user.pick("addPage", "addSandboxedFrame");
    user.pick("addAction", "addWait");
    user.pick("addPage", "addPlainPage");
    user.pick("pageMenu", "duplicatePage");
    user.pick("pageMenu", "removePage");
    user.pick("actionMenu", "removeAction");
    user.type(QStringLiteral("requestUrl"), QStringLiteral("/x"));
    QVERIFY(scenariofile::parse(scenariofile::serialize(user.scenario()), QString()).ok());
    auto* undo = user.window.document().undoStack();
    for (int guard = 0; guard < 30 && undo->canUndo(); ++guard)
        user.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(user.scenario(), before);
}

QTEST_MAIN(BrowserSideTest)
#include "tst_browserside.moc"
