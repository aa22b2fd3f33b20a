#include "tests/ui/WindowDriver.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTextBrowser>

using namespace corscope;

/// *Fix it* and *Why?*, by keys and clicks.
class tst_Fix : public QObject
{
    Q_OBJECT

    static void openBlocked(WindowDriver& user)
    {
        QVERIFY(user.window.openScenario(QStringLiteral("fastapi-wildcard-credentials")).ok());
        user.send();
        QVERIFY(user.outcome().blocked);
    }
    /// A widget of a dialog, which is a window of its own and yet a child of the main one.
    template<typename T>
    static T* in(WindowDriver& user, const char* name)
    {
        return user.window.findChild<T*>(QLatin1String(name));
    }
    static void openFixes(WindowDriver& user)
    {
        user.press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(in<QListWidget>(user, "proposals"));
        QTRY_VERIFY_WITH_TIMEOUT(in<QListWidget>(user, "proposals")->count() > 0, 10000);
    }

private Q_SLOTS:
    void theButtonSaysHowManyFixesThereAre()
    {
        WindowDriver user;
        openBlocked(user);
        auto* button = user.find<QPushButton>(QStringLiteral("fixButton"));
        QVERIFY(button && button->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(button->text().contains(QLatin1String("(2)")), 10000);
    }

    void aFixIsAppliedByOneClickAndTakenBackByOneUndo()
    {
        WindowDriver user;
        openBlocked(user);
        const auto before = user.scenario();
        openFixes(user);
        auto* list = in<QListWidget>(user, "proposals");
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down);
        auto* diff = in<QPlainTextEdit>(user, "proposalDiff");
        QVERIFY(diff->toPlainText().contains(QLatin1String("\n-     allow_origins=[\"*\"]")));
        QVERIFY(diff->toPlainText().contains(QLatin1String("\n+     allow_origins=[\"http://localhost:8000\"]")));
        QSignalSpy finished(&user.window.run(), &RunController::finished);
        QTest::mouseClick(in<QPushButton>(user, "applyFix"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 10000);
        QVERIFY(user.outcome().allowed());
        QTRY_VERIFY(in<QLabel>(user, "fixVerdict")->text().startsWith(QStringLiteral("✓")));
        QTRY_VERIFY_WITH_TIMEOUT(in<QLabel>(user, "fixNothing")->text().contains(QLatin1String("Nothing is blocked")), 10000);
        QVERIFY(!user.find(QStringLiteral("fixButton"))->isVisible());
        QVERIFY(!(user.scenario() == before));
        QCOMPARE(user.window.document().undoStack()->count(), 1);
        // Ctrl+Z counts in the dialog as it does in the window.
        QTest::keyClick(user.window.findChild<QDialog*>(QStringLiteral("fixDialog")), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(user.scenario() == before);
    }

    void enterAppliesTheFixThatIsChosen()
    {
        WindowDriver user;
        openBlocked(user);
        openFixes(user);
        QSignalSpy finished(&user.window.run(), &RunController::finished);
        QTest::keyClick(in<QListWidget>(user, "proposals"), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 10000);
        QVERIFY(user.outcome().allowed());
    }

    void whatAFixLetsInIsSaid()
    {
        WindowDriver user;
        QVERIFY(user.window.openScenario(QStringLiteral("sandboxed-page-null-origin")).ok());
        user.send();
        openFixes(user);
        auto* list = in<QListWidget>(user, "proposals");
        auto* warning = in<QLabel>(user, "proposalWarning");
        QVERIFY(warning->text().startsWith(QStringLiteral("✓")));
        for (int i = 0; i < list->count() && !warning->text().startsWith(QStringLiteral("⚠")); ++i)
            QTest::keyClick(list, Qt::Key_Down);
        QVERIFY2(warning->text().startsWith(QStringLiteral("⚠")), qPrintable(warning->text()));
        QVERIFY2(warning->text().contains(QLatin1String("sandboxed")), qPrintable(warning->text()));
    }

    void whatIsSuperfluousCanBeRemoved()
    {
        WindowDriver user;
        openBlocked(user);
        openFixes(user);
        auto* tabs = in<QTabWidget>(user, "fixTabs");
        tabs->setCurrentIndex(1);
        auto* list = in<QListWidget>(user, "superfluous");
        QTRY_VERIFY_WITH_TIMEOUT(list->count() > 0, 10000);
        const auto why = user.outcome().blocked->why;
        const int count = list->count();
        QSignalSpy finished(&user.window.run(), &RunController::finished);
        QTest::mouseClick(in<QPushButton>(user, "removeSuperfluous"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 10000);
        QVERIFY(user.outcome().blocked && user.outcome().blocked->why == why);
        QTRY_VERIFY_WITH_TIMEOUT(list->count() > 0 && list->count() < count, 10000);
    }

    void theSmallestCaseIsANewScenarioAndCanBeTakenBack()
    {
        WindowDriver user;
        openBlocked(user);
        const auto before = user.scenario();
        const auto why = user.outcome().blocked->why;
        openFixes(user);
        in<QTabWidget>(user, "fixTabs")->setCurrentIndex(1);
        auto* open = in<QPushButton>(user, "openSmallest");
        QTRY_VERIFY_WITH_TIMEOUT(open->isEnabled(), 10000);
        QSignalSpy finished(&user.window.run(), &RunController::finished);
        QTest::mouseClick(open, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 10000);
        QVERIFY(user.outcome().blocked && user.outcome().blocked->why == why);
        QVERIFY(user.window.document().libraryId().isEmpty() && user.window.document().path().isEmpty());
        QVERIFY(user.window.document().isModified());
        user.press(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(user.scenario() == before);
        QCOMPARE(user.window.document().libraryId(), QStringLiteral("fastapi-wildcard-credentials"));
    }

    void whySaysMoreOnDemand()
    {
        WindowDriver user;
        openBlocked(user);
        user.click(QStringLiteral("whyButton"));
        auto* text = in<QTextBrowser>(user, "explanation");
        QVERIFY(text);
        QVERIFY(text->toPlainText().contains(QLatin1String("Who can fix")));
        QVERIFY(!text->toPlainText().contains(QLatin1String("Often believed")));
        QTest::mouseClick(in<QPushButton>(user, "sayMore"), Qt::LeftButton);
        QVERIFY(text->toPlainText().contains(QLatin1String("Often believed")));
        QVERIFY(text->toPlainText().contains(QLatin1String("Other tools")));
    }
};

QTEST_MAIN(tst_Fix)
#include "tst_fix.moc"
