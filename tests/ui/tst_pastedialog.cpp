#include "tests/ui/WindowDriver.h"

#include "ui/paste/PasteDialog.h"

#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTextBrowser>

using namespace corscope;

/// *Paste a bug report*, by keys and clicks.
class tst_PasteDialog : public QObject
{
    Q_OBJECT

    template<typename T>
    static T* in(QWidget& window, const char* name)
    {
        return window.findChild<T*>(QLatin1String(name));
    }
    static QString line()
    {
        return QStringLiteral("Access to fetch at 'https://api.example.com/items' from origin 'http://localhost:3000' has been "
                              "blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested "
                              "resource.");
    }
    /// A HAR file of that many entries, of which the last but one is of another origin and failed.
    static QString harFile(const QTemporaryDir& folder, int entries)
    {
        const auto path = folder.filePath(QStringLiteral("page.har"));
        QFile file(path);
        (void)file.open(QIODevice::WriteOnly);
        QByteArray own = "{'request':{'method':'GET','url':'http://localhost:3000/a.js','headers':[]},"
                         "'response':{'status':200,'headers':[],'content':{'size':9,'text':'";
        own += QByteArray(20000, 'x') + "'}}},";
        QByteArray foreign = "{'request':{'method':'GET','url':'https://api.example.com/items','headers':"
                             "[{'name':'Origin','value':'http://localhost:3000'}]},'response':{'status':200,'headers':"
                             "[{'name':'Content-Type','value':'application/json'}],'content':{}}}]}}";
        file.write("{\"log\":{\"version\":\"1.2\",\"entries\":[");
        for (int i = 0; i < entries; ++i)
            file.write(i == 0 ? own.replace('\'', '"') : own);
        file.write(foreign.replace('\'', '"'));
        return path;
    }

private Q_SLOTS:
    void whatIsPastedIsReadAndOpenedInTheSandbox()
    {
        WindowDriver user;
        user.press(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
        auto* edit = in<QPlainTextEdit>(user.window, "pastedText");
        QTRY_VERIFY(edit && edit->isVisible());
        auto* open = in<QPushButton>(user.window, "openPasted");
        QVERIFY(!open->isEnabled());
        QApplication::clipboard()->setText(line() + QStringLiteral("\n\napp.add_middleware(CORSMiddleware, allow_origins=[\"http://localhost:3000/\"])\n"));
        edit->setFocus();
        QTest::keyClick(edit, Qt::Key_V, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(open->isEnabled(), 10000);
        const auto said = in<QTextBrowser>(user.window, "explanation")->toPlainText();
        QVERIFY2(said.contains(QLatin1String("Certain")) && said.contains(QLatin1String("FastAPI")), qPrintable(said));
        QVERIFY(said.contains(QLatin1String("line 1, column 1")));
        QVERIFY(edit->extraSelections().size() >= 2); // the line and the settings
        QSignalSpy finished(&user.window.run(), &RunController::finished);
        QTest::mouseClick(open, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 10000);
        QVERIFY(user.outcome().blocked && user.outcome().blocked->why == Why::MissingAllowOrigin);
        QCOMPARE(user.scenario().servers.at(0).pipeline.at(0).framework, QByteArray("fastapi"));
    }

    void whatCannotBeReadIsQuotedWithItsPlace()
    {
        PasteDialog dialog;
        dialog.show();
        dialog.setText(line() + QStringLiteral("\ncurl 'https://api.example.com/ite\nPlease help"));
        auto* open = in<QPushButton>(dialog, "openPasted");
        QTRY_VERIFY_WITH_TIMEOUT(open->isEnabled(), 10000);
        const auto said = in<QTextBrowser>(dialog, "explanation")->toPlainText();
        QVERIFY2(said.contains(QLatin1String("Not read")) && said.contains(QLatin1String("line 2")), qPrintable(said));
        // and what is nothing of the kind is said to be so
        dialog.setText(QStringLiteral("Please help"));
        QTRY_VERIFY_WITH_TIMEOUT(in<QTextBrowser>(dialog, "explanation")->toPlainText().contains(QLatin1String("console line")), 10000);
        QVERIFY(!open->isEnabled());
    }

    void aFileIsStreamedAndTheWindowStaysAlive()
    {
        QTemporaryDir folder;
        PasteDialog dialog;
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        dialog.readFile(harFile(folder, 600)); // 12 MB
        int beats = 0;
        QTimer heart;
        connect(&heart, &QTimer::timeout, this, [&] { ++beats; });
        heart.start(5);
        auto* open = in<QPushButton>(dialog, "openPasted");
        QVERIFY(in<QWidget>(dialog, "pasteBusy")->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(open->isEnabled(), 20000);
        QVERIFY(beats > 2);
        QVERIFY(in<QTextBrowser>(dialog, "explanation")->toPlainText().contains(QLatin1String("https://api.example.com")));
        QVERIFY(in<QLabel>(dialog, "pasteSource")->text().contains(QLatin1String("page.har")));
    }

    void whatIsDroppedOnTheWindowIsStreamedToo()
    {
        QTemporaryDir folder;
        WindowDriver user;
        const auto drop = [&](const QString& path) {
            QMimeData mime;
            mime.setUrls({QUrl::fromLocalFile(path)});
            QDragEnterEvent enter({100, 100}, Qt::CopyAction, &mime, Qt::LeftButton, {});
            QCoreApplication::sendEvent(&user.window, &enter);
            QDropEvent event({100, 100}, Qt::CopyAction, &mime, Qt::LeftButton, {});
            QCoreApplication::sendEvent(&user.window, &event);
        };
        drop(harFile(folder, 600));
        auto* open = in<QPushButton>(user.window, "openPasted");
        QVERIFY(open && !open->isEnabled());
        QVERIFY(in<QWidget>(user.window, "pasteBusy")->isVisible());
        QVERIFY(in<QPlainTextEdit>(user.window, "pastedText")->toPlainText().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(open->isEnabled(), 20000);
        QVERIFY(in<QTextBrowser>(user.window, "explanation")->toPlainText().contains(QLatin1String("https://api.example.com")));
        // What people can read is shown, with its pieces marked.
        QFile note(folder.filePath(QStringLiteral("console.log")));
        QVERIFY(note.open(QIODevice::WriteOnly));
        note.write(line().toUtf8());
        note.close();
        drop(note.fileName());
        QCOMPARE(in<QPlainTextEdit>(user.window, "pastedText")->toPlainText(), line());
        QTRY_VERIFY_WITH_TIMEOUT(open->isEnabled(), 10000);
    }

    void readingCanBeStopped()
    {
        QTemporaryDir folder;
        PasteDialog dialog;
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        dialog.readFile(harFile(folder, 600));
        QTest::mouseClick(in<QPushButton>(dialog, "stopReading"), Qt::LeftButton);
        QVERIFY(!in<QWidget>(dialog, "pasteBusy")->isVisible());
        QVERIFY(in<QTextBrowser>(dialog, "explanation")->toPlainText().contains(QLatin1String("stopped")));
        QVERIFY(!in<QPushButton>(dialog, "openPasted")->isEnabled());
        // and the next text is read as if nothing had been
        dialog.setText(line());
        QTRY_VERIFY_WITH_TIMEOUT(in<QPushButton>(dialog, "openPasted")->isEnabled(), 10000);
    }
};

QTEST_MAIN(tst_PasteDialog)
#include "tst_pastedialog.moc"
