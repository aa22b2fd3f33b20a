#include "tests/ui/WindowDriver.h"

#include "ui/library/LibraryDialog.h"
#include "ui/server/PipelineList.h"

#include <QApplication>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QStandardPaths>
#include <QToolButton>

using namespace corscope;

/// The one thing a newcomer must be able to do: find a bug report in the library, see where it is blocked, mend it by
/// reordering two stages and see it allowed. With the keyboard alone, and with the mouse alone.
class DoneTest : public QObject
{
    Q_OBJECT

    static QWidget* focus() { return QApplication::focusWidget(); }
    static bool firstSendAllowed(const WindowDriver& user)
    {
        const auto& outcomes = user.window.cursor().trace()->outcomes;
        return !outcomes.empty() && std::holds_alternative<SendOutcome>(outcomes[0]) && std::get<SendOutcome>(outcomes[0]).allowed();
    }
    /// Before: authentication is asked first, and the preflight fails at the step that is looked at.
    static void isBlockedAtThePreflight(const WindowDriver& user)
    {
        QCOMPARE(user.scenario().servers[0].pipeline[0].kind, QByteArray("auth"));
        QVERIFY(!firstSendAllowed(user));
        const auto* step = user.window.cursor().step();
        QVERIFY(step && step->blocked);
        QCOMPARE(step->blocked->why, Why::MissingAllowOrigin);
        QCOMPARE(step->action, 0);
        QVERIFY(step->preflight >= 0);
        QVERIFY(user.find<QLabel>(QStringLiteral("verdictText"))->text().contains(QStringLiteral("Blocked")));
    }
    static void isAllowed(const WindowDriver& user)
    {
        QCOMPARE(user.scenario().servers[0].pipeline[0].kind, QByteArray("cors"));
        QCOMPARE(user.scenario().servers[0].pipeline[1].kind, QByteArray("auth"));
        QVERIFY(firstSendAllowed(user));
        QVERIFY(user.find<QLabel>(QStringLiteral("responseLamp"))->text().contains(QStringLiteral("response visible")));
    }

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void withTheKeyboardAlone()
    {
        WindowDriver user;
        user.window.openSomething();
        const auto press = [](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
            QVERIFY(focus());
            QTest::keyClick(focus(), key, modifiers);
        };
        QSignalSpy finished(&user.window.run(), &RunController::finished);

        press(Qt::Key_L, Qt::ControlModifier);
        QTRY_VERIFY(qobject_cast<LibraryDialog*>(QApplication::activeWindow()));
        QCOMPARE(focus()->objectName(), QStringLiteral("librarySearch"));
        QTest::keyClicks(focus(), QStringLiteral("FastAPI: auth middleware answers the preflight with 401"));
        press(Qt::Key_Return);
        QTRY_COMPARE(user.window.document().libraryId(), QStringLiteral("auth-before-cors"));
        QTRY_VERIFY(!user.window.findChild<LibraryDialog*>());
        user.window.activateWindow(); // NB: a desktop does it; the platform of the tests has none
        QTRY_COMPARE(QApplication::activeWindow(), &user.window);

        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(finished.count(), 1);
        press(Qt::Key_D, Qt::ControlModifier);
        isBlockedAtThePreflight(user);

        press(Qt::Key_4, Qt::AltModifier);
        QVERIFY(user.find(QStringLiteral("pipeline"))->isAncestorOf(focus()));
        press(Qt::Key_Home);
        press(Qt::Key_Down, Qt::AltModifier);
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(finished.count(), 2);
        press(Qt::Key_Home, Qt::AltModifier);
        isAllowed(user);
    }

    void withTheMouseAlone()
    {
        WindowDriver user;
        user.window.openSomething();

        // The scenario's name, its menu, the library.
        user.click(QStringLiteral("scenarioMenu"));
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        auto* entry = menu->actions().first();
        QVERIFY(entry->text().contains(QStringLiteral("Library")));
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(entry).center());
        QTRY_VERIFY(user.window.findChild<LibraryDialog*>());
        auto* library = user.window.findChild<LibraryDialog*>();
        QTRY_VERIFY(library->isVisible());

        // The topic narrows the list; the scenario is found by looking.
        QTest::mouseClick(library->findChild<QWidget*>(QStringLiteral("topic_order-of-stages")), Qt::LeftButton);
        auto* list = library->findChild<QListWidget*>(QStringLiteral("libraryList"));
        QListWidgetItem* item = nullptr;
        for (int row = 0; row < list->count(); ++row)
            if (list->item(row)->text().contains(QStringLiteral("preflight is answered with 401")))
                item = list->item(row);
        QVERIFY(item);
        list->scrollToItem(item);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(item).center());
        QTest::mouseClick(library->findChild<QWidget*>(QStringLiteral("libraryOpen")), Qt::LeftButton);
        QTRY_COMPARE(user.window.document().libraryId(), QStringLiteral("auth-before-cors"));

        user.send();
        user.click(QStringLiteral("decisionButton"));
        isBlockedAtThePreflight(user);

        // The first stage is dragged below the second.
        QTRY_VERIFY(user.has(QStringLiteral("stage_1")));
        auto* first = user.find(QStringLiteral("stage_0"));
        auto* second = user.find(QStringLiteral("stage_1"));
        QTest::mousePress(first, Qt::LeftButton);
        QTest::mouseMove(first, first->mapFromGlobal(second->mapToGlobal(QPoint(5, second->height() / 2))));
        QTest::mouseMove(first, first->mapFromGlobal(second->mapToGlobal(QPoint(5, second->height()))));
        QTest::mouseRelease(first, Qt::LeftButton, {}, first->mapFromGlobal(second->mapToGlobal(QPoint(5, second->height()))));
        user.send();
        user.click(QStringLiteral("firstButton"));
        isAllowed(user);
    }

    void tenEditsAreUndoneToTheSameScenario()
    {
        WindowDriver user;
        user.window.resize(1440, 900);
        QVERIFY(user.window.openScenario(QStringLiteral("auth-before-cors")).ok());
        const Scenario before = user.scenario();
        user.type(QStringLiteral("pageHost"), QStringLiteral("app.example.com"), true);
        user.type(QStringLiteral("pagePort"), QStringLiteral("8443"), true);
        user.type(QStringLiteral("serverPort"), QStringLiteral("5001"), true);
        user.type(QStringLiteral("requestMethod"), QStringLiteral("DELETE"), true);
        user.type(QStringLiteral("requestUrl"), QStringLiteral("http://localhost:5001/items/2"), true);
        user.choose(QStringLiteral("requestCredentials"), QStringLiteral("include"));
        user.type(QStringLiteral("headerValue_0"), QStringLiteral("text/plain"), true);
        user.clickBox(QStringLiteral("stageSwitch_0"));
        user.press(Qt::Key_4, Qt::AltModifier);
        QTest::keyClick(focus(), Qt::Key_Home);
        QTest::keyClick(focus(), Qt::Key_Down, Qt::AltModifier);
        QTest::keyClick(focus(), Qt::Key_Delete);
        auto* undo = user.window.document().undoStack();
        const Scenario after = user.scenario();
        const int edits = undo->count();
        QStringList names;
        for (int i = 0; i < edits; ++i)
            names.append(undo->text(i));
        QVERIFY2(edits >= 10, qPrintable(names.join(QStringLiteral(", "))));
        for (int i = 0; i < edits; ++i)
            user.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(user.scenario(), before);
        QVERIFY(!user.window.isWindowModified());
        for (int i = 0; i < edits; ++i)
            user.press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(user.scenario(), after);
    }
};

QTEST_MAIN(DoneTest)
#include "tst_done.moc"
