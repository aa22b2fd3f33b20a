#include "core/scenario/Runner.h"
#include "core/scenario/ScenarioFile.h"
#include "core/share/Format.h"
#include "tests/ui/WindowDriver.h"
#include "ui/share/OpenLinkDialog.h"
#include "ui/share/ShareDialog.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTemporaryDir>

using namespace corscope;

class TestShareDialog : public QObject
{
    Q_OBJECT

    static void choose(QWidget* dialog, const QByteArray& id)
    {
        auto* list = dialog->findChild<QListWidget*>(QStringLiteral("shareFormats"));
        QVERIFY(list);
        for (int i = 0; i < list->count() && list->currentItem()->data(Qt::UserRole).toByteArray() != id; ++i)
            QTest::keyClick(list, i == 0 ? Qt::Key_Home : Qt::Key_Down);
        while (list->currentItem()->data(Qt::UserRole).toByteArray() != id && list->currentRow() + 1 < list->count())
            QTest::keyClick(list, Qt::Key_Down);
        QCOMPARE(list->currentItem()->data(Qt::UserRole).toByteArray(), id);
    }
    static void click(QWidget* dialog, const char* name)
    {
        auto* button = dialog->findChild<QWidget*>(QLatin1String(name));
        QVERIFY(button && button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
    }
    static ShareDialog* opened(WindowDriver& driver)
    {
        driver.press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        return driver.window.findChild<ShareDialog*>();
    }

private Q_SLOTS:
    void copiedLinkOpensTheScenarioInAnotherWindow()
    {
        Scenario shared;
        {
            WindowDriver driver;
            QVERIFY(driver.window.openScenario(QStringLiteral("preflight-cache")).ok());
            shared = driver.scenario();
            auto* dialog = opened(driver);
            QVERIFY(dialog);
            choose(dialog, "link");
            QTest::keyClick(dialog->findChild<QWidget*>(QStringLiteral("shareFormats")), Qt::Key_Return); // Copy is what Enter does
            QVERIFY(QApplication::clipboard()->text().startsWith(QLatin1String("corscope:1:")));
        }
        WindowDriver driver;
        QVERIFY(driver.window.openScenario(QStringLiteral("two-allow-origin-lines")).ok());
        driver.press(Qt::Key_O, Qt::ControlModifier | Qt::ShiftModifier);
        auto* dialog = driver.window.findChild<OpenLinkDialog*>();
        QVERIFY(dialog);
        click(dialog, "openThisLink"); // the clipboard's link is there already
        QCOMPARE(driver.scenario(), shared);
    }

    void damagedLinkIsExplainedAndCannotBeOpened()
    {
        OpenLinkDialog dialog;
        dialog.show();
        auto* text = dialog.findChild<QPlainTextEdit*>(QStringLiteral("linkText"));
        text->setPlainText(QStringLiteral("corscope:1:AAAA"));
        QVERIFY(!dialog.findChild<QWidget*>(QStringLiteral("openThisLink"))->isEnabled());
        bool explained = false;
        for (const auto* label : dialog.findChildren<QLabel*>())
            explained = explained || label->text().contains(QLatin1String("link: expected"));
        QVERIFY(explained);
    }

    void everyFormCanBeSeen()
    {
        WindowDriver driver;
        QVERIFY(driver.window.openScenario(QStringLiteral("csp-connect-src")).ok());
        auto* dialog = opened(driver);
        QVERIFY(dialog);
        auto* text = dialog->findChild<QPlainTextEdit*>(QStringLiteral("shareText"));
        for (const auto& info : share::formats()) {
            choose(dialog, info.id);
            const bool picture = info.format == share::Format::Html || info.format == share::Format::Svg;
            QCOMPARE(text->toPlainText().isEmpty(), picture);
            QVERIFY(!picture || dialog->findChild<QWidget*>(QStringLiteral("sharePicture"))->isVisible());
            QCOMPARE(dialog->findChild<QComboBox*>(QStringLiteral("shareSends"))->isVisible(), info.ofOneSend);
        }
        // Another send, another text.
        choose(dialog, "curl");
        const auto before = text->toPlainText();
        QTest::keyClick(dialog->findChild<QComboBox*>(QStringLiteral("shareSends")), Qt::Key_Down);
        QVERIFY(text->toPlainText() != before);
    }

    void savedFilesAreWhatWasShown()
    {
        const auto scenario = *scenariofile::load(QStringLiteral(":/scenarios/two-allow-origin-lines.corscope"));
        const auto trace = *runInProcess(scenario);
        ShareDialog dialog(scenario, trace);
        dialog.show();
        QTemporaryDir folder;
        choose(&dialog, "har");
        QCOMPARE(dialog.saveTo(folder.filePath(QStringLiteral("a.har"))), QString());
        QFile har(folder.filePath(QStringLiteral("a.har")));
        QVERIFY(har.open(QIODevice::ReadOnly));
        QCOMPARE(har.readAll(), *share::shared(share::Format::Har, scenario, trace));
        choose(&dialog, "svg");
        QCOMPARE(dialog.saveTo(folder.filePath(QStringLiteral("a.png"))), QString());
        QVERIFY(QImage(folder.filePath(QStringLiteral("a.png"))).width() > 600);
        QVERIFY(!dialog.saveTo(folder.filePath(QStringLiteral("nowhere/a.svg"))).isEmpty());
    }
};

QTEST_MAIN(TestShareDialog)
#include "tst_sharedialog.moc"
