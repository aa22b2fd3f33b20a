#include "tests/ui/PanelDriver.h"

#include "core/backend/StageCatalogue.h"
#include "ui/server/FrameworkChange.h"
#include "ui/widgets/CodeEdit.h"

#include <QLabel>
#include <QListWidget>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QTcpServer>

using namespace corscope;

static const QString article = QStringLiteral("fastapi-no-middleware");
static const QString authFirst = QStringLiteral("auth-before-cors");

/// The server side of the window, by mouse and by keyboard: servers, their pipeline, their routes and logs.
class ServerSideTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void stageIsAddedByKeyboard();
    void stageIsAddedByMouse();
    void chooserFindsNothingAndSaysSo();
    void everyOfferCanBeAdded();
    void frameworkChangeKeepsWhatBothKnow();
    void frameworkChangeIsOneStepOfUndo();
    void everyFrameworkTakesWhatIsKept_data();
    void everyFrameworkTakesWhatIsKept();
    void dragReorders();
    void dragLetGoAtItsPlaceChangesNothing();
    void keyboardReordersAndFocusGoesAlong();
    void movedStageIsAllowedInTheEnd();
    void spaceSwitchesDeleteRemoves();
    void routeIsEdited();
    void routesAreAddedMovedAndRemoved();
    void cookiesAreSetCookieHeaders();
    void serversAreAddedRenamedAndRemoved();
    void portInUseIsSaidAndAnotherOffered();
    void logLeadsToItsStep();
    void clearedLogsSaySo();
    void anotherScenarioBeginsWithEmptyLogs();
    void undoOfTenEditsGivesTheSameScenario();

private:
    static const std::vector<StageConfig>& pipeline(const WindowDriver& user) { return user.scenario().servers[0].pipeline; }
    static void settle() { QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); }
};

void ServerSideTest::stageIsAddedByKeyboard()
{
    PanelDriver user;
    user.open(article);
    QCOMPARE(pipeline(user).size(), size_t(1));
    user.find(QStringLiteral("addStage"))->setFocus();
    QTest::keyClick(user.find(QStringLiteral("addStage")), Qt::Key_Space);
    auto* search = user.find(QStringLiteral("stageSearch"));
    QVERIFY(search);
    QTest::keyClicks(search, QStringLiteral("jub"));
    QTest::keyClick(search, Qt::Key_Return);
    settle();
    QCOMPARE(pipeline(user).size(), size_t(2));
    QCOMPARE(pipeline(user)[1].framework, QByteArray("jub0bs-cors"));
    QVERIFY(makeStage(pipeline(user)[1]).ok()); // it refuses to start with nothing set
    QVERIFY(!user.has(QStringLiteral("stageChooser")));
    QVERIFY(user.has(QStringLiteral("option_Origins"))); // the new one is chosen
    QCOMPARE(user.undoName(), QStringLiteral("Add cors.NewMiddleware"));
}

void ServerSideTest::stageIsAddedByMouse()
{
    PanelDriver user;
    user.open(article);
    user.click(QStringLiteral("addStage"));
    auto* tree = user.find<QAbstractItemView>(QStringLiteral("stageOffers"));
    QVERIFY(tree);
    const auto found = tree->model()->match(tree->model()->index(0, 0), Qt::DisplayRole, QStringLiteral("Authentication"), 1,
                                            Qt::MatchExactly | Qt::MatchRecursive);
    QCOMPARE(found.size(), 1);
    tree->scrollTo(found[0]);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(found[0]).center());
    QCOMPARE(pipeline(user).size(), size_t(2));
    QCOMPARE(pipeline(user)[1].kind, QByteArray("auth"));
}

void ServerSideTest::chooserFindsNothingAndSaysSo()
{
    PanelDriver user;
    user.open(article);
    const auto before = user.scenario();
    user.click(QStringLiteral("addStage"));
    auto* search = user.find(QStringLiteral("stageSearch"));
    QTest::keyClicks(search, QStringLiteral("no such thing"));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(user.scenario(), before);
    QVERIFY(user.has(QStringLiteral("stageChooser")));
    QTest::keyClick(search, Qt::Key_Escape);
    settle();
    QVERIFY(!user.has(QStringLiteral("stageChooser")));
}

void ServerSideTest::everyOfferCanBeAdded()
{
    PanelDriver user;
    user.open(article);
    for (const auto* description : stageDescriptions()) {
        user.click(QStringLiteral("addStage"));
        auto* search = user.find(QStringLiteral("stageSearch"));
        QVERIFY(search);
        QTest::keyClicks(search, description->title);
        QTest::keyClick(search, Qt::Key_Return);
        settle();
        const auto& all = pipeline(user);
        const bool there = std::any_of(all.begin(), all.end(),
                                       [&](const StageConfig& stage) { return stage == freshStage(*description); });
        QVERIFY2(there, qPrintable(description->title));
        auto* error = user.find<QLabel>(QStringLiteral("settingsError"));
        QVERIFY2(error->isHidden(), qPrintable(description->title + error->text()));
        user.press(Qt::Key_Z, Qt::ControlModifier);
    }
    QCOMPARE(pipeline(user).size(), size_t(1));
}

void ServerSideTest::frameworkChangeKeepsWhatBothKnow()
{
    StageConfig fastapi{"cors", "fastapi", {}, true,
                        {{QStringLiteral("allow_origins"), QJsonArray{QStringLiteral("https://a.example")}},
                         {QStringLiteral("allow_methods"), QJsonArray{QStringLiteral("GET"), QStringLiteral("PUT")}},
                         {QStringLiteral("allow_credentials"), true},
                         {QStringLiteral("max_age"), 30}}};
    const auto express = changedFramework(fastapi, *findFrameworkDescription("express"));
    QCOMPARE(express.framework, QByteArray("express"));
    QCOMPARE(express.settings[QStringLiteral("origin")], QJsonValue(QJsonArray{QStringLiteral("https://a.example")}));
    QCOMPARE(express.settings[QStringLiteral("methods")], fastapi.settings[QStringLiteral("allow_methods")]);
    QCOMPARE(express.settings[QStringLiteral("credentials")], QJsonValue(true));
    QCOMPARE(express.settings[QStringLiteral("maxAge")], QJsonValue(30));
    const auto jetty = changedFramework(express, *findFrameworkDescription("jetty"));
    QCOMPARE(jetty.settings[QStringLiteral("allowedOrigins")], QJsonValue(QStringLiteral("https://a.example")));
    QCOMPARE(jetty.settings[QStringLiteral("allowedMethods")], QJsonValue(QStringLiteral("GET,PUT")));
    QCOMPARE(jetty.settings[QStringLiteral("preflightMaxAge")], QJsonValue(30));
    const auto back = changedFramework(jetty, *findFrameworkDescription("fastapi"));
    QCOMPARE(back.settings, fastapi.settings);
}

void ServerSideTest::frameworkChangeIsOneStepOfUndo()
{
    PanelDriver user;
    user.open(QStringLiteral("fastapi-list-of-origins"));
    const auto before = user.scenario();
    const auto origins = pipeline(user)[0].settings[QStringLiteral("allow_origins")];
    user.click(QStringLiteral("changeFramework"));
    auto* search = user.find(QStringLiteral("stageSearch"));
    QVERIFY(search);
    QTest::keyClicks(search, QStringLiteral("gin"));
    QTest::keyClick(search, Qt::Key_Return);
    settle();
    QCOMPARE(pipeline(user)[0].framework, QByteArray("gin-cors"));
    QCOMPARE(pipeline(user)[0].settings[QStringLiteral("AllowOrigins")], origins);
    QVERIFY(user.has(QStringLiteral("option_AllowOrigins")));
    user.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(user.scenario(), before);
    QVERIFY(user.has(QStringLiteral("option_allow_origins")));
}

void ServerSideTest::everyFrameworkTakesWhatIsKept_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    for (const auto* from : stageDescriptions())
        for (const auto* to : stageDescriptions())
            if (from->kind == "cors" && to->kind == "cors")
                QTest::newRow(QByteArray(from->id + " to " + to->id).constData()) << from->id << to->id;
}

void ServerSideTest::everyFrameworkTakesWhatIsKept()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    StageConfig stage = freshStage(*findFrameworkDescription(from));
    const auto changed = changedFramework(stage, *findFrameworkDescription(to));
    QCOMPARE(changed.framework, to);
    const auto made = makeStage(changed);
    QVERIFY2(made.ok(), made.ok() ? "" : qPrintable(made.error().sentence()));
}

void ServerSideTest::dragReorders()
{
    PanelDriver user;
    user.open(authFirst);
    const auto before = pipeline(user);
    QCOMPARE(before[0].kind, QByteArray("auth"));
    auto* grip = user.find(QStringLiteral("stageGrip_0"));
    auto* target = user.find(QStringLiteral("routesRow"));
    const auto down = grip->mapFromGlobal(target->mapToGlobal(QPoint(0, 2)));
    QTest::mousePress(grip, Qt::LeftButton);
    QTest::mouseMove(grip, QPoint(2, down.y() / 2));
    QTest::mouseMove(grip, QPoint(2, down.y()));
    QTest::mouseRelease(grip, Qt::LeftButton, {}, QPoint(2, down.y()));
    QCOMPARE(pipeline(user)[0], before[1]);
    QCOMPARE(pipeline(user)[1], before[0]);
    QCOMPARE(user.undoName(), QStringLiteral("Move Authentication below CORSMiddleware"));
}

void ServerSideTest::dragLetGoAtItsPlaceChangesNothing()
{
    PanelDriver user;
    user.open(authFirst);
    const auto before = user.scenario();
    auto* name = user.find(QStringLiteral("stage_1"));
    QTest::mousePress(name, Qt::LeftButton);
    QTest::mouseMove(name, QPoint(5, -20));
    QTest::mouseMove(name, QPoint(5, 5));
    QTest::mouseRelease(name, Qt::LeftButton, {}, QPoint(5, 5));
    QCOMPARE(user.scenario(), before);
}

void ServerSideTest::keyboardReordersAndFocusGoesAlong()
{
    PanelDriver user;
    user.open(authFirst);
    const auto before = user.scenario();
    auto* cors = user.find(QStringLiteral("stage_1"));
    cors->setFocus();
    QTest::keyClick(cors, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(pipeline(user)[0].kind, QByteArray("cors"));
    QCOMPARE(user.undoName(), QStringLiteral("Move CORSMiddleware above Authentication"));
    QCOMPARE(QApplication::focusWidget(), user.find(QStringLiteral("stage_0")));
    QVERIFY(user.has(QStringLiteral("option_allow_origins"))); // still the one whose settings are shown
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up, Qt::AltModifier); // at the top already
    QCOMPARE(pipeline(user)[0].kind, QByteArray("cors"));
    user.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(user.scenario(), before);
}

void ServerSideTest::movedStageIsAllowedInTheEnd()
{
    PanelDriver user;
    user.open(authFirst);
    auto once = user.scenario();
    once.actions.resize(1); // the PUT that authentication keeps from CORSMiddleware
    once.expectations.clear();
    user.window.document().setScenario(once);
    QTest::qWait(60);
    user.send();
    QVERIFY(!user.outcome().allowed());
    QCOMPARE(user.outcome().blocked->on, Blocked::On::Preflight);
    auto* cors = user.find(QStringLiteral("stage_1"));
    cors->setFocus();
    QTest::keyClick(cors, Qt::Key_Up, Qt::AltModifier);
    user.send();
    QVERIFY(user.outcome().allowed());
}

void ServerSideTest::spaceSwitchesDeleteRemoves()
{
    PanelDriver user;
    user.open(authFirst);
    const auto before = user.scenario();
    auto* auth = user.find(QStringLiteral("stage_0"));
    auth->setFocus();
    QTest::keyClick(auth, Qt::Key_Space);
    QVERIFY(!pipeline(user)[0].enabled);
    QTest::keyClick(auth, Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(pipeline(user).size(), size_t(3));
    QCOMPARE(pipeline(user)[0], pipeline(user)[1]);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Delete);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Delete);
    QCOMPARE(pipeline(user).size(), size_t(1));
    // What changes a setting between two sends went along, or away with its stage.
    for (const auto& action : user.scenario().actions)
        if (const auto* change = std::get_if<ChangeAction>(&action))
            QVERIFY2(!change->path.contains(QStringLiteral("pipeline[1]")), qPrintable(change->path));
    for (int i = 0; i < 4; ++i)
        user.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(user.scenario(), before);
}

void ServerSideTest::routeIsEdited()
{
    PanelDriver user;
    user.open(article);
    user.click(QStringLiteral("routesRow"));
    QVERIFY(user.find(QStringLiteral("routesCard"))->isVisible());
    user.type(QStringLiteral("routePath"), QStringLiteral("/pens/*"));
    user.type(QStringLiteral("routeStatus"), QStringLiteral("201"));
    user.type(QStringLiteral("routeEffect"), QStringLiteral("pen saved"));
    auto* body = user.find<CodeEdit>(QStringLiteral("routeBody"));
    body->setFocus();
    QTest::keyClick(body, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(body, QStringLiteral("[1, 2]"));
    const auto& route = user.scenario().servers[0].routes[0];
    QCOMPARE(route.path, QByteArray("/pens/*"));
    QCOMPARE(route.status, 201);
    QCOMPARE(route.effect, QByteArray("pen saved"));
    QCOMPARE(route.body, QByteArray("[1, 2]"));
    user.type(QStringLiteral("routeStatus"), QStringLiteral("99"));
    QVERIFY(user.find(QStringLiteral("routeStatus"))->property("invalid").toBool());
    QCOMPARE(user.scenario().servers[0].routes[0].status, 201);
    user.clickBox(QStringLiteral("routeRaises"));
    QVERIFY(user.scenario().servers[0].routes[0].raises);
    auto* table = user.find<QTableView>(QStringLiteral("routes"));
    QCOMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("/pens/*"));
}

void ServerSideTest::routesAreAddedMovedAndRemoved()
{
    PanelDriver user;
    user.open(article);
    const auto before = user.scenario();
    const auto count = before.servers[0].routes.size();
    user.click(QStringLiteral("routesRow"));
    user.click(QStringLiteral("addRoute"));
    QCOMPARE(user.scenario().servers[0].routes.size(), count + 1);
    user.type(QStringLiteral("routePath"), QStringLiteral("/new"));
    QCOMPARE(user.scenario().servers[0].routes[1].path, QByteArray("/new"));
    auto* table = user.find<QTableView>(QStringLiteral("routes"));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(user.scenario().servers[0].routes[0].path, QByteArray("/new"));
    QTest::keyClick(table, Qt::Key_Delete);
    QCOMPARE(user.scenario(), before);
}

void ServerSideTest::cookiesAreSetCookieHeaders()
{
    PanelDriver user;
    user.open(article);
    user.click(QStringLiteral("routesRow"));
    user.type(QStringLiteral("routeCookies"), QStringLiteral("session=1234; Expires=Thu, 01 Jan 2099 00:00:00 GMT; Secure"), true);
    const auto& headers = user.scenario().servers[0].routes[0].headers;
    QCOMPARE(headers.values("set-cookie"), QList<QByteArray>{"session=1234; Expires=Thu, 01 Jan 2099 00:00:00 GMT; Secure"});
    const auto before = user.scenario();
    user.type(QStringLiteral("routeHeaders"), QStringLiteral("no colon"), true);
    QCOMPARE(user.scenario(), before);
}

void ServerSideTest::serversAreAddedRenamedAndRemoved()
{
    PanelDriver user;
    user.open(article);
    const auto before = user.scenario();
    const auto entry = [&](const char* name) {
        QCoreApplication::processEvents();
        QWidget* button = nullptr;
        for (auto* each : user.window.findChildren<QToolButton*>(QStringLiteral("serverMenu")))
            if (each->isVisible())
                button = each;
        user.click(button);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        auto* action = menu->findChild<QAction*>(QLatin1String(name));
        QVERIFY(action && action->isEnabled());
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
        QCoreApplication::processEvents();
        settle();
    };
    entry("duplicateServer");
    QCOMPARE(user.scenario().servers.size(), size_t(2));
    QCOMPARE(user.scenario().servers[1].pipeline, before.servers[0].pipeline);
    QVERIFY(user.scenario().servers[1].port != before.servers[0].port);
    auto* tabs = user.find<QTabWidget>(QStringLiteral("servers"));
    QVERIFY(tabs);
    QCOMPARE(tabs->currentIndex(), 1); // the new one is shown
    QTRY_VERIFY(tabs->tabText(1).startsWith(QChar(0x25CF))); // it runs
    auto* name = tabs->currentWidget()->findChild<QLineEdit*>(QStringLiteral("serverName"));
    QVERIFY(name);
    name->setFocus();
    QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(name, QStringLiteral("images"));
    QCOMPARE(user.scenario().servers[1].id, QByteArray("images"));
    QVERIFY(tabs->tabText(1).contains(QStringLiteral("images")));
    entry("removeServer");
    QCOMPARE(user.scenario(), before);
    QVERIFY(!user.has(QStringLiteral("servers")));
}

void ServerSideTest::portInUseIsSaidAndAnotherOffered()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    PanelDriver user;
    user.open(article);
    user.type(QStringLiteral("serverPort"), QString::number(other.serverPort()));
    auto* taken = user.find(QStringLiteral("portTaken"));
    QTRY_VERIFY(taken->isVisible());
    user.click(QStringLiteral("otherPort"));
    QVERIFY(user.scenario().servers[0].port != other.serverPort());
    QTRY_VERIFY(!taken->isVisible());
}

void ServerSideTest::logLeadsToItsStep()
{
    PanelDriver user;
    user.open(QStringLiteral("fastapi-put-json-preflight"));
    user.send();
    auto* log = user.find<QTableView>(QStringLiteral("accessLog"));
    QTRY_VERIFY(log->model()->rowCount() > 0 && log->model()->index(0, 1).data().isValid());
    QTest::qWait(50);
    QTest::mouseClick(log->viewport(), Qt::LeftButton, {}, log->visualRect(log->model()->index(0, 0)).center());
    const auto* step = user.window.cursor().step();
    QVERIFY(step && step->message && step->message->isRequest());
    QCOMPARE(QString::fromUtf8(step->message->request().method + ' ' + step->message->request().target),
             log->model()->index(0, 0).data().toString());
}

void ServerSideTest::clearedLogsSaySo()
{
    PanelDriver user;
    user.open(QStringLiteral("fastapi-list-of-origins"));
    user.send();
    auto* log = user.find<QTableView>(QStringLiteral("accessLog"));
    QTRY_VERIFY(user.find(QStringLiteral("clearLogs"))->isEnabled());
    user.click(QStringLiteral("clearLogs"));
    QTRY_VERIFY(!user.find(QStringLiteral("clearLogs"))->isEnabled());
    QCOMPARE(log->model()->rowCount(), 1);
    QVERIFY(log->model()->index(0, 0).data().toString().contains(QStringLiteral("No request")));
    auto* ledger = user.find<QListWidget>(QStringLiteral("ledger"));
    QCOMPARE(ledger->count(), 1);
}

void ServerSideTest::anotherScenarioBeginsWithEmptyLogs()
{
    PanelDriver user;
    user.open(QStringLiteral("fastapi-put-json-preflight"));
    user.send();
    QTRY_VERIFY(user.find(QStringLiteral("clearLogs"))->isEnabled());
    QVERIFY(!user.window.run().ledger(0).isEmpty());
    user.open(QStringLiteral("fastapi-list-of-origins")); // whose server has the same address
    QTRY_VERIFY(!user.find(QStringLiteral("clearLogs"))->isEnabled());
    QVERIFY(user.window.run().ledger(0).isEmpty());
}

void ServerSideTest::undoOfTenEditsGivesTheSameScenario()
{
    PanelDriver user;
    user.open(authFirst);
    const auto before = user.scenario();
    auto* undo = user.window.document().undoStack();
    auto* cors = user.find(QStringLiteral("stage_1"));
    cors->setFocus();
    QTest::keyClick(cors, Qt::Key_Up, Qt::AltModifier);                                          // 1
    user.clickBox(QStringLiteral("stageSwitch_1"));                                              // 2
    user.click(QStringLiteral("stage_0"));
    user.type(QStringLiteral("option_max_age"), QStringLiteral("9"));                            // 3
    user.type(QStringLiteral("option_allow_headers"), QStringLiteral("X-Own"), true);            // 4
    user.choose(QStringLiteral("option_allow_credentials"), QStringLiteral("true"));             // 5
    auto* code = user.find<CodeEdit>(QStringLiteral("stageCode"));
    code->setFocus();
    code->moveCursor(QTextCursor::End);
    QTest::keyClick(code, Qt::Key_Up);
    QTest::keyClick(code, Qt::Key_End);
    QTest::keyClicks(code, QStringLiteral(" expose_headers=[\"A\"]"));                           // 6
    user.click(QStringLiteral("addStage"));
    QTest::keyClicks(user.find(QStringLiteral("stageSearch")), QStringLiteral("cache"));
    QTest::keyClick(user.find(QStringLiteral("stageSearch")), Qt::Key_Return);                   // 7
    user.click(QStringLiteral("routesRow"));
    user.click(QStringLiteral("addRoute"));                                                      // 8
    user.type(QStringLiteral("routePath"), QStringLiteral("/ten"));                              // 9
    user.type(QStringLiteral("serverHost"), QStringLiteral("api.example"));                      // 10
    const auto after = user.scenario();
    QVERIFY(undo->count() >= 10);
    for (int guard = 0; guard < 60 && undo->canUndo(); ++guard) {
        QVERIFY(!undo->undoText().isEmpty());
        user.press(Qt::Key_Z, Qt::ControlModifier);
    }
    QCOMPARE(user.scenario(), before);
    for (int guard = 0; guard < 60 && undo->canRedo(); ++guard)
        undo->redo();
    QCOMPARE(user.scenario(), after);
}

QTEST_MAIN(ServerSideTest)
#include "tst_serverside.moc"
