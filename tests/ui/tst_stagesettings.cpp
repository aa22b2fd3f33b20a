#include "tests/ui/PanelDriver.h"

#include "core/backend/StageCatalogue.h"
#include "ui/server/FrameworkChange.h"
#include "ui/widgets/CodeEdit.h"

#include <QLabel>
#include <QStandardPaths>
#include <QTextBlock>

using namespace corscope;

static const QString article = QStringLiteral("fastapi-no-middleware");

/// The settings of a stage, as a form and as a framework's code, by mouse and by keyboard.
class StageSettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

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

private:
    static const std::vector<StageConfig>& pipeline(const WindowDriver& user) { return user.scenario().servers[0].pipeline; }
    static QLabel* nameLabel(WindowDriver& user, const QString& option)
    {
        for (auto* label : user.window.findChildren<QLabel*>())
            if (label->text() == option && label->isVisible())
                return label;
        return nullptr;
    }
    static void settle() { QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); }
};

void StageSettingsTest::typedCodeChangesSettings()
{
    PanelDriver user;
    user.open(article);
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
    QCOMPARE(user.undoName(), QStringLiteral("Edit the code of CORSMiddleware"));
    user.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(user.scenario(), before);
    QVERIFY(!code->code().contains(QStringLiteral("77")));
}

void StageSettingsTest::mistakeInCodeIsMarkedAndChangesNothing()
{
    PanelDriver user;
    user.open(article);
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

void StageSettingsTest::formWorksWhileCodeHasAMistake()
{
    PanelDriver user;
    user.open(article);
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

void StageSettingsTest::undoKeepsCodeThatWasNotRead()
{
    PanelDriver user;
    user.open(article);
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

void StageSettingsTest::codeSetAsideCanBeBroughtBack()
{
    PanelDriver user;
    user.open(article);
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

void StageSettingsTest::chipIsEditedWhereItStands()
{
    PanelDriver user;
    user.open(QStringLiteral("fastapi-list-of-origins"));
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

void StageSettingsTest::tabIntoCodePointsAtItsSetting()
{
    PanelDriver user;
    user.open(QStringLiteral("fastapi-list-of-origins"));
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

void StageSettingsTest::lineAndFieldPointAtEachOther()
{
    PanelDriver user;
    user.open(QStringLiteral("fastapi-list-of-origins"));
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

void StageSettingsTest::directiveMistakeIsMarkedAtItsLine()
{
    PanelDriver user;
    user.open(article);
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

void StageSettingsTest::refusalIsSaidAtTheFieldAndAtTheStage()
{
    PanelDriver user;
    user.open(article);
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

void StageSettingsTest::commaSplitsNamesOnly()
{
    PanelDriver user;
    user.open(article);
    user.emptyList(QStringLiteral("option_allow_headers"));
    user.type(QStringLiteral("option_allow_headers"), QStringLiteral("X-One,X-Two"), true);
    QCOMPARE(pipeline(user)[0].settings[QStringLiteral("allow_headers")],
             QJsonValue(QJsonArray{QStringLiteral("X-One"), QStringLiteral("X-Two")}));
    user.emptyList(QStringLiteral("option_allow_origins"));
    user.type(QStringLiteral("option_allow_origins"), QStringLiteral("http://a.example, http://b.example"), true);
    QCOMPARE(pipeline(user)[0].settings[QStringLiteral("allow_origins")],
             QJsonValue(QJsonArray{QStringLiteral("http://a.example, http://b.example")}));
}

void StageSettingsTest::emptiedListIsNotTheDefault()
{
    PanelDriver user;
    user.open(article);
    QVERIFY(pipeline(user)[0].settings.contains(QStringLiteral("allow_methods")));
    user.emptyList(QStringLiteral("option_allow_methods"));
    QCOMPARE(pipeline(user)[0].settings[QStringLiteral("allow_methods")], QJsonValue(QJsonArray()));
    user.click(QStringLiteral("option_allow_methods_reset"));
    QVERIFY(!pipeline(user)[0].settings.contains(QStringLiteral("allow_methods")));
}

void StageSettingsTest::nothingIsAValueOfItsOwn()
{
    PanelDriver user;
    user.open(article);
    auto* nothing = user.find<QToolButton>(QStringLiteral("option_max_age_nothing"));
    QVERIFY(nothing);
    QCOMPARE(nothing->text(), QStringLiteral("None"));
    user.click(nothing);
    QCOMPARE(pipeline(user)[0].settings.value(QStringLiteral("max_age")), QJsonValue());
    QVERIFY(pipeline(user)[0].settings.contains(QStringLiteral("max_age")));
    user.click(nothing);
    QVERIFY(!pipeline(user)[0].settings.contains(QStringLiteral("max_age")));
}

void StageSettingsTest::olderVersionForgetsWhatItDoesNotKnow()
{
    StageConfig stage{"cors", "fastapi", {}, true, {{QStringLiteral("allow_private_network"), true}, {QStringLiteral("max_age"), 5}}};
    const auto old = changedVersion(stage, "0.26.1");
    QCOMPARE(old.version, QByteArray("0.26.1"));
    QVERIFY(!old.settings.contains(QStringLiteral("allow_private_network")));
    QVERIFY(old.settings.contains(QStringLiteral("max_age")));
    QVERIFY(changedVersion(old, findFrameworkDescription("fastapi")->defaultVersion).version.isEmpty());
}

QTEST_MAIN(StageSettingsTest)
#include "tst_stagesettings.moc"
