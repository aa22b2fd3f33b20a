#include "tests/ui/WindowDriver.h"

#include "ui/library/LibraryDialog.h"

#include <QApplication>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTextBrowser>
#include <QUrl>

using namespace corscope;

/// Finding a scenario by what one knows of it, and the other ways to a scenario.
class LibraryDialogTest : public QObject
{
    Q_OBJECT

    template<typename T = QWidget>
    static T* part(const LibraryDialog& dialog, const char* name)
    {
        return dialog.findChild<T*>(QLatin1String(name));
    }
    static QListWidget* list(const LibraryDialog& dialog) { return part<QListWidget>(dialog, "libraryList"); }
    static void search(const LibraryDialog& dialog, const QString& words)
    {
        auto* line = part<QLineEdit>(dialog, "librarySearch");
        line->clear();
        QTest::keyClicks(line, words);
    }
    static QString drop(WindowDriver& user, const QMimeData& data)
    {
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&user.window, &enter);
        QDropEvent event({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&user.window, &event);
        return user.window.document().title();
    }

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void everyEntryIsThereWithItsStoryAndSource()
    {
        LibraryDialog dialog(LibraryDialog::Of::Library, QStringLiteral("preflight-cache"));
        QCOMPARE(list(dialog)->count(), int(scenariofile::library().size()));
        const auto scenario = *scenariofile::load(QStringLiteral(":/scenarios/preflight-cache.corscope"));
        QCOMPARE(list(dialog)->currentItem()->text(), scenario.title); // the one that is open
        const auto* story = part<QTextBrowser>(dialog, "libraryStory");
        QVERIFY(story->toPlainText().contains(scenario.story));
        QVERIFY(story->toHtml().contains(QStringLiteral("href=\"%1\"").arg(scenario.source)));
    }

    void wordsFindWhatTheyAreAbout_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("id");
        QTest::newRow("a symptom as a sentence") << QStringLiteral("FastAPI: auth middleware answers the preflight with 401")
                                                 << QStringLiteral("auth-before-cors");
        QTest::newRow("a status and a framework") << QStringLiteral("fastapi 405") << QStringLiteral("fastapi-options-by-hand-405");
        QTest::newRow("another form of the word") << QStringLiteral("money moving anyway") << QStringLiteral("simple-post-already-executed");
        QTest::newRow("a word of the address") << QStringLiteral("vite") << QStringLiteral("vite-page-on-another-port");
    }
    void wordsFindWhatTheyAreAbout()
    {
        QFETCH(QString, words);
        QFETCH(QString, id);
        LibraryDialog dialog(LibraryDialog::Of::Library);
        search(dialog, words);
        QVERIFY(list(dialog)->count() > 0 && list(dialog)->count() < 20);
        QCOMPARE(list(dialog)->item(0)->text(), scenariofile::load(QStringLiteral(":/scenarios/%1.corscope").arg(id))->title);
    }

    void filtersNarrowAndNothingIsSaidInWords()
    {
        LibraryDialog dialog(LibraryDialog::Of::Library);
        dialog.show();
        const int all = list(dialog)->count();
        QTest::mouseClick(part(dialog, "topic_caching"), Qt::LeftButton);
        const int caching = list(dialog)->count();
        QVERIFY(caching > 0 && caching < all);
        QTest::mouseClick(part(dialog, "topic_redirects"), Qt::LeftButton); // one at a time
        QVERIFY(!part<QPushButton>(dialog, "topic_caching")->isChecked());
        QTest::mouseClick(part(dialog, "topic_redirects"), Qt::LeftButton);
        QCOMPARE(list(dialog)->count(), all);
        auto* framework = part<QComboBox>(dialog, "libraryFramework");
        QTest::keyClicks(framework, QStringLiteral("Django"));
        QCOMPARE(framework->currentText(), QStringLiteral("Django"));
        const int django = list(dialog)->count();
        QVERIFY(django > 1 && django < all);
        auto* symptom = part<QComboBox>(dialog, "librarySymptom");
        QTest::keyClick(symptom, Qt::Key_Down);
        QVERIFY(list(dialog)->count() < django);
        search(dialog, QStringLiteral("qqzzx"));
        QCOMPARE(list(dialog)->count(), 0);
        QVERIFY(!part(dialog, "libraryOpen")->isEnabled());
        QVERIFY(part<QLabel>(dialog, "libraryCount")->text().contains(QStringLiteral("Nothing found")));
    }

    void arrowsWalkFromTheSearchLineAndEnterOpens()
    {
        LibraryDialog dialog(LibraryDialog::Of::Library);
        dialog.show();
        QSignalSpy chosen(&dialog, &LibraryDialog::chosen);
        auto* line = part<QLineEdit>(dialog, "librarySearch");
        search(dialog, QStringLiteral("nginx"));
        QTest::keyClick(line, Qt::Key_Down);
        QCOMPARE(list(dialog)->currentRow(), 1);
        const auto title = list(dialog)->currentItem()->text();
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(scenariofile::load(chosen[0][0].toString())->title, title);
        QVERIFY(!dialog.isVisible());
    }

    void everyTemplateRunsAndBecomesAScenarioWithoutAFile()
    {
        const auto templates = scenariocards::templates();
        QVERIFY(templates.size() >= 5);
        WindowDriver user;
        for (const auto& entry : templates) {
            const auto scenario = scenariofile::load(entry.path);
            QVERIFY2(scenario.ok(), scenario.ok() ? "" : qPrintable(scenario.error().sentence()));
            QVERIFY2(!scenario->title.isEmpty() && !scenario->story.isEmpty(), qPrintable(entry.id));
            QVERIFY(user.window.openScenario(entry.path).ok());
            user.send();
            QVERIFY2(!user.window.cursor().trace()->outcomes.empty(), qPrintable(entry.id));
        }
        user.press(Qt::Key_N, Qt::ControlModifier);
        auto* dialog = user.window.findChild<LibraryDialog*>();
        QVERIFY(dialog);
        search(*dialog, QStringLiteral("attacker"));
        QTest::keyClick(part<QLineEdit>(*dialog, "librarySearch"), Qt::Key_Return);
        QCOMPARE(user.scenario().pages.size(), size_t(2));
        QVERIFY(user.window.document().path().isEmpty());
    }

    void droppedFilesOpenOrAreHandedOn()
    {
        QTemporaryDir folder;
        Scenario scenario = *scenariofile::load(scenariofile::library().first().path);
        scenario.title = QStringLiteral("Dropped");
        const auto path = folder.filePath(QStringLiteral("dropped.corscope"));
        QVERIFY(scenariofile::save(scenario, path).ok());
        QFile har(folder.filePath(QStringLiteral("a.har")));
        QVERIFY(har.open(QIODevice::WriteOnly));
        har.write("{\"log\":{}}");
        har.close();

        WindowDriver user;
        user.window.openSomething();
        QSignalSpy pasted(&user.window, &MainWindow::pasteWanted);
        QSignalSpy pastedFile(&user.window, &MainWindow::pasteFileWanted);
        QMimeData file;
        file.setUrls({QUrl::fromLocalFile(path)});
        QCOMPARE(drop(user, file), QStringLiteral("Dropped"));
        QCOMPARE(pasted.count() + pastedFile.count(), 0);
        QMimeData recording;
        recording.setUrls({QUrl::fromLocalFile(har.fileName())});
        QCOMPARE(drop(user, recording), QStringLiteral("Dropped"));
        QMimeData text;
        text.setText(QStringLiteral("blocked by CORS policy"));
        drop(user, text);
        QCOMPARE(pastedFile.count(), 1);
        QCOMPARE(pastedFile[0][0].toString(), har.fileName());
        QCOMPARE(pasted.count(), 1);
        QCOMPARE(pasted[0][0].toString(), QStringLiteral("blocked by CORS policy"));

        // What was opened is among the files opened lately, and opens again from there.
        auto* recent = user.window.findChild<QMenu*>(QStringLiteral("recentFiles"));
        QVERIFY(recent && recent->isEnabled());
        QCOMPARE(recent->actions().first()->text(), QStringLiteral("dropped.corscope"));
        user.window.openSomething();
        recent->actions().first()->trigger();
        QCOMPARE(user.window.document().title(), QStringLiteral("Dropped"));
    }
};

QTEST_MAIN(LibraryDialogTest)
#include "tst_library_dialog.moc"
