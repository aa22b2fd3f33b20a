#include "tests/ui/WindowDriver.h"

#include "ui/compare/CompareModel.h"
#include "ui/session/Preview.h"
#include "ui/verdict/VerdictBar.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QStandardPaths>
#include <QTextBrowser>
#include <QToolButton>
#include <QTreeView>

using namespace corscope;

/// Two runs beside one another: a kept one, the last one sent, a preview.
class CompareTest : public QObject
{
    Q_OBJECT

    struct User : WindowDriver
    {
        explicit User(const QString& scenario = QStringLiteral("fastapi-no-middleware"))
        {
            if (!window.openScenario(scenario).ok())
                qFatal("the library has no such scenario");
        }
        void previewed() { QTRY_VERIFY(!window.preview().isComputing() && window.cursor().standing().isPreview()); }
        QAction* action(const QString& name) { return window.findChild<QAction*>(name); }
        QTreeView* list() { return find<QTreeView>(QStringLiteral("compareList")); }
        int row() { return list()->currentIndex().row(); }
        QString sign(int row)
        {
            return list()->model()->index(row, CompareModel::Sign).data().toString();
        }
        QString words(const QString& name) { return find<QTextBrowser>(name)->toPlainText(); }
        QString verdict(const QString& side) { return find<VerdictBar>(side + QStringLiteral("Verdict"))->sentence(); }
        QWidget* dialog() { return find(QStringLiteral("compareDialog")); }
        void pressIn(QWidget* widget, Qt::Key key, Qt::KeyboardModifiers modifiers = {})
        {
            widget->window()->activateWindow();
            QTRY_VERIFY(widget->isActiveWindow());
            QTest::keyClick(widget, key, modifiers);
        }
    };

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void thePreviewBesideTheLastRunInOneAction()
    {
        User user;
        QVERIFY(!user.action(QStringLiteral("comparePreview"))->isEnabled());
        user.send();
        QVERIFY(!user.action(QStringLiteral("comparePreview"))->isEnabled()); // nothing was changed yet
        user.clickBox(QStringLiteral("stageSwitch_0"));
        user.emptyList(QStringLiteral("option_allow_origins"));
        user.type(QStringLiteral("option_allow_origins"), QStringLiteral("http://localhost:8000"), true);
        user.previewed();
        user.press(Qt::Key_L, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(user.dialog() && user.dialog()->isVisible());
        QTRY_VERIFY(user.list()->hasFocus()); // arrows and F8 at once
        new QAbstractItemModelTester(user.list()->model(), user.list());

        QVERIFY(user.find<QComboBox>(QStringLiteral("runA"))->currentText().startsWith(QStringLiteral("Last sent")));
        QVERIFY(user.find<QComboBox>(QStringLiteral("runB"))->currentText().startsWith(QStringLiteral("The preview")));
        QVERIFY(user.verdict(QStringLiteral("runA")).contains(QStringLiteral("lock")));
        QVERIFY(user.verdict(QStringLiteral("runA")) != user.verdict(QStringLiteral("runB")));
        QVERIFY(user.words(QStringLiteral("scenarioDifference")).contains(QStringLiteral("http://localhost:8000")));
        QVERIFY(user.find<QLabel>(QStringLiteral("parting"))->text().startsWith(QStringLiteral("The runs part")));

        // It stands at the first difference; F8 goes through all of them and stops at the last.
        QVERIFY(user.sign(user.row()) != QStringLiteral("="));
        for (int i = 0; i < user.row(); ++i)
            QCOMPARE(user.sign(i), QStringLiteral("="));
        QSet<int> seen{user.row()};
        QString all = user.words(QStringLiteral("difference"));
        for (int guard = 0; guard < 100 && user.find<QToolButton>(QStringLiteral("nextDifference"))->isEnabled(); ++guard) {
            const int before = user.row();
            user.pressIn(user.list(), Qt::Key_F8);
            QVERIFY(user.row() > before);
            for (int i = before + 1; i < user.row(); ++i)
                QCOMPARE(user.sign(i), QStringLiteral("="));
            seen.insert(user.row());
            all += user.words(QStringLiteral("difference"));
        }
        int differing = 0;
        for (int i = 0; i < user.list()->model()->rowCount(); ++i)
            differing += user.sign(i) != QStringLiteral("=");
        QCOMPARE(int(seen.size()), differing);
        QVERIFY(all.contains(QStringLiteral("access-control-allow-origin"), Qt::CaseInsensitive));
        QVERIFY(all.contains(QStringLiteral("failure")));
        QVERIFY(all.contains(QStringLiteral("success")));
        QVERIFY(all.contains(QStringLiteral("absent")));
        const int last = user.row();
        user.pressIn(user.list(), Qt::Key_F8, Qt::ShiftModifier);
        QVERIFY(user.row() < last);

        // Return goes to the step in the run that is shown, which is B.
        user.window.cursor().first();
        while (user.row() > 0 && user.list()->model()->index(user.row(), CompareModel::NumberB).data().toInt() == 0)
            user.pressIn(user.list(), Qt::Key_Up);
        const auto& steps = *user.window.cursor().trace();
        const auto wanted = user.list()->model()->index(user.row(), CompareModel::NumberB).data().toInt();
        user.pressIn(user.list(), Qt::Key_Return);
        QVERIFY(!user.dialog()->isVisible());
        QVERIFY(wanted > 0 && steps.at(user.window.cursor().position()).landmark);
        QCOMPARE(user.window.cursor().landmarkNumber(user.window.cursor().position()), wanted);
        QTRY_VERIFY(user.window.isActiveWindow());
        user.press(Qt::Key_L, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(user.list()->hasFocus());

        // Only what differs.
        user.clickBox(QStringLiteral("onlyDifferences"));
        int visible = 0;
        for (int i = 0; i < user.list()->model()->rowCount(); ++i)
            visible += !user.list()->isRowHidden(i, {});
        QCOMPARE(visible, differing);

        // The other way round.
        const auto a = user.verdict(QStringLiteral("runA"));
        user.click(QStringLiteral("swapRuns"));
        QCOMPARE(user.verdict(QStringLiteral("runB")), a);
        user.pressIn(user.list(), Qt::Key_Escape);
        QVERIFY(!user.dialog()->isVisible());
    }

    void aKeptRunStaysAsItWas()
    {
        User user;
        QVERIFY(!user.action(QStringLiteral("keepRun"))->isEnabled());
        user.send();
        const auto sentence = user.find<VerdictBar>(QStringLiteral("verdict"))->sentence();
        user.press(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(user.find<QLabel>(QStringLiteral("message"))->text().contains(QStringLiteral("Kept 1")));
        user.type(QStringLiteral("requestMethod"), QStringLiteral("PUT"));
        user.previewed();
        user.send();
        user.press(Qt::Key_M, Qt::ControlModifier);
        QVERIFY(user.find<QComboBox>(QStringLiteral("runA"))->currentText().startsWith(QStringLiteral("Kept 1")));
        QCOMPARE(user.verdict(QStringLiteral("runA")), sentence);
        QVERIFY(user.verdict(QStringLiteral("runB")) != sentence);
        // The preflight is only in the second.
        bool alone = false;
        for (int i = 0; i < user.list()->model()->rowCount(); ++i)
            alone |= user.sign(i) == QStringLiteral("only B");
        QVERIFY(alone);

        // It goes along with what is changed meanwhile, and the choice stays.
        user.type(QStringLiteral("requestMethod"), QStringLiteral("GET"));
        QTRY_VERIFY(user.find<QComboBox>(QStringLiteral("runB"))->currentText().contains(QStringLiteral("GET")));
        QVERIFY(user.find<QComboBox>(QStringLiteral("runA"))->currentText().startsWith(QStringLiteral("Kept 1")));
        QTRY_COMPARE(user.find<QLabel>(QStringLiteral("parting"))->text(),
                     QStringLiteral("The runs do not part: every step is the same in both."));
        // Another scenario does not take it away.
        QVERIFY(user.window.openScenario(QStringLiteral("fastapi-list-of-origins")).ok());
        user.send();
        QVERIFY(user.action(QStringLiteral("compareRuns"))->isEnabled());
    }

    void theButtonOffersTheSame()
    {
        User user;
        user.send();
        user.click(QStringLiteral("compareButton"));
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(user.action(QStringLiteral("keepRun"))).center());
        QVERIFY(user.action(QStringLiteral("compareRuns"))->isEnabled());
        // A run beside itself: nothing differs, and that is said.
        user.press(Qt::Key_M, Qt::ControlModifier);
        QCOMPARE(user.find<QLabel>(QStringLiteral("differencePlace"))->text(), QStringLiteral("no step differs"));
        QVERIFY(!user.find<QToolButton>(QStringLiteral("nextDifference"))->isEnabled());
    }
};

QTEST_MAIN(CompareTest)
#include "tst_compare.moc"
