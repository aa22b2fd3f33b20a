#include "tests/ui/WindowDriver.h"

#include "ui/theme/Appearance.h"
#include "ui/window/ActionPalette.h"
#include "ui/window/Actions.h"
#include "ui/window/FuzzyMatch.h"
#include "ui/window/ShortcutsDialog.h"

#include <QAbstractButton>
#include <QAction>
#include <QListWidget>
#include <QMenu>
#include <QStandardPaths>
#include <QTreeWidget>

using namespace corscope;

/// Every action is in one place, and everybody finds it there: in a menu, by its key, by typing.
class ActionsTest : public QObject
{
    Q_OBJECT

    static QLineEdit* openPalette(WindowDriver& user)
    {
        user.press(Qt::Key_K, Qt::ControlModifier);
        return user.find<QLineEdit>(QStringLiteral("paletteLine"));
    }
    static QListWidget* rows(const WindowDriver& user) { return user.find<QListWidget>(QStringLiteral("paletteList")); }

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void everyActionIsInItsMenuWithItsKeyAndOnThePage()
    {
        WindowDriver user;
        const auto& actions = user.window.actions();
        QSet<QString> ids;
        QHash<QString, QString> keys;
        ShortcutsDialog page(actions);
        auto* table = page.findChild<QTreeWidget*>(QStringLiteral("shortcutTable"));
        for (const auto& entry : actions.entries()) {
            const auto id = entry.action->objectName();
            QVERIFY2(!id.isEmpty() && !ids.contains(id), qPrintable(id));
            ids.insert(id);
            QVERIFY2(!Actions::words(*entry.action).isEmpty(), qPrintable(id));
            QVERIFY2(actions.menu(entry.category)->actions().contains(entry.action), qPrintable(id));
            QVERIFY2(user.window.actions().find(id) == entry.action, qPrintable(id));
            for (const auto& key : entry.action->shortcuts()) {
                const auto text = key.toString();
                QVERIFY2(!keys.contains(text) || keys[text] == id,
                         qPrintable(QStringLiteral("%1: %2 and %3").arg(text, id, keys[text])));
                keys.insert(text, id);
            }
            if (!entry.action->shortcuts().isEmpty())
                QVERIFY2(!table->findItems(Actions::words(*entry.action), Qt::MatchExactly | Qt::MatchRecursive).isEmpty(),
                         qPrintable(id));
        }
        QVERIFY(ids.size() >= 25);
        // What stands in a menu but not in the list could not be found by typing.
        for (int i = 0; i < Actions::categories; ++i)
            for (auto* action : actions.menu(Actions::Category(i))->actions())
                if (!action->isSeparator() && !action->menu())
                    QVERIFY2(ids.contains(action->objectName()), qPrintable(action->text()));
    }

    void typingFindsAndEnterDoes()
    {
        WindowDriver user;
        user.window.openSomething();
        auto* line = openPalette(user);
        QVERIFY(line && line->hasFocus());
        QTest::keyClicks(line, QStringLiteral("high con"));
        QCOMPARE(rows(user)->item(0)->text(), QStringLiteral("High contrast"));
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY(!user.window.findChild<ActionPalette*>());
        QVERIFY(user.window.actions().find(QStringLiteral("theme_high-contrast"))->isChecked());
        user.window.appearance().choose(Appearance::Choice::Light);
    }

    void arrowsChooseEscapeLeavesAndTheKeyboardComesBack()
    {
        WindowDriver user;
        user.window.openSomething();
        auto* before = user.find<QLineEdit>(QStringLiteral("requestUrl"));
        before->setFocus();
        QVERIFY(before->hasFocus());
        auto* line = openPalette(user);
        QTest::keyClick(line, Qt::Key_Down);
        QTest::keyClick(line, Qt::Key_Down);
        QCOMPARE(rows(user)->currentRow(), 2);
        QTest::keyClick(line, Qt::Key_Up);
        QCOMPARE(rows(user)->currentRow(), 1);
        QTest::keyClick(line, Qt::Key_Escape);
        QTRY_VERIFY(!user.window.findChild<ActionPalette*>());
        QVERIFY2(before->hasFocus(), QApplication::focusWidget() ? qPrintable(QApplication::focusWidget()->objectName()) : "nobody");
    }

    void scenariosAndStepsAreFoundToo()
    {
        WindowDriver user;
        user.window.openSomething();
        user.send();
        auto* line = openPalette(user);
        QTest::keyClicks(line, QStringLiteral("2"));
        QVERIFY(rows(user)->item(0)->text().startsWith(QStringLiteral("Go to step 2")));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(user.window.cursor().stopIndex(), 1);
        QTRY_VERIFY(!user.window.findChild<ActionPalette*>());

        line = openPalette(user);
        QTest::keyClicks(line, QStringLiteral("money moved"));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(user.window.document().libraryId(), QStringLiteral("simple-post-already-executed"));
        QTRY_VERIFY(!user.window.findChild<ActionPalette*>());

        line = openPalette(user);
        QTest::keyClicks(line, QStringLiteral("qqzzx"));
        QCOMPARE(rows(user)->count(), 1); // says that there is nothing
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(user.window.findChild<ActionPalette*>());
    }

    void lettersFitInOrderAndBeginningsCountMost()
    {
        QVERIFY(fuzzyMatch(QStringLiteral("stb"), QStringLiteral("Step back")));
        QVERIFY(!fuzzyMatch(QStringLiteral("kcab"), QStringLiteral("Step back")));
        QVERIFY(fuzzyMatch(QStringLiteral("back step"), QStringLiteral("Step back")));
        QVERIFY(*fuzzyMatch(QStringLiteral("sa"), QStringLiteral("Save"))
                > fuzzyMatch(QStringLiteral("sa"), QStringLiteral("Clear the server logs, and all")).value_or(-1000));
        QVERIFY(*fuzzyMatch(QStringLiteral("pre"), QStringLiteral("Present View"))
                > *fuzzyMatch(QStringLiteral("pre"), QStringLiteral("Present: reveal View")));
    }
};

QTEST_MAIN(ActionsTest)
#include "tst_actions.moc"
