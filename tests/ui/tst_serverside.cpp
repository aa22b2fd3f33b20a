#include "tests/ui/WindowDriver.h"

#include "core/backend/StageCatalogue.h"
#include "ui/server/FrameworkChange.h"
#include "ui/widgets/CodeEdit.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QJsonArray>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QTcpServer>
#include <QTextBlock>
#include <QToolButton>
#include <QUndoStack>

using namespace corscope;

static const QString article = QStringLiteral("fastapi-no-middleware");
static const QString authFirst = QStringLiteral("auth-before-cors");

/// The server side of the window, by mouse and by keyboard.
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
    void typedCodeChangesSettings();
    void mistakeInCodeIsMarkedAndChangesNothing();
    void formWorksWhileCodeHasAMistake();
    void undoKeepsCodeThatWasNotRead();
    void codeSetAsideCanBeBroughtBack();
    void chipIsEditedWhereItStands();
    void tabIntoCodePointsAtItsSetting();
    void lineAndFieldPointAtEachOther();
    void directiveMistakeIsMarkedAtItsLine();
    void refusalIsSaidAtTheFieldAndAtTheStage();
    void commaSplitsNamesOnly();
    void emptiedListIsNotTheDefault();
    void nothingIsAValueOfItsOwn();
    void olderVersionForgetsWhatItDoesNotKnow();
    void routeIsEdited();
    void routesAreAddedMovedAndRemoved();
    void cookiesAreSetCookieHeaders();
    void serversAreAddedRenamedAndRemoved();
    void portInUseIsSaidAndAnotherOffered();
    void logLeadsToItsStep();
    void clearedLogsSaySo();
    void undoOfTenEditsGivesTheSameScenario();

private:
    static const std::vector<StageConfig>& pipeline(const WindowDriver& user) { return user.scenario().servers[0].pipeline; }
    static QString undoName(WindowDriver& user) { return user.window.document().undoStack()->undoText(); }
    static QLabel* nameLabel(WindowDriver& user, const QString& option)
    {
        for (auto* label : user.window.findChildren<QLabel*>())
            if (label->text() == option && label->isVisible())
                return label;
        return nullptr;
    }
    static void open(WindowDriver& user, const QString& id)
    {
        QVERIFY(user.window.openScenario(id).ok());
        QTest::qWait(60); // the panel is laid out
    }
    static void settle() { QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); }
};

void ServerSideTest::stageIsAddedByKeyboard()
{
    WindowDriver user;
    open(user, article);
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
    QCOMPARE(undoName(user), QStringLiteral("Add cors.NewMiddleware"));
}

void ServerSideTest::stageIsAddedByMouse()
{
    WindowDriver user;
    open(user, article);
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
    WindowDriver user;
    open(user, article);
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
    WindowDriver user;
    open(user, article);
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
    WindowDriver user;
    open(user, QStringLiteral("fastapi-list-of-origins"));
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
    WindowDriver user;
    open(user, authFirst);
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
    QCOMPARE(undoName(user), QStringLiteral("Move Authentication below CORSMiddleware"));
}

void ServerSideTest::dragLetGoAtItsPlaceChangesNothing()
{
    WindowDriver user;
    open(user, authFirst);
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
    WindowDriver user;
    open(user, authFirst);
    const auto before = user.scenario();
    auto* cors = user.find(QStringLiteral("stage_1"));
    cors->setFocus();
    QTest::keyClick(cors, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(pipeline(user)[0].kind, QByteArray("cors"));
    QCOMPARE(undoName(user), QStringLiteral("Move CORSMiddleware above Authentication"));
    QCOMPARE(QApplication::focusWidget(), user.find(QStringLiteral("stage_0")));
    QVERIFY(user.has(QStringLiteral("option_allow_origins"))); // still the one whose settings are shown
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up, Qt::AltModifier); // at the top already
    QCOMPARE(pipeline(user)[0].kind, QByteArray("cors"));
    user.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(user.scenario(), before);
}

void ServerSideTest::movedStageIsAllowedInTheEnd()
{
    WindowDriver user;
    open(user, authFirst);
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
    WindowDriver user;
    open(user, authFirst);
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

void ServerSideTest::typedCodeChangesSettings()
{
    WindowDriver user;
    open(user, article);
    const auto before = user.scenario();
    auto* code = user.find<CodeEdit>(QStringLiteral("stageCode"));
    QVERIFY(code);
    code->setFocus();
    code->moveCursor(QTextCursor::End);
    QTest::keyClick(code, Qt::Key_Up);
    QTest::keyClick(code, Qt::Key_End);
    QTest::keyClick(code, Qt::Key_Return);
    QTest::keyClicks(code, QStringLiteral("    max_age=77,  # short"));
    QCOMPARE(pipeline(user)[0].settings[QStringLiteral("max_age")], QJsonValue(77));
    QVERIFY(code->code().contains(QStringLiteral("# short"))); // as it was typed
    QCOMPARE(user.find<QLineEdit>(QStringLiteral("option_max_age"))->text(), QStringLiteral("77"));
    QVERIFY(!code->hasMistake());
    QCOMPARE(undoName(user), QStringLiteral("Edit the code of CORSMiddleware"));
    user.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(user.scenario(), before);
    QVERIFY(!code->code().contains(QStringLiteral("77")));
}

void ServerSideTest::mistakeInCodeIsMarkedAndChangesNothing()
{
    WindowDriver user;
    open(user, article);
    const auto before = user.scenario();
    auto* code = user.find<CodeEdit>(QStringLiteral("stageCode"));
    auto* note = user.find<QLabel>(QStringLiteral("codeNote"));
    code->setFocus();
    code->moveCursor(QTextCursor::End);
    QTest::keyClick(code, Qt::Key_Up);
    QTest::keyClick(code, Qt::Key_End);
    QTest::keyClick(code, Qt::Key_Return);
    const int line = code->textCursor().blockNumber();
    QTest::keyClicks(code, QStringLiteral("    max_age=settings.age,"));
    QCOMPARE(user.scenario(), before);
    QVERIFY(code->hasMistake());
    QVERIFY(note->isVisible());
    QVERIFY2(note->text().contains(QString::number(line + 1)), qPrintable(note->text()));
    bool wavy = false;
    for (const auto& selection : code->extraSelections())
        wavy = wavy || (selection.format.underlineStyle() == QTextCharFormat::WaveUnderline
                        && selection.cursor.block().blockNumber() == line);
    QVERIFY(wavy);
    for (int i = 0; i < 30 && code->hasMistake(); ++i)
        QTest::keyClick(code, Qt::Key_Backspace);
    QVERIFY(!code->hasMistake());
    QVERIFY(note->isHidden());
    QCOMPARE(user.scenario().servers, before.servers);
}

void ServerSideTest::formWorksWhileCodeHasAMistake()
{
    WindowDriver user;
    open(user, article);
    auto* code = user.find<CodeEdit>(QStringLiteral("stageCode"));
    code->setFocus();
    code->moveCursor(QTextCursor::End);
    QTest::keyClicks(code, QStringLiteral(" ("));
    code->moveCursor(QTextCursor::Start);
    QTest::keyClicks(code, QStringLiteral("\"open"));
    QVERIFY(code->hasMistake());
    user.type(QStringLiteral("option_max_age"), QStringLiteral("5"));
    QCOMPARE(pipeline(user)[0].settings[QStringLiteral("max_age")], QJsonValue(5));
    QVERIFY(!code->hasMistake());
    QVERIFY(code->code().contains(QStringLiteral("max_age=5")));
}

void ServerSideTest::undoKeepsCodeThatWasNotRead()
{
    WindowDriver user;
    open(user, article);
    auto* code = user.find<CodeEdit>(QStringLiteral("stageCode"));
    user.type(QStringLiteral("option_max_age"), QStringLiteral("5"));
    const auto settings = user.scenario();
    const auto readable = code->code();
    code->setFocus();
    code->moveCursor(QTextCursor::Start);
    QTest::keyClicks(code, QStringLiteral("\"open"));
    const auto typed = code->code();
    QVERIFY(code->hasMistake());
    for (int i = 0; i < 10 && code->hasMistake(); ++i)
        QTest::keyClick(code, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(code->code(), readable); // only what was typed here went
    QCOMPARE(user.scenario(), settings);
    for (int i = 0; i < 10 && code->code() != typed; ++i)
        QTest::keyClick(code, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(code->code(), typed);
    QVERIFY(code->hasMistake());
    QCOMPARE(user.scenario(), settings);
}

void ServerSideTest::codeSetAsideCanBeBroughtBack()
{
    WindowDriver user;
    open(user, article);
    auto* code = user.find<CodeEdit>(QStringLiteral("stageCode"));
    auto* back = user.find(QStringLiteral("bringCodeBack"));
    QVERIFY(back->isHidden());
    code->setFocus();
    code->moveCursor(QTextCursor::Start);
    QTest::keyClicks(code, QStringLiteral("\"open"));
    const auto typed = code->code();
    user.type(QStringLiteral("option_max_age"), QStringLiteral("5"));
    QVERIFY(!code->hasMistake());
    QVERIFY(!back->isHidden());
    user.click(back);
    QCOMPARE(code->code(), typed);
    QVERIFY(code->hasMistake());
    QCOMPARE(pipeline(user)[0].settings[QStringLiteral("max_age")], QJsonValue(5));
    QVERIFY(back->isHidden());
}

void ServerSideTest::chipIsEditedWhereItStands()
{
    WindowDriver user;
    open(user, QStringLiteral("fastapi-list-of-origins"));
    const auto origins = [&] { return pipeline(user)[0].settings[QStringLiteral("allow_origins")].toArray(); };
    const auto before = origins();
    QVERIFY(before.size() >= 2);
    auto* chips = user.find(QStringLiteral("option_allow_origins_chips"));
    auto* line = user.find(QStringLiteral("option_allow_origins"));
    const auto edit = [&](const QString& text, Qt::Key end) {
        auto* editor = chips->findChild<QLineEdit*>(QStringLiteral("chipEditor"));
        QVERIFY(editor && editor->hasFocus());
        QTest::keyClick(editor, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(editor, text);
        QTest::keyClick(editor, end);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    // By keyboard: to the first chip, F2.
    line->setFocus();
    for (qsizetype i = 0; i < before.size(); ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F2);
    edit(QStringLiteral("http://localhost:9000"), Qt::Key_Return);
    auto wanted = before;
    wanted[0] = QStringLiteral("http://localhost:9000");
    QCOMPARE(origins(), wanted);
    // Escape leaves it as it was.
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F2);
    edit(QStringLiteral("http://nowhere"), Qt::Key_Escape);
    QCOMPARE(origins(), wanted);
    // By mouse.
    QWidget* chip = nullptr;
    for (auto* part : chips->findChildren<QFrame*>())
        if (part->property("chip").isValid() && part->property("chip").toInt() == 1 && part->isVisible())
            chip = part;
    QVERIFY(chip);
    user.scrollTo(*chip);
    QTest::mouseDClick(chip, Qt::LeftButton, {}, QPoint(chip->height() / 2, chip->height() / 2));
    edit(QStringLiteral("http://localhost:9001"), Qt::Key_Return);
    wanted[1] = QStringLiteral("http://localhost:9001");
    QCOMPARE(origins(), wanted);
    user.press(Qt::Key_Z, Qt::ControlModifier);
    user.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(origins(), before);
}

void ServerSideTest::tabIntoCodePointsAtItsSetting()
{
    WindowDriver user;
    open(user, QStringLiteral("fastapi-list-of-origins"));
    auto* code = user.find<CodeEdit>(QStringLiteral("stageCode"));
    auto cursor = code->document()->find(QStringLiteral("allow_methods"));
    QVERIFY(!cursor.isNull());
    code->setTextCursor(cursor);
    user.find(QStringLiteral("option_allow_origins"))->setFocus();
    auto* label = nameLabel(user, QStringLiteral("allow_methods"));
    QVERIFY(label && !label->property("marked").toBool());
    code->setFocus(Qt::TabFocusReason);
    QVERIFY(label->property("marked").toBool());
    QTest::keyClick(code, Qt::Key_Up);
    QVERIFY(!label->property("marked").toBool());
}

void ServerSideTest::lineAndFieldPointAtEachOther()
{
    WindowDriver user;
    open(user, QStringLiteral("fastapi-list-of-origins"));
    auto* code = user.find<CodeEdit>(QStringLiteral("stageCode"));
    const auto block = code->document()->find(QStringLiteral("allow_origins")).block();
    QVERIFY(block.isValid());
    QTextCursor inLine(block);
    code->setFocus();
    user.scrollTo(*code);
    QTest::mouseClick(code->viewport(), Qt::LeftButton, {}, code->cursorRect(inLine).center() + QPoint(30, 0));
    auto* label = nameLabel(user, QStringLiteral("allow_origins"));
    QVERIFY(label);
    QVERIFY(label->property("marked").toBool());
    user.find(QStringLiteral("option_max_age"))->setFocus();
    QVERIFY(!label->property("marked").toBool());
    user.find(QStringLiteral("option_allow_origins"))->setFocus();
    bool pointed = false;
    for (const auto& selection : code->extraSelections())
        pointed = pointed || selection.cursor.block() == block;
    QVERIFY(pointed);
}

void ServerSideTest::directiveMistakeIsMarkedAtItsLine()
{
    WindowDriver user;
    open(user, article);
    user.click(QStringLiteral("changeFramework"));
    QTest::keyClicks(user.find(QStringLiteral("stageSearch")), QStringLiteral("nginx"));
    QTest::keyClick(user.find(QStringLiteral("stageSearch")), Qt::Key_Return);
    settle();
    auto* text = user.find<CodeEdit>(QStringLiteral("option_config"));
    QVERIFY(text);
    text->setFocus();
    QTest::keyClicks(text, QStringLiteral("add_header A b;"));
    QVERIFY(!text->hasMistake());
    QTest::keyClick(text, Qt::Key_Return);
    QTest::keyClicks(text, QStringLiteral("no_such_directive on;"));
    QVERIFY(text->hasMistake());
    auto* note = user.find<QLabel>(QStringLiteral("option_config_note"));
    QVERIFY2(note->text().startsWith(QStringLiteral("Line 2")), qPrintable(note->text()));
    QVERIFY(user.find(QStringLiteral("settingsError"))->isVisible());
}

void ServerSideTest::refusalIsSaidAtTheFieldAndAtTheStage()
{
    WindowDriver user;
    open(user, article);
    user.clickBox(QStringLiteral("stageSwitch_0"));
    user.send();
    const auto shown = user.window.cursor().trace();
    user.type(QStringLiteral("option_allow_origin_regex"), QStringLiteral("(?P<n>a)(?P<n>b)"));
    auto* banner = user.find<QLabel>(QStringLiteral("settingsError"));
    auto* note = user.find<QLabel>(QStringLiteral("option_allow_origin_regex_note"));
    auto* field = user.find<QLineEdit>(QStringLiteral("option_allow_origin_regex"));
    QVERIFY(field->property("invalid").toBool());
    QVERIFY(banner->isVisible() || !note->text().isEmpty() || !field->accessibleDescription().isEmpty());
    QCOMPARE(user.window.cursor().trace(), shown); // the last run stays
    user.type(QStringLiteral("option_allow_origin_regex"), QStringLiteral("https://.*"));
    QVERIFY(!field->property("invalid").toBool());
    QVERIFY(banner->isHidden());
}

void ServerSideTest::commaSplitsNamesOnly()
{
    WindowDriver user;
    open(user, article);
    user.emptyList(QStringLiteral("option_allow_headers"));
    user.type(QStringLiteral("option_allow_headers"), QStringLiteral("X-One,X-Two"), true);
    QCOMPARE(pipeline(user)[0].settings[QStringLiteral("allow_headers")],
             QJsonValue(QJsonArray{QStringLiteral("X-One"), QStringLiteral("X-Two")}));
    user.emptyList(QStringLiteral("option_allow_origins"));
    user.type(QStringLiteral("option_allow_origins"), QStringLiteral("http://a.example, http://b.example"), true);
    QCOMPARE(pipeline(user)[0].settings[QStringLiteral("allow_origins")],
             QJsonValue(QJsonArray{QStringLiteral("http://a.example, http://b.example")}));
}

void ServerSideTest::emptiedListIsNotTheDefault()
{
    WindowDriver user;
    open(user, article);
    QVERIFY(pipeline(user)[0].settings.contains(QStringLiteral("allow_methods")));
    user.emptyList(QStringLiteral("option_allow_methods"));
    QCOMPARE(pipeline(user)[0].settings[QStringLiteral("allow_methods")], QJsonValue(QJsonArray()));
    user.click(QStringLiteral("option_allow_methods_reset"));
    QVERIFY(!pipeline(user)[0].settings.contains(QStringLiteral("allow_methods")));
}

void ServerSideTest::nothingIsAValueOfItsOwn()
{
    WindowDriver user;
    open(user, article);
    auto* nothing = user.find<QToolButton>(QStringLiteral("option_max_age_nothing"));
    QVERIFY(nothing);
    QCOMPARE(nothing->text(), QStringLiteral("None"));
    user.click(nothing);
    QCOMPARE(pipeline(user)[0].settings.value(QStringLiteral("max_age")), QJsonValue());
    QVERIFY(pipeline(user)[0].settings.contains(QStringLiteral("max_age")));
    user.click(nothing);
    QVERIFY(!pipeline(user)[0].settings.contains(QStringLiteral("max_age")));
}

void ServerSideTest::olderVersionForgetsWhatItDoesNotKnow()
{
    StageConfig stage{"cors", "fastapi", {}, true, {{QStringLiteral("allow_private_network"), true}, {QStringLiteral("max_age"), 5}}};
    const auto old = changedVersion(stage, "0.26.1");
    QCOMPARE(old.version, QByteArray("0.26.1"));
    QVERIFY(!old.settings.contains(QStringLiteral("allow_private_network")));
    QVERIFY(old.settings.contains(QStringLiteral("max_age")));
    QVERIFY(changedVersion(old, findFrameworkDescription("fastapi")->defaultVersion).version.isEmpty());
}

void ServerSideTest::routeIsEdited()
{
    WindowDriver user;
    open(user, article);
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
    WindowDriver user;
    open(user, article);
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
    WindowDriver user;
    open(user, article);
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
    WindowDriver user;
    open(user, article);
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
    WindowDriver user;
    open(user, article);
    user.type(QStringLiteral("serverPort"), QString::number(other.serverPort()));
    auto* taken = user.find(QStringLiteral("portTaken"));
    QTRY_VERIFY(taken->isVisible());
    user.click(QStringLiteral("otherPort"));
    QVERIFY(user.scenario().servers[0].port != other.serverPort());
    QTRY_VERIFY(!taken->isVisible());
}

void ServerSideTest::logLeadsToItsStep()
{
    WindowDriver user;
    open(user, QStringLiteral("fastapi-put-json-preflight"));
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
    WindowDriver user;
    open(user, QStringLiteral("fastapi-list-of-origins"));
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

void ServerSideTest::undoOfTenEditsGivesTheSameScenario()
{
    WindowDriver user;
    open(user, authFirst);
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
